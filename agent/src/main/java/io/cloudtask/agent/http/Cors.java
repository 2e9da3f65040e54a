package io.cloudtask.agent.http;

import java.util.Map;

/**
 * Which pages may read answers: those of this host, when {@code enablecors} says so.
 *
 * @param enabled as configured
 */
record Cors(boolean enabled) {
  Map<String, String> headers(Caller caller) {
    String origin = caller.origin();
    if (!enabled) {
      return Map.of();
    }
    if (origin == null || !caller.hasLocalOrigin()) {
      return Map.of("Vary", "Origin");
    }
    return Map.of(
        "Vary", "Origin",
        "Access-Control-Allow-Origin", origin,
        "Access-Control-Allow-Methods", "GET, POST, DELETE, PUT, OPTIONS, HEAD",
        "Access-Control-Allow-Headers",
            "Origin, X-Requested-With, Content-Type, Accept, Authorization");
  }
}
