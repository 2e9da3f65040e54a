package io.cloudtask.center.config;

import io.cloudtask.center.notify.NotifySettings;
import io.cloudtask.center.notify.NotifySettings.Mail;
import io.cloudtask.center.notify.NotifySettings.Security;
import io.cloudtask.settings.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The keys of the section {@code notifications}. */
final class EndpointKeys {
  private enum Name {
    SMTP,
    API
  }

  private final Settings settings;
  private final List<Mail> mails = new ArrayList<>();
  private final List<String> webhooks = new ArrayList<>();

  EndpointKeys(Settings settings) {
    this.settings = settings;
  }

  /** Those that are enabled; the others are checked all the same. */
  NotifySettings notifications() {
    boolean local = settings.flag("notifications.local", false);
    settings.sections("notifications.endpoints").forEach(this::endpoint);
    if (mails.size() > 1) {
      settings.problem(
          "notifications.endpoints", "names more than one mail server; enable only one");
    }
    return new NotifySettings(mails.isEmpty() ? null : mails.getFirst(), local, webhooks);
  }

  private void endpoint(String section) {
    Name name = settings.oneOf(section + ".name", Name.API);
    if (!settings.has(section + ".name")) {
      settings.problem(section + ".name", "is missing; it is smtp or api");
    }
    Mail mail = mail(section);
    String url =
        settings.matching(
            section + ".url", "", "|https?://[^\\s/@]+(/\\S*)?", "a URL that begins with http");
    boolean enabled = settings.flag(section + ".enabled", true);
    switch (name) {
      case SMTP -> {
        require(section + ".host", mail.host(), "the mail server");
        require(section + ".sender", mail.sender(), "the address that mails are from");
        if (enabled) {
          mails.add(mail);
        }
      }
      case API -> {
        require(section + ".url", url, "the address that events are posted to");
        if (enabled) {
          webhooks.add(url);
        }
      }
    }
  }

  private Mail mail(String section) {
    String authorities = settings.text(section + ".cafile", "");
    return new Mail(
        settings.matching(section + ".host", "", "[^\\s/:]*", "a host name"),
        (int) settings.number(section + ".port", 25, 1, 65_535),
        settings.text(section + ".user", ""),
        settings.secret(section + ".password"),
        settings.matching(
            section + ".sender",
            "",
            "|[^\\s@<>]+@[^\\s@<>]+",
            "an address such as jobs@example.org"),
        settings.oneOf(section + ".security", Security.AUTO),
        authorities.isEmpty() ? null : Path.of(authorities));
  }

  private void require(String key, String value, String what) {
    if (value.isEmpty() && !settings.has(key)) {
      settings.problem(key, "is missing; name " + what);
    }
  }
}
