package io.cloudtask.model.exchange;

/**
 * The content of a package, as of the version of the job that names it.
 *
 * @param filename as uploaded
 * @param sha256 lower-case hex of its bytes
 * @param size in bytes
 */
public record PackageRef(String filename, String sha256, long size) {}
