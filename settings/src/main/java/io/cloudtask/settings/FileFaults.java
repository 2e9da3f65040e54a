package io.cloudtask.settings;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;

/** Words for what goes wrong with files; the platform's own often name the file alone. */
public final class FileFaults {
  private FileFaults() {}

  /** What went wrong, with the file. */
  public static String words(IOException fault) {
    return switch (fault) {
      case AccessDeniedException denied -> denied.getFile() + ": permission denied";
      case FileAlreadyExistsException there -> there.getFile() + " is there, and no directory";
      case NoSuchFileException missing -> missing.getFile() + " is not there";
      default -> String.valueOf(fault.getMessage());
    };
  }
}
