package io.cloudtask.model.exchange;

/**
 * What an agent adds, as {@code data}, to the acceptance of a start that named its run, when it
 * starts none because a run of the job is not over. It is ours: requests without a {@code runid}
 * are answered as the manual prints it.
 *
 * @param runid the run that is not over
 */
public record ActionAnswer(String runid) {}
