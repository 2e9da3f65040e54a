package io.cloudtask.simulation.cluster;

import io.cloudtask.store.Agents;
import io.cloudtask.store.Assignments;
import io.cloudtask.store.Leadership;
import io.cloudtask.store.Tx;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A transaction in which a safeguard is left out, for mutants. */
final class MutantTx {
  /** What is done instead of a method. */
  private interface Instead {
    @Nullable Object call(@Nullable Object[] arguments) throws ReflectiveOperationException;
  }

  private MutantTx() {}

  static Tx of(Tx tx, Mutant mutant, Sabotage sabotage) {
    return switch (mutant) {
      case NO_EPOCH_CHECK -> with(Tx.class, tx, "leadership", _ -> everLeading(tx.leadership()));
      case NO_SKEW_ALLOWANCE -> with(Tx.class, tx, "agents", _ -> exact(tx.agents()));
      case NO_LEASE_WITH_SET ->
          with(Tx.class, tx, "assignments", _ -> noticed(tx.assignments(), sabotage));
      default -> tx;
    };
  }

  private static Leadership everLeading(Leadership leadership) {
    return with(Leadership.class, leadership, "holds", _ -> true);
  }

  private static Assignments noticed(Assignments assignments, Sabotage sabotage) {
    return with(
        Assignments.class,
        assignments,
        "handOut",
        arguments -> {
          sabotage.handing((String) arguments[0]);
          return assignments.handOut((String) arguments[0], (Assignments.Asking) arguments[1]);
        });
  }

  private static Agents exact(Agents agents) {
    return with(
        Agents.class,
        agents,
        "fence",
        arguments -> {
          long published = (Long) arguments[3];
          return agents.fence(
              (String) arguments[0], (Instant) arguments[1], Duration.ZERO, published);
        });
  }

  private static <T> T with(Class<T> type, T real, String method, Instead instead) {
    InvocationHandler handler =
        (proxy, called, arguments) -> {
          try {
            return called.getName().equals(method)
                ? instead.call(arguments)
                : called.invoke(real, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        };
    return type.cast(
        Proxy.newProxyInstance(MutantTx.class.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
