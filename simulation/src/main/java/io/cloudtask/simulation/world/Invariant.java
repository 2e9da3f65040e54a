package io.cloudtask.simulation.world;

/** What must hold in every world, whatever befalls it. */
public enum Invariant {
  ONE_START("one start per fire time"),
  ONE_END("one end per run"),
  NOTHING_LOST("nothing acknowledged is lost"),
  ONE_OWNER("one owner per job and instant"),
  ONE_LEADER("only the newest leader changes anything"),
  ANSWERED("every due instant has one answer"),
  TRUE("the ledger is true"),
  AGAIN("what may be lost is run again"),
  RECOVERY("recovery without help");

  private final String words;

  Invariant(String words) {
    this.words = words;
  }

  /** For a person. */
  public String words() {
    return words;
  }
}
