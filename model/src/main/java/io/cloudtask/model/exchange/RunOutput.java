package io.cloudtask.model.exchange;

import org.jspecify.annotations.Nullable;

/**
 * What a run wrote to one stream. When {@code cutfrom < cutto}, the bytes in [cutfrom, cutto) of
 * the original were dropped and {@code data} holds the head directly followed by the tail.
 *
 * @param stream {@code stdout} or {@code stderr}
 * @param size bytes that the process wrote in all
 * @param data what was kept; null when it was uploaded on its own before
 */
public record RunOutput(
    String runid, String stream, long size, long cutfrom, long cutto, byte @Nullable [] data) {
  public static final String STDOUT = "stdout";
  public static final String STDERR = "stderr";
}
