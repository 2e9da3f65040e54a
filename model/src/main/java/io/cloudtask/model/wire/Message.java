package io.cloudtask.model.wire;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code POST /cloudtask/v2/messages} carries. {@code timestamp} is in unix nanoseconds. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "msgname", visible = true)
@JsonSubTypes({
  @JsonSubTypes.Type(value = Message.JobSelect.class, name = "JobSelect"),
  @JsonSubTypes.Type(value = Message.JobExecute.class, name = "JobExecute"),
  @JsonSubTypes.Type(value = Message.SystemEvent.class, name = "SystemEvent"),
})
public sealed interface Message {
  /** What the wire calls "no time". */
  Instant NONE = Instant.parse("0001-01-01T00:00:00Z");

  String msgname();

  String msgid();

  long timestamp();

  /** The next fire time of a job was chosen. */
  record JobSelect(
      String msgname,
      String msgid,
      String jobid,
      String location,
      @Nullable Instant nextat,
      long timestamp)
      implements Message {}

  /** A job started ({@code state} 200), ended well (0) or failed (-1). */
  record JobExecute(
      String msgname,
      String msgid,
      String jobid,
      String location,
      @Nullable String key,
      @Nullable String ipaddr,
      int state,
      @Nullable String execerr,
      @Nullable Instant execat,
      @Nullable Instant nextat,
      long timestamp)
      implements Message {}

  /** Something was created, changed or removed. */
  record SystemEvent(
      String msgname,
      String msgid,
      String event,
      @Nullable String runtime,
      @Nullable List<String> jobids,
      @Nullable List<String> groupids,
      long timestamp)
      implements Message {}
}
