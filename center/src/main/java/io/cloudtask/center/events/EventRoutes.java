package io.cloudtask.center.events;

import io.cloudtask.center.access.Role;
import io.cloudtask.center.http.Reply;
import io.cloudtask.center.http.Route;
import io.cloudtask.center.http.Routes;
import java.util.List;

/** The events, for whoever looks at pages. */
public final class EventRoutes {
  private final EventFeed feed;

  public EventRoutes(EventFeed feed) {
    this.feed = feed;
  }

  public List<Route> routes() {
    return List.of(
        Routes.get("/api/v1/events")
            .allow(Role.readers())
            .scoped()
            .handle(call ->
                Reply.unending("text/event-stream", out -> feed.writeTo(out, call::welcome))));
  }
}
