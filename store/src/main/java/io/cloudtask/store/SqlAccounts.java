package io.cloudtask.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

record SqlAccounts(Session session) implements Accounts {
  @Override
  public boolean create(AccountRow account, String password) {
    return session
            .handle()
            .execute(
                """
                INSERT INTO account (name, displayname, mail, password, grants, enabled, mustchange,
                  createat, seenat) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (name) DO NOTHING
                """,
                account.name(),
                Columns.text(account.displayname()),
                Columns.text(account.mail()),
                password,
                Columns.grants(account.grants()),
                Columns.flag(account.enabled()),
                Columns.flag(account.mustchange()),
                account.createat().toEpochMilli(),
                Columns.millis(account.seenat()))
        == 1;
  }

  @Override
  public Optional<AccountRow> find(String name) {
    return session
        .handle()
        .select("SELECT * FROM account WHERE name = ?", Columns.text(name))
        .map((row, context) -> map(row))
        .findOne();
  }

  @Override
  public List<AccountRow> list() {
    return list("SELECT * FROM account ORDER BY name");
  }

  private List<AccountRow> list(String select) {
    return session.handle().select(select).map((row, context) -> map(row)).list();
  }

  @Override
  public Optional<String> password(String name) {
    return session
        .handle()
        .select("SELECT password FROM account WHERE name = ? AND enabled = 1", Columns.text(name))
        .mapTo(String.class)
        .findOne();
  }

  @Override
  public boolean password(String name, String hash, boolean mustchange) {
    return session
            .handle()
            .execute(
                "UPDATE account SET password = ?, mustchange = ? WHERE name = ?",
                hash,
                Columns.flag(mustchange),
                name)
        == 1;
  }

  @Override
  public void seen(String name, Instant now) {
    session
        .handle()
        .execute("UPDATE account SET seenat = ? WHERE name = ?", now.toEpochMilli(), name);
  }

  @Override
  public Change change(AccountRow account) {
    Change change = judged(account.name(), account.administers());
    if (change == Change.DONE) {
      session
          .handle()
          .execute(
              """
              UPDATE account SET displayname = ?, mail = ?, grants = ?, enabled = ? WHERE name = ?
              """,
              Columns.text(account.displayname()),
              Columns.text(account.mail()),
              Columns.grants(account.grants()),
              Columns.flag(account.enabled()),
              account.name());
      if (!account.enabled()) {
        session.handle().execute("DELETE FROM session WHERE account = ?", account.name());
      }
    }
    return change;
  }

  @Override
  public Change remove(String name) {
    Change change = judged(name, false);
    if (change == Change.DONE) {
      session.handle().execute("DELETE FROM session WHERE account = ?", name);
      session.handle().execute("DELETE FROM token WHERE owner = ?", name);
      session.handle().execute("DELETE FROM account WHERE name = ?", name);
    }
    return change;
  }

  /** All are locked: two administrators who remove each other at once would both succeed. */
  private Change judged(String name, boolean administers) {
    List<AccountRow> all = list(session.locked("SELECT * FROM account ORDER BY name"));
    Optional<AccountRow> one = all.stream().filter(row -> row.name().equals(name)).findAny();
    if (one.isEmpty()) {
      return Change.UNKNOWN;
    }
    boolean others = all.stream().anyMatch(row -> row.administers() && !row.name().equals(name));
    return one.get().administers() && !administers && !others
        ? Change.LAST_ADMINISTRATOR
        : Change.DONE;
  }

  private static AccountRow map(ResultSet row) throws SQLException {
    String name = row.getString("name");
    return new AccountRow(
        name,
        row.getString("displayname"),
        row.getString("mail"),
        Columns.grants(row.getString("grants"), "the grants of the account " + name),
        row.getInt("enabled") == 1,
        row.getInt("mustchange") == 1,
        Columns.instant(row, "createat"),
        Columns.instantOrNull(row, "seenat"));
  }
}
