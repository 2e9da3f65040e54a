package io.cloudtask.model.rest;

import java.time.Instant;
import java.util.List;

/** Schedules in words, and when they are due next, in a zone (IANA id). */
public record SchedulePreview(List<String> words, List<Instant> times, String zone) {}
