package io.cloudtask.agent.run;

import io.cloudtask.agent.process.KeptOutput;
import io.cloudtask.agent.process.OutputFile;
import io.cloudtask.agent.process.OutputSlice;
import io.cloudtask.agent.report.RunOutputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What runs wrote, from their start until a center has it. Thread-safe.
 *
 * <p>A run that is neither going nor told to a center has its files here; they are removed when its
 * end is delivered, and at the start of the agent when they are found without a reason.
 */
public final class RunFiles implements RunOutputs {
  private static final System.Logger LOG = System.getLogger(RunFiles.class.getName());

  private final RunDirectories directories;
  private final OutputFile output;
  private final Clock clock;
  private volatile Predicate<String> going = _ -> true;

  /**
   * @param saveDirectory holds the runs
   * @param output knows the caps
   */
  public RunFiles(Path saveDirectory, OutputFile output, Clock clock) {
    this.directories = new RunDirectories(saveDirectory);
    this.output = output;
    this.clock = clock;
  }

  /** From now on it is known which runs are going; before, all are taken to be. */
  public void know(Predicate<String> isGoing) {
    going = isGoing;
  }

  @Override
  public KeptOutput finished(String runId, String stream) throws IOException {
    if (directories.dropped(runId)) {
      throw new IOException("it was dropped because the disk was full");
    }
    return output.finished(directories.of(runId).resolve(stream));
  }

  @Override
  public void delivered(String runId) {
    delete(runId);
  }

  /**
   * A piece of what a run has written so far.
   *
   * @return empty data when there is nothing at {@code from} yet
   */
  public OutputSlice read(String runId, String stream, long from, int max) throws IOException {
    return output.read(directories.of(runId).resolve(stream), from, max);
  }

  /** Whether anything of a run is here. */
  public boolean has(String runId) {
    return Files.isDirectory(directories.of(runId));
  }

  /** Removes the files of all runs but these; called before any is started. */
  public void keepOnly(Set<String> runs) throws IOException {
    for (String runId : directories.all()) {
      if (!runs.contains(runId)) {
        delete(runId);
      }
    }
  }

  /** Gives up what runs that are over have written, so that facts can be. */
  public void shed() {
    try {
      for (String runId : directories.all()) {
        if (!going.test(runId)) {
          LOG.log(
              System.Logger.Level.WARNING,
              "The disk is full: the output of run {0} is dropped, its end is kept.",
              runId);
          directories.drop(runId);
        }
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "outputs could not be dropped: {0}", e.getMessage());
    }
  }

  private void delete(String runId) {
    try {
      directories.delete(runId, clock.instant());
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the files of run {0} can''t be removed from {1}: {2}",
          runId,
          directories.of(runId),
          e.getMessage());
    }
  }
}
