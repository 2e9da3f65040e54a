package io.cloudtask.center.config;

import io.cloudtask.center.config.CenterConfig.Endpoint;
import io.cloudtask.settings.Settings;
import java.util.ArrayList;
import java.util.List;

/** The keys of the section {@code notifications}. */
final class EndpointKeys {
  private enum Name {
    SMTP,
    API
  }

  private final Settings settings;

  EndpointKeys(Settings settings) {
    this.settings = settings;
  }

  /** Those that are enabled; the others are checked all the same. */
  List<Endpoint> endpoints() {
    List<Endpoint> enabled = new ArrayList<>();
    for (String section : settings.sections("notifications.endpoints")) {
      Endpoint endpoint = endpoint(section);
      if (settings.flag(section + ".enabled", true)) {
        enabled.add(endpoint);
      }
    }
    return enabled;
  }

  private Endpoint endpoint(String section) {
    Name name = settings.oneOf(section + ".name", Name.API);
    if (!settings.has(section + ".name")) {
      settings.problem(section + ".name", "is missing; it is smtp or api");
    }
    String host = settings.matching(section + ".host", "", "[^\\s/:]*", "a host name");
    int port = (int) settings.number(section + ".port", 25, 1, 65_535);
    String user = settings.text(section + ".user", "");
    String password = settings.secret(section + ".password");
    String sender =
        settings.matching(
            section + ".sender",
            "",
            "|[^\\s@<>]+@[^\\s@<>]+",
            "an address such as jobs@example.org");
    String url =
        settings.matching(
            section + ".url", "", "|https?://[^\\s/@]+(/\\S*)?", "a URL that begins with http");
    return switch (name) {
      case SMTP -> {
        require(section + ".host", host, "the mail server");
        require(section + ".sender", sender, "the address that mails are from");
        yield new Endpoint.Smtp(host, port, user, password, sender);
      }
      case API -> {
        require(section + ".url", url, "the address that events are posted to");
        yield new Endpoint.Api(url);
      }
    };
  }

  private void require(String key, String value, String what) {
    if (value.isEmpty() && !settings.has(key)) {
      settings.problem(key, "is missing; name " + what);
    }
  }
}
