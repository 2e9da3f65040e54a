package io.cloudtask.cli;

import io.cloudtask.model.json.Json;
import io.cloudtask.model.rest.Page;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JavaType;

/** Requests to one center. Every way to fail is a {@link Failure} that names the address. */
final class Api {
  private static final String JSON = "application/json";

  private final Target target;
  private final Exchange exchange;

  Api(Target target) {
    this.target = target;
    this.exchange = new Exchange(target);
  }

  /** A part of a path, with everything escaped that could end it. */
  static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  <T> T get(String path, Class<T> type) throws Failure {
    return read(bytes("GET", path, null, null), Json.MAPPER.constructType(type));
  }

  <T> List<T> list(String path, Class<T> type) throws Failure {
    return read(bytes("GET", path, null, null), listOf(type));
  }

  /** Reads part after part of a list, until its end or {@code limit} items. */
  <T> List<T> pages(String path, TypeReference<Page<T>> type, int limit) throws Failure {
    JavaType pageType = Json.MAPPER.constructType(type.getType());
    List<T> all = new ArrayList<>();
    String after = null;
    do {
      Page<T> page =
          read(bytes("GET", new Query(path).with("after", after).text(), null, null), pageType);
      all.addAll(page.items());
      after = page.items().isEmpty() ? null : page.next();
    } while (after != null && all.size() < limit);
    return all.size() > limit ? List.copyOf(all.subList(0, limit)) : all;
  }

  String text(String path) throws Failure {
    return new String(bytes("GET", path, null, null), StandardCharsets.UTF_8);
  }

  /** Sends a text, and reads an answer of the type. */
  <T> T post(String path, String contentType, String body, Class<T> type) throws Failure {
    return read(bytes("POST", path, contentType, body), Json.MAPPER.constructType(type));
  }

  <T> List<T> postForList(String path, String contentType, String body, Class<T> type)
      throws Failure {
    return read(bytes("POST", path, contentType, body), listOf(type));
  }

  /** Asks for something that needs no more words, and reads an answer of the type. */
  <T> T post(String path, Class<T> type) throws Failure {
    return read(bytes("POST", path, JSON, ""), Json.MAPPER.constructType(type));
  }

  /** Asks for something whose answer says no more than that it is accepted. */
  void post(String path) throws Failure {
    bytes("POST", path, JSON, "");
  }

  /** Asks for a run; the same request id again asks for the same run. */
  <T> T start(String path, @Nullable String requestId, Class<T> type) throws Failure {
    Map<String, String> headers =
        requestId == null ? Map.of() : Map.of("Idempotency-Key", requestId);
    try (Exchange.Answer answer =
        exchange.send(new Exchange.Ask("POST", path, headers, Exchange.Body.NONE))) {
      return read(exchange.readAll(answer), Json.MAPPER.constructType(type));
    }
  }

  /** Puts a text, and reads an answer of the type. */
  <T> T put(String path, String contentType, String body, Class<T> type) throws Failure {
    return read(bytes("PUT", path, contentType, body), Json.MAPPER.constructType(type));
  }

  /** Removes something, and reads an answer of the type. */
  <T> T delete(String path, Class<T> type) throws Failure {
    return read(bytes("DELETE", path, null, null), Json.MAPPER.constructType(type));
  }

  void delete(String path) throws Failure {
    bytes("DELETE", path, null, null);
  }

  /** Sends bytes that may be many and take long. */
  void upload(String path, String contentType, Exchange.Body body) throws Failure {
    Map<String, String> headers = Map.of("Content-Type", contentType);
    exchange.send(new Exchange.Ask("POST", path, headers, body)).close();
  }

  /** Opens an answer that may be long; the caller closes it. */
  Exchange.Answer open(String path) throws Failure {
    return exchange.send(new Exchange.Ask("GET", path, Map.of(), null));
  }

  /** What to throw when an answer that was opened breaks off. */
  Failure broken(IOException e) {
    return exchange.broken(e);
  }

  private byte[] bytes(
      String method, String path, @Nullable String contentType, @Nullable String text)
      throws Failure {
    Map<String, String> headers =
        contentType == null ? Map.of() : Map.of("Content-Type", contentType);
    Exchange.Body body = text == null ? null : Exchange.Body.of(text);
    try (Exchange.Answer answer = exchange.send(new Exchange.Ask(method, path, headers, body))) {
      return exchange.readAll(answer);
    }
  }

  private static JavaType listOf(Class<?> type) {
    return Json.MAPPER.getTypeFactory().constructCollectionType(List.class, type);
  }

  private <T> T read(byte[] body, JavaType type) throws Failure {
    try {
      return Json.MAPPER.readValue(body, type);
    } catch (JacksonException e) {
      throw new Failure(
          target.url()
              + " answered something else than a Cloudtask center does: "
              + e.getOriginalMessage()
              + ". Is it the console's address, of the same version?",
          e);
    }
  }
}
