package io.cloudtask.store;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong with PostgreSQL, by the codes of its manual (appendix A).
 *
 * @param state five characters; "" when the database did not say one
 * @param message of the database or the driver; neither puts a password into it
 */
record PostgresFault(String state, String message) {
  /** Null when the database has nothing to do with it. */
  static @Nullable PostgresFault of(@Nullable Throwable e) {
    PostgresFault found = null;
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        boolean better = found == null || (found.state.isEmpty() && sql.getSQLState() != null);
        found = better ? of(sql) : found;
      }
    }
    return found;
  }

  private static PostgresFault of(SQLException e) {
    String state = e.getSQLState();
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return new PostgresFault(state == null ? "" : state, message);
  }

  /**
   * Another transaction was in the way; the same may succeed now. That holds for a broken unique
   * index too: what is unique is looked up before it is written, so somebody else wrote meanwhile.
   */
  boolean collision() {
    return switch (state) {
      case "40001", "40P01", "23505" -> true;
      default -> false;
    };
  }

  /** The connection is gone, or there was none. */
  boolean away() {
    return state.startsWith("08")
        || switch (state) {
          case "57P01", "57P02", "57P03", "57P05", "25P03", "53300" -> true;
          default -> false;
        };
  }

  /** What a person can do about it; "" when nothing special is known. */
  String remedy() {
    if (state.equals("53300")) {
      return "raise max_connections of the server, or give the centers fewer connections";
    }
    if (away()) {
      return "check that the server is running and can be reached; it goes on by itself then";
    }
    return switch (state) {
      case "28000", "28P01" -> "check user and password, and pg_hba.conf of the server";
      case "3D000" ->
          "create it, for example: CREATE DATABASE cloudtask OWNER cloudtask ENCODING 'UTF8'"
              + " TEMPLATE template0";
      case "42501" ->
          "make the user the owner of the database, or GRANT ALL ON SCHEMA public TO it";
      case "25006" -> "this server takes no changes: name the primary one";
      case "55P03", "57014" -> "something holds the database up; look into pg_stat_activity";
      case "53100" -> "the disk of the server is full: make room";
      case "42P01", "42703" ->
          "its tables are not what this program made: restore a backup, or use the program that"
              + " wrote them";
      default -> "";
    };
  }
}
