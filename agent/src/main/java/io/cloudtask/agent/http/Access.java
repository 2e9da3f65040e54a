package io.cloudtask.agent.http;

/** Who may use a route. Every route names one. */
enum Access {
  /** The cluster; and programs of this host, when the configuration trusts them. */
  LOCAL_OR_CLUSTER,
  /** The cluster only: the answer may hold what not everybody on this host should see. */
  CLUSTER
}
