package io.cloudtask.agent.packages;

/** Counts what comes out of one archive, by what is really there and not by what it claims. */
final class UnpackBudget {
  private final UnpackLimits limits;
  private final long archiveBytes;
  private int entries;
  private long bytes;

  UnpackBudget(UnpackLimits limits, long archiveBytes) {
    this.limits = limits;
    this.archiveBytes = archiveBytes;
  }

  void addEntry() throws PackageRejectedException {
    entries++;
    if (entries > limits.entries()) {
      throw tooMany(limits.entries());
    }
  }

  int maxEntries() {
    return limits.entries();
  }

  static PackageRejectedException tooMany(int max) {
    return new PackageRejectedException("the package holds more than %d entries".formatted(max));
  }

  void addBytes(long count) throws PackageRejectedException {
    bytes += count;
    if (bytes > limits.bytes()) {
      throw new PackageRejectedException(
          "the package holds more than %d bytes when unpacked".formatted(limits.bytes()));
    }
    if (bytes > UnpackLimits.RATIO_FREE && bytes / limits.ratio() > archiveBytes) {
      throw new PackageRejectedException(
          "the package grows to more than %d times its size when unpacked"
              .formatted(limits.ratio()));
    }
  }
}
