/* What the machine allows who wants to be on time: sleeps to each instant, then starts the same script so many times.
   punctual FIRST PERIOD ROUNDS JOBS SCRIPT: FIRST in seconds since 1970, PERIOD in seconds. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>

int main(int count, char **words) {
  if (count != 6) return 64;
  long first = atol(words[1]), period = atol(words[2]);
  int rounds = atoi(words[3]), jobs = atoi(words[4]);
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_t actions;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID);
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  char *line[] = {"/bin/sh", words[5], NULL};
  for (int round = 0; round < rounds; round++) {
    struct timespec due = {first + round * period, 0};
    char fire[64];
    snprintf(fire, sizeof fire, "CLOUDTASK_FIRE_TIME=%ld", (long)due.tv_sec);
    char *environment[] = {fire, "PATH=/usr/local/bin:/usr/bin:/bin", NULL};
    while (clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &due, NULL) != 0) {
    }
    for (int job = 0; job < jobs; job++) {
      pid_t pid;
      if (posix_spawn(&pid, line[0], &actions, &attributes, line, environment) != 0) return 1;
    }
    for (int job = 0; job < jobs; job++) {
      if (wait(NULL) < 0) return 1;
    }
  }
  return 0;
}
