package io.cloudtask.agent.packages;

/**
 * What an archive may grow to.
 *
 * @param entries files, directories and links in all
 * @param bytes of content in all
 * @param ratio bytes of content for one byte of archive; judged only above {@link #RATIO_FREE}
 */
record UnpackLimits(int entries, long bytes, int ratio) {
  /** A few repeated lines compress better than any limit; below this nobody is hurt. */
  static final long RATIO_FREE = 1024 * 1024;

  static final int ENTRIES = 100_000;
  static final int RATIO = 200;

  static UnpackLimits ofBytes(long bytes) {
    return new UnpackLimits(ENTRIES, bytes, RATIO);
  }
}
