package io.cloudtask.coordination;

import io.cloudtask.model.wire.Node;

/** A node of the cluster that is signed in. */
public record Member(String key, Node node) {}
