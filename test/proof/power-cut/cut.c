/*
 * Cuts the power of one file system: ext4 forgets at once everything that was not flushed, its own journal included.
 * It waits for a line on stdin first, so that starting it costs no time at the moment that counts.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#define EXT4_IOC_SHUTDOWN _IOR('X', 125, uint32_t)

int main(int count, char **words) {
  struct stat found;
  uint32_t drop_the_unflushed_journal = 2;
  if (count < 2 || getchar() == EOF) return 3;
  int folder = open(words[1], O_RDONLY);
  /* 7 is a loop device: never the machine's own disk. */
  if (folder < 0 || fstat(folder, &found) || major(found.st_dev) != 7) return 2;
  return ioctl(folder, EXT4_IOC_SHUTDOWN, &drop_the_unflushed_journal) != 0;
}
