/* A VFS for tests (SQLite, vfs.html): the default one, except that chosen calls fail, and that its clock can be set.

   Every function may be called from any thread at any time; an instance is never freed, since SQLite may hold on to a
   registered VFS for as long as the process lives. */
#ifndef FAULT_VFS_H
#define FAULT_VFS_H

#include <stdint.h>

typedef struct fault_vfs fault_vfs;

/* What a call does; bits, so that several can be chosen together. */
enum {
  FAULT_OPEN = 1 << 0,
  FAULT_READ = 1 << 1,
  FAULT_WRITE = 1 << 2,
  FAULT_SYNC = 1 << 3,
  FAULT_TRUNCATE = 1 << 4,
  FAULT_DELETE = 1 << 5,
  FAULT_ACCESS = 1 << 6,
  FAULT_SIZE = 1 << 7,
  FAULT_LOCK = 1 << 8,
  FAULT_SHM_MAP = 1 << 9,
  FAULT_SHM_LOCK = 1 << 10
};

/* Registers a VFS of that name over the default one; NULL when there is no memory. */
fault_vfs *fault_vfs_create(const char *name);

/* The `nth` call (from 1) of those in `mask` fails with the result code `code`: only it, or, when `stays` is not 0, every
   later one too. A write that fails with SQLITE_FULL has written its first half. A read that fails with
   SQLITE_IOERR_SHORT_READ has read its first half, and zeros. Counting starts anew. */
void fault_vfs_arm(fault_vfs *vfs, unsigned mask, int64_t nth, int code, int stays);
void fault_vfs_disarm(fault_vfs *vfs);

/* Calls of the chosen kinds since it was armed, and how many of them failed. */
int64_t fault_vfs_calls(fault_vfs *vfs);
int64_t fault_vfs_hits(fault_vfs *vfs);

/* From now on every write, truncation, sync and deletion is kept, in the order in which they happen. */
void fault_vfs_record(fault_vfs *vfs);
int64_t fault_vfs_records(fault_vfs *vfs);

typedef struct {
  const char *path;
  /* FAULT_WRITE, FAULT_TRUNCATE (to `offset`), FAULT_SYNC or FAULT_DELETE. */
  unsigned kind;
  int64_t offset;
  int64_t count;
  const unsigned char *bytes;
} fault_operation;

/* One of them; what it points to stays. */
fault_operation fault_vfs_operation(fault_vfs *vfs, int64_t index);

/* What SQLite takes for now: the real time and so many milliseconds. */
void fault_vfs_set_clock(fault_vfs *vfs, int64_t offset);

#endif
