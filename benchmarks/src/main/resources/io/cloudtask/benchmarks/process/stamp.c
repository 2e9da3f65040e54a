/* Writes down when its first instruction ran: stamp FILE WORD appends "WORD NANOSECONDS". */
#include <fcntl.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

int main(int count, char **words) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (count != 3) return 64;
  char line[256];
  int length = snprintf(line, sizeof line, "%s %lld%09ld\n", words[2], (long long)now.tv_sec, now.tv_nsec);
  int file = open(words[1], O_WRONLY | O_CREAT | O_APPEND, 0600);
  return file < 0 || write(file, line, length) != length;
}
