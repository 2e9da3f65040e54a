package io.cloudtask.model;

/** Which release of the product a program is. */
public final class Release {
  private Release() {}

  /**
   * The version in the manifest of the jar that a class is in; one that was not packed has none.
   */
  public static String of(Class<?> part) {
    String version = part.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
