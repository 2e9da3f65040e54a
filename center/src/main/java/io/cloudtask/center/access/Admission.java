package io.cloudtask.center.access;

/** Whom a port admits without a token. */
public enum Admission {
  /** Programs on this host, on the routes that say so. */
  LOCAL,
  /** Nobody. */
  TOKEN,
  /** Everybody who can reach it, on every route: the operator has said so in words. */
  NONE
}
