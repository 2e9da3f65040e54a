package io.cloudtask.agent.packages;

import java.io.IOException;

/** A package that is not what it should be; the message is one sentence for people. */
final class PackageRejectedException extends IOException {
  private static final long serialVersionUID = 1L;

  PackageRejectedException(String message) {
    super(message);
  }
}
