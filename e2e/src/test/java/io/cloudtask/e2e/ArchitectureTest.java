package io.cloudtask.e2e;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The arrows of ARCHITECTURE.md. */
class ArchitectureTest {
  private static final JavaClasses CLOUDTASK =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("io.cloudtask");

  @ParameterizedTest
  @CsvSource({
    "schedule, ''",
    "model, schedule",
    "settings, model;schedule",
    "coordination, settings;model;schedule",
    "store, model;schedule",
    "agent, settings;coordination;model;schedule",
    "center, settings;coordination;store;model;schedule",
    "cli, model;schedule",
    "standalone, center;agent;settings;coordination;store;model;schedule",
    "simulation, center;agent;settings;coordination;store;model;schedule",
  })
  void a_module_uses_only_what_its_arrows_allow(String module, String allowed) {
    List<String> others =
        List.of(
                "schedule",
                "model",
                "settings",
                "coordination",
                "store",
                "agent",
                "center",
                "cli",
                "standalone",
                "simulation")
            .stream()
            .filter(name -> !name.equals(module) && !List.of(allowed.split(";")).contains(name))
            .map(name -> "io.cloudtask." + name + "..")
            .toList();
    noClasses()
        .that()
        .resideInAPackage("io.cloudtask." + module + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others.toArray(String[]::new))
        .check(CLOUDTASK);
  }

  @Test
  void the_calculus_of_schedules_uses_the_platform_alone() {
    classes()
        .that()
        .resideInAPackage("io.cloudtask.schedule..")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage("java..", "org.jspecify..", "io.cloudtask.schedule.."))
        .check(CLOUDTASK);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model",
        "settings",
        "coordination",
        "store",
        "agent",
        "center",
        "cli",
        "standalone",
        "simulation"
      })
  void the_packages_of_a_module_form_no_cycle(String module) {
    slices()
        .matching("io.cloudtask." + module + ".(**)")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(CLOUDTASK);
  }

  @Test
  void only_main_reads_the_system_clock() {
    noClasses()
        .that(not(simpleName("Main")))
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(Clock.class, "systemDefaultZone")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .check(CLOUDTASK);
  }
}
