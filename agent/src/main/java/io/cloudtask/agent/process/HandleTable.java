package io.cloudtask.agent.process;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The processes of a host without /proc, as far as the JVM knows them: neither sessions nor marks,
 * so that a descendant whose parents are gone is not found.
 */
final class HandleTable implements ProcessTable {
  @Override
  public Look look(long since, Consumer<ProcessEntry> seen) {
    List<ProcessHandle> listed = ProcessHandle.allProcesses().toList();
    List<ProcessHandle> living = listed.stream().filter(ProcessHandle::isAlive).toList();
    return new Look(
        living.stream().map(HandleTable::entry).peek(seen).toList(),
        living.size() == listed.size());
  }

  @Override
  public Optional<ProcessEntry> find(long pid) {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).map(HandleTable::entry);
  }

  @Override
  public String bootId() {
    return "";
  }

  private static ProcessEntry entry(ProcessHandle handle) {
    long parent = handle.parent().map(ProcessHandle::pid).orElse(0L);
    long start = handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    return new ProcessEntry(handle.pid(), parent, 0, 0, start, null);
  }
}
