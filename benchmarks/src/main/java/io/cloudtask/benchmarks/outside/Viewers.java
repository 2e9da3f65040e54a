package io.cloudtask.benchmarks.outside;

import io.cloudtask.benchmarks.process.Rest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * People before open pages. Each listens to the events of the server and, when one comes, asks for
 * its page again, at most once a second, as the console does.
 */
final class Viewers {
  private static final Duration CALM = Duration.ofSeconds(1);

  private Viewers() {}

  /**
   * Has so many look at a page for a while.
   *
   * @return how long each answer took, in milliseconds
   * @throws IOException when a viewer was turned away
   */
  static List<Double> look(Rest api, int count, Duration length, String path)
      throws IOException, InterruptedException {
    Queue<Double> answers = new ConcurrentLinkedQueue<>();
    AtomicBoolean over = new AtomicBoolean();
    List<InputStream> streams = new ArrayList<>();
    List<Future<?>> viewers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < count; i++) {
        InputStream events = api.open("/api/v1/events");
        streams.add(events);
        viewers.add(threads.submit(() -> view(api, events, path, over, answers)));
      }
      Thread.sleep(length);
      over.set(true);
      for (InputStream stream : streams) {
        stream.close();
      }
    }
    if (answers.isEmpty()) {
      throw new IOException("no event reached any of " + viewers.size() + " viewers");
    }
    return List.copyOf(answers);
  }

  private static void view(
      Rest api, InputStream events, String path, AtomicBoolean over, Queue<Double> answers) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(events, StandardCharsets.UTF_8))) {
      while (!over.get()) {
        String line = lines.readLine();
        if (line == null) {
          return;
        }
        if (line.startsWith("event:")) {
          long began = System.nanoTime();
          api.get(path);
          answers.add((System.nanoTime() - began) / 1e6);
          Thread.sleep(CALM);
        }
      }
    } catch (IOException e) {
      if (!over.get()) {
        answers.add(Double.POSITIVE_INFINITY); // shows in the figure
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
