package io.cloudtask.agent.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cloudtask.agent.Jobs;
import io.cloudtask.model.exchange.AssignedJob;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.exchange.Report;
import io.cloudtask.model.run.GapReason;
import io.cloudtask.model.run.RunState;
import io.cloudtask.model.run.Trigger;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");
  private static final AssignedJob JOB = Jobs.secondly(1).job();

  @TempDir Path directory;

  @Test
  void what_was_committed_is_there_again() throws Exception {
    try (Journal journal = open()) {
      journal.commit(List.of(took(), granted("r1", 1), granted("r2", 2)));
      journal.commit(List.of(ended("r1")));
      journal.append(List.of(new Entry.Revised(7, 30)));
    }
    try (Journal journal = open()) {
      JournalState state = journal.recovered();
      assertThat(state.sequence()).isEqualTo(5);
      assertThat(state.revision()).isEqualTo(7);
      assertThat(state.runs()).extracting(OpenRun::runid).containsExactly("r2");
      assertThat(state.jobs())
          .containsExactly(new HeldJob(JOB, JOB.from(), "UTC", at(2), "", true));
      assertThat(journal.complaint()).isEmpty();
    }
  }

  @Test
  void only_its_owner_reads_it_because_environments_hold_secrets() throws Exception {
    try (Journal journal = open()) {
      journal.commit(List.of(took()));
    }
    assertThat(Files.getPosixFilePermissions(directory.resolve("journal-2")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void a_torn_last_record_is_cut_off_at_every_byte() throws Exception {
    long whole;
    Path file = directory.resolve("journal-2");
    try (Journal journal = open()) {
      journal.commit(List.of(took(), granted("r1", 1)));
      whole = Files.size(file);
      journal.commit(List.of(ended("r1")));
    }
    byte[] bytes = Files.readAllBytes(file);
    for (int length = (int) whole; length < bytes.length; length += 7) {
      Files.write(file, bytes);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(length);
      }
      try (Journal journal = open()) {
        assertThat(journal.recovered().runs()).extracting(OpenRun::runid).containsExactly("r1");
        assertThat(journal.complaint()).isEmpty();
        journal.commit(List.of(ended("r1")));
      }
      try (Journal journal = open()) {
        assertThat(journal.recovered().runs()).isEmpty();
        assertThat(journal.recovered().sequence()).isEqualTo(3);
      }
    }
  }

  @Test
  void damage_in_the_middle_is_said_and_nothing_before_now_may_fire() throws Exception {
    Path file = directory.resolve("journal-2");
    long first;
    try (Journal journal = open()) {
      journal.commit(List.of(took()));
      first = Files.size(file);
      journal.commit(List.of(granted("r1", 1)));
      journal.commit(List.of(granted("r2", 2)));
    }
    flip(file, first + Frame.HEADER + 3);
    try (Journal journal = open()) {
      assertThat(journal.complaint())
          .hasValueSatisfying(text -> assertThat(text).contains("damaged-journal-2"));
      assertThat(journal.recovered().floor()).contains(NOW);
      assertThat(journal.recovered().sequence()).isGreaterThan(3);
      assertThat(journal.recovered().runs()).extracting(OpenRun::runid).containsExactly("r2");
      assertThat(journal.facts(0, 10)).extracting(Report::sequence).containsExactly(1L, 3L);
      assertThat(directory.resolve("damaged-journal-2")).exists();
    }
    try (Journal journal = open()) {
      assertThat(journal.complaint()).isEmpty();
      assertThat(journal.recovered().floor()).contains(NOW);
    }
  }

  @Test
  void garbage_instead_of_a_journal_is_quarantined() throws Exception {
    Files.write(directory.resolve("journal-4"), new byte[5000]);
    try (Journal journal = open()) {
      assertThat(journal.complaint()).isPresent();
      assertThat(journal.recovered().floor()).contains(NOW);
      journal.commit(List.of(took()));
    }
    try (Journal journal = open()) {
      assertThat(journal.recovered().jobs()).hasSize(1);
    }
  }

  @Test
  void two_agents_in_one_directory_are_refused() throws Exception {
    try (Journal _ = open()) {
      assertThatThrownBy(this::open)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another agent");
    }
  }

  @Test
  void many_who_wait_share_a_flush() throws Exception {
    AtomicInteger flushes = new AtomicInteger();
    CountDownLatch gate = new CountDownLatch(1);
    Disk slow =
        file ->
            new TestChannel(Disk.REAL.open(file)) {
              @Override
              public void force(boolean metaData) throws IOException {
                flushes.incrementAndGet();
                try {
                  gate.await();
                } catch (InterruptedException e) {
                  throw new IOException(e);
                }
                super.force(metaData);
              }
            };
    Files.deleteIfExists(directory.resolve("journal-2"));
    try (Journal _ = open()) {
      // makes the first checkpoint, which would wait at the gate
    }
    try (Journal journal = FileJournal.open(directory, NOW, () -> {}, slow)) {
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        Entry entry = granted("r" + i, i);
        threads.add(Thread.ofVirtual().start(() -> commit(journal, entry)));
      }
      await().until(() -> flushes.get() == 1);
      await().until(() -> threads.stream().allMatch(t -> t.getState() != Thread.State.RUNNABLE));
      gate.countDown();
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(journal.sequence()).isEqualTo(50);
      assertThat(flushes.get()).isLessThanOrEqualTo(5);
    }
  }

  @Test
  void a_full_disk_refuses_promises_and_keeps_facts_until_there_is_room() throws Exception {
    FullDisk disk = new FullDisk();
    AtomicInteger sheds = new AtomicInteger();
    try (Journal journal = FileJournal.open(directory, NOW, sheds::incrementAndGet, disk)) {
      journal.commit(List.of(took()));
      disk.room = 0;
      assertThatThrownBy(() -> journal.commit(List.of(granted("r1", 1))))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("free space");
      assertThat(sheds.get()).isPositive();
      journal.append(List.of(gap(1, 1, at(0))));
      journal.append(List.of(gap(2, 2, at(1))));
      disk.room = Long.MAX_VALUE;
      journal.commit(List.of(granted("r3", 3)));
      assertThat(journal.facts(1, 10))
          .extracting(Report::fact)
          .first()
          .isEqualTo(
              new Fact.Gap(JOB.jobid(), 1, at(1), at(2), 2, GapReason.NOT_JOURNALLED, at(0)));
    }
    try (Journal journal = open()) {
      assertThat(journal.recovered().runs()).extracting(OpenRun::runid).containsExactly("r3");
      assertThat(journal.recovered().sequence()).isEqualTo(3);
    }
  }

  @Test
  void held_back_space_is_given_up_before_a_fact_is() throws Exception {
    FullDisk disk = new FullDisk();
    AtomicInteger sheds = new AtomicInteger();
    try (Journal journal = FileJournal.open(directory, NOW, sheds::incrementAndGet, disk)) {
      journal.commit(List.of(took()));
      await().until(() -> Files.exists(directory.resolve("journal.ballast")));
      disk.room = 0;
      disk.ballast = directory.resolve("journal.ballast");
      journal.commit(List.of(granted("r1", 1)));
      assertThat(sheds.get()).isZero();
    }
  }

  @Test
  void a_long_journal_is_shortened_and_loses_nothing() throws Exception {
    String filler = "x".repeat(20_000);
    try (Journal journal = open()) {
      journal.commit(List.of(took(), granted("open", 1)));
      for (int i = 0; i < 600; i++) {
        journal.commit(List.of(new Entry.Happened(new Fact.Fault(JOB.jobid(), 1, filler + i))));
        if (i % 10 == 0) {
          journal.note(new Entry.Acked(journal.sequence()));
        }
      }
      await().until(() -> Files.notExists(directory.resolve("journal-2")));
      assertThat(journal.facts(0, 1000))
          .last()
          .extracting(Report::sequence)
          .isEqualTo(journal.sequence());
      assertThat(size()).isLessThan(9L << 20);
    }
    try (Journal journal = open()) {
      JournalState state = journal.recovered();
      assertThat(state.runs()).extracting(OpenRun::runid).containsExactly("open");
      assertThat(state.jobs()).hasSize(1);
      List<Report> facts = journal.facts(state.acked(), 1000);
      assertThat(facts).isNotEmpty();
      assertThat(facts.getLast().fact()).isEqualTo(new Fact.Fault(JOB.jobid(), 1, filler + 599));
    }
  }

  @Test
  void facts_are_read_in_pieces_and_in_order() throws Exception {
    try (Journal journal = open()) {
      for (int i = 0; i < 20; i++) {
        journal.commit(List.of(gap(i + 1, i + 1, at(i)), new Entry.Released("none")));
      }
      List<Long> sequences = new ArrayList<>();
      long after = 0;
      for (List<Report> part = journal.facts(after, 3);
          !part.isEmpty();
          part = journal.facts(after, 3)) {
        assertThat(part).hasSizeLessThanOrEqualTo(3);
        part.forEach(report -> sequences.add(report.sequence()));
        after = part.getLast().sequence();
      }
      assertThat(sequences).hasSize(20).isSorted().doesNotHaveDuplicates();
      journal.commit(List.of(gap(21, 21, at(20))));
      assertThat(journal.facts(after, 3)).hasSize(1);
      assertThat(journal.facts(0, 100)).hasSize(21);
    }
  }

  @Test
  void what_was_committed_at_once_is_read_in_pieces_too_and_again_when_that_is_asked()
      throws Exception {
    try (Journal journal = open()) {
      List<Entry> many = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        many.add(gap(i + 1, i + 1, at(i)));
      }
      journal.commit(many);
      journal.commit(List.of(gap(11, 11, at(10))));
      assertThat(sequences(journal.facts(0, 4))).containsExactly(1L, 2L, 3L, 4L);
      assertThat(sequences(journal.facts(4, 4))).containsExactly(5L, 6L, 7L, 8L);
      assertThat(sequences(journal.facts(4, 4))).containsExactly(5L, 6L, 7L, 8L);
      assertThat(sequences(journal.facts(8, 4))).containsExactly(9L, 10L, 11L);
      assertThat(sequences(journal.facts(2, 2))).containsExactly(3L, 4L);
      assertThat(sequences(journal.facts(11, 4))).isEmpty();
    }
  }

  @Test
  void facts_that_are_no_longer_in_memory_are_read_from_the_file_and_kept_by_a_shortening()
      throws Exception {
    String filler = "x".repeat(200_000);
    try (Journal journal = open()) {
      for (int i = 0; i < 100; i++) {
        journal.commit(List.of(new Entry.Happened(new Fact.Fault(JOB.jobid(), 1, filler + i))));
      }
      assertThat(sequences(journal.facts(0, 1000))).hasSize(100);
      await().until(() -> Files.notExists(directory.resolve("journal-2")));
      List<Long> sequences = new ArrayList<>();
      for (List<Report> part = journal.facts(0, 7);
          !part.isEmpty();
          part = journal.facts(part.getLast().sequence(), 7)) {
        part.forEach(report ->
            assertThat(report.fact())
                .isEqualTo(new Fact.Fault(JOB.jobid(), 1, filler + (report.sequence() - 1))));
        sequences.addAll(sequences(part));
      }
      assertThat(sequences).hasSize(100).isSorted().doesNotHaveDuplicates();
    }
    try (Journal journal = open()) {
      assertThat(sequences(journal.facts(0, 1000))).hasSize(100);
    }
  }

  private static List<Long> sequences(List<Report> facts) {
    return facts.stream().map(Report::sequence).toList();
  }

  private Journal open() throws IOException {
    return Journal.open(directory, NOW, () -> {});
  }

  private long size() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(f -> f.getFileName().toString().startsWith("journal-"))
          .mapToLong(f -> f.toFile().length())
          .sum();
    }
  }

  private static void commit(Journal journal, Entry entry) {
    try {
      journal.commit(List.of(entry));
    } catch (JournalException e) {
      throw new AssertionError(e);
    }
  }

  private static void flip(Path file, long offset) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[(int) offset] ^= 0x20;
    Files.write(file, bytes);
  }

  private static Instant at(long second) {
    return Jobs.T0.plusSeconds(second);
  }

  private static Entry took() {
    return new Entry.Took(JOB, JOB.from(), "UTC");
  }

  private static Entry granted(String runId, long second) {
    return new Entry.Happened(
        new Fact.Granted(
            JOB.jobid(),
            runId,
            1,
            at(second),
            at(second),
            1,
            Trigger.SCHEDULE,
            false,
            at(second - 1)));
  }

  private static Entry ended(String runId) {
    return new Entry.Happened(
        new Fact.Ended(JOB.jobid(), runId, RunState.SUCCEEDED, 0, null, NOW, ""));
  }

  private static Entry gap(long first, long last, Instant after) {
    return new Entry.Happened(
        new Fact.Gap(
            JOB.jobid(),
            1,
            at(first),
            at(last),
            last - first + 1,
            GapReason.NOT_JOURNALLED,
            after));
  }

  /** A disk that takes so many more bytes, or any number once the ballast is gone. */
  private static final class FullDisk implements Disk {
    volatile long room = Long.MAX_VALUE;
    volatile Path ballast = Path.of("/");

    @Override
    public FileChannel open(Path file) throws IOException {
      return new TestChannel(REAL.open(file)) {
        @Override
        public int write(ByteBuffer source, long position) throws IOException {
          if (room < source.remaining() && Files.exists(ballast)) {
            if (source.remaining() > 4) {
              int limit = source.limit();
              source.limit(source.position() + 4);
              super.write(source, position);
              source.limit(limit);
            }
            throw new IOException("No space left on device");
          }
          return super.write(source, position);
        }
      };
    }
  }
}
