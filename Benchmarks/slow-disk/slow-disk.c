/* A disk that is slow, for who loads this with LD_PRELOAD (Linux): reading a file whose name ends with .db takes as many
   microseconds longer as the variable SLOW_DISK says, as often as it says after a slash: 20000/1 each time, 20000/100 one time
   in a hundred. Switched on by the existence of the file that SLOW_DISK_SWITCH names. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static long microseconds, every = 1;
static const char *switch_file;
static atomic_long count;

__attribute__((constructor)) static void read_settings(void) {
  const char *setting = getenv("SLOW_DISK");
  if (setting) sscanf(setting, "%ld/%ld", &microseconds, &every);
  switch_file = getenv("SLOW_DISK_SWITCH");
}

static int is_database(int file) {
  char link[64], name[1024];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, name, sizeof name);
  return length > 3 && memcmp(name + length - 3, ".db", 3) == 0;
}

static void wait_for_disk(int file) {
  if (microseconds == 0 || !switch_file || access(switch_file, F_OK) != 0 || !is_database(file)) return;
  if (atomic_fetch_add(&count, 1) % every == 0) usleep(microseconds);
}

ssize_t pread(int file, void *bytes, size_t size, off_t offset) {
  static ssize_t (*next)(int, void *, size_t, off_t);
  if (!next) next = (ssize_t (*)(int, void *, size_t, off_t))dlsym(RTLD_NEXT, "pread");
  wait_for_disk(file);
  return next(file, bytes, size, offset);
}

ssize_t pread64(int file, void *bytes, size_t size, off64_t offset) {
  static ssize_t (*next)(int, void *, size_t, off64_t);
  if (!next) next = (ssize_t (*)(int, void *, size_t, off64_t))dlsym(RTLD_NEXT, "pread64");
  wait_for_disk(file);
  return next(file, bytes, size, offset);
}
