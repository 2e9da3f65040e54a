package io.cloudtask.coordination;

/** Hears whether this center leads: first elected, then deposed, and so on in turn. */
public interface LeaderListener {
  /** No other center leads by what the coordinator knows. */
  void elected();

  /** At once when the connection is gone, also before anybody else leads. */
  void deposed();
}
