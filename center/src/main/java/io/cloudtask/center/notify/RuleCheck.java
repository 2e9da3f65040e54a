package io.cloudtask.center.notify;

import io.cloudtask.center.secrets.Secrets;
import io.cloudtask.model.notify.EventKind;
import io.cloudtask.model.rest.Problem.FieldError;
import io.cloudtask.model.rest.RuleChange;
import io.cloudtask.store.RuleRow;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a rule as a person wrote it, and finds all that is to be mended. Pure. */
public final class RuleCheck {
  private static final int LONGEST_NAME = 200;
  private static final int MOST_TARGETS = 50;
  private static final int SHORTEST_SECRET = 16;
  private static final int LONGEST_SECRET = 256;
  private static final Pattern ADDRESS =
      Pattern.compile("[^\\s@<>,;:\"\\p{Cntrl}]{1,64}@[^\\s@<>,;:\"\\p{Cntrl}]{1,255}");
  private static final Set<String> TEMPLATES = Set.of("json", Posting.SLACK);

  private final RuleChange change;
  private final List<FieldError> errors = new ArrayList<>();

  /** What came of it: the rule's contents, or what is wrong. */
  public record Outcome(
      RuleRow.@Nullable About about,
      Set<EventKind> kinds,
      RuleRow.@Nullable Way way,
      List<FieldError> errors) {}

  private RuleCheck(RuleChange change) {
    this.change = change;
  }

  /**
   * Reads it.
   *
   * @param secret of the rule before, as it is kept; ""
   */
  public static Outcome read(RuleChange change, String secret) {
    return new RuleCheck(change).read(secret);
  }

  private Outcome read(String secret) {
    String name = change.name();
    check(
        !name.isBlank() && name.length() <= LONGEST_NAME && plain(name),
        "name",
        "has to have 1 to " + LONGEST_NAME + " printable characters");
    Set<EventKind> kinds = kinds();
    RuleRow.About about =
        new RuleRow.About(text(change.runtime()), text(change.group()), text(change.jobid()));
    check(
        about.group().isEmpty() || !about.runtime().isEmpty(),
        "runtime",
        "has to be named with a group, because groups of different runtimes may have one name");
    RuleRow.Way way = way(secret);
    return new Outcome(about, kinds, way, List.copyOf(errors));
  }

  private Set<EventKind> kinds() {
    Set<EventKind> kinds = EnumSet.noneOf(EventKind.class);
    for (int i = 0; i < change.kinds().size(); i++) {
      String word = String.valueOf(change.kinds().get(i));
      int at = i;
      EventKind.of(word)
          .ifPresentOrElse(
              kinds::add,
              () -> problem("kinds[" + at + "]", "\"" + word + "\" is none of " + words()));
    }
    check(!change.kinds().isEmpty(), "kinds", "is empty; name at least one of " + words());
    return kinds;
  }

  private static String words() {
    return String.join(
        ", ", EnumSet.allOf(EventKind.class).stream().map(EventKind::written).toList());
  }

  private RuleRow.@Nullable Way way(String before) {
    List<String> targets = change.targets().stream().map(to -> String.valueOf(to).strip()).toList();
    return switch (change.channel()) {
      case "mail" -> mail(targets);
      case "webhook" -> webhook(targets, before);
      default -> {
        problem("channel", "is \"" + change.channel() + "\"; it is mail or webhook");
        yield null;
      }
    };
  }

  private RuleRow.Way mail(List<String> targets) {
    check(
        !targets.isEmpty() && targets.size() <= MOST_TARGETS,
        "targets",
        "has to have 1 to " + MOST_TARGETS + " addresses");
    for (int i = 0; i < targets.size(); i++) {
      check(
          ADDRESS.matcher(targets.get(i)).matches(),
          "targets[" + i + "]",
          "is no address such as ann@example.org");
    }
    return new RuleRow.Way(RuleRow.Channel.MAIL, targets, "", "");
  }

  private RuleRow.Way webhook(List<String> targets, String before) {
    check(targets.size() == 1, "targets", "has to have exactly one URL");
    targets.stream()
        .findFirst()
        .flatMap(TargetRule::objection)
        .ifPresent(why -> problem("targets[0]", why));
    String template = text(change.template()).toLowerCase(Locale.ROOT);
    String used = template.isEmpty() ? "json" : template;
    check(TEMPLATES.contains(used), "template", "is \"" + template + "\"; it is json or slack");
    String given = change.secret();
    String secret = given == null ? before : given;
    check(
        given == null
            || given.isEmpty()
            || (!Secrets.isSealed(given)
                && given.length() >= SHORTEST_SECRET
                && given.length() <= LONGEST_SECRET),
        "secret",
        "has to have " + SHORTEST_SECRET + " to " + LONGEST_SECRET + " characters, or none");
    return new RuleRow.Way(RuleRow.Channel.WEBHOOK, targets, used, secret);
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value.strip();
  }

  private static boolean plain(String text) {
    return text.chars().noneMatch(Character::isISOControl);
  }

  private void check(boolean holds, String field, String message) {
    if (!holds) {
      problem(field, message);
    }
  }

  private void problem(String field, String message) {
    errors.add(new FieldError(field, 0, 0, message));
  }
}
