/* Calls that fail on demand, over SQLite's default VFS. See fault_vfs.h. */
#include "fault_vfs.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

struct fault_vfs {
  sqlite3_vfs base;
  sqlite3_vfs *real;
  atomic_uint mask;
  atomic_int code;
  atomic_int stays;
  atomic_llong nth;
  atomic_llong calls;
  atomic_llong hits;
  atomic_llong clock;
  atomic_int records;
  pthread_mutex_t lock;
  /* Under the lock. */
  fault_operation *operations;
  int64_t count;
  int64_t capacity;
};

/* Followed in memory by the real VFS's file. */
typedef struct {
  sqlite3_file base;
  fault_vfs *vfs;
  const char *path;
} fault_file;

static fault_vfs *own(sqlite3_vfs *vfs) { return (fault_vfs *)vfs; }
static fault_vfs *vfs_of(sqlite3_file *file) { return ((fault_file *)file)->vfs; }
static sqlite3_file *real_of(sqlite3_file *file) { return (sqlite3_file *)((fault_file *)file + 1); }

/* The code with which a call of this kind must fail, or SQLITE_OK. */
static int fault(fault_vfs *vfs, unsigned kind) {
  if (!(atomic_load(&vfs->mask) & kind)) return SQLITE_OK;
  long long number = atomic_fetch_add(&vfs->calls, 1) + 1;
  long long nth = atomic_load(&vfs->nth);
  if (number == nth || (number > nth && atomic_load(&vfs->stays))) {
    atomic_fetch_add(&vfs->hits, 1);
    return atomic_load(&vfs->code);
  }
  return SQLITE_OK;
}

static void keep(fault_vfs *vfs, const char *path, unsigned kind, int64_t offset, const void *bytes, int64_t count) {
  if (!atomic_load(&vfs->records) || !path) return;
  fault_operation operation = { strdup(path), kind, offset, count, NULL };
  if (count > 0) {
    void *copy = malloc((size_t)count);
    memcpy(copy, bytes, (size_t)count);
    operation.bytes = copy;
  }
  pthread_mutex_lock(&vfs->lock);
  if (vfs->count == vfs->capacity) {
    vfs->capacity = vfs->capacity ? vfs->capacity * 2 : 256;
    vfs->operations = realloc(vfs->operations, (size_t)vfs->capacity * sizeof *vfs->operations);
  }
  vfs->operations[vfs->count++] = operation;
  pthread_mutex_unlock(&vfs->lock);
}

static void keep_of(sqlite3_file *file, unsigned kind, int64_t offset, const void *bytes, int64_t count) {
  keep(vfs_of(file), ((fault_file *)file)->path, kind, offset, bytes, count);
}

/* Files */

static int file_close(sqlite3_file *file) { return real_of(file)->pMethods->xClose(real_of(file)); }

static int file_read(sqlite3_file *file, void *buffer, int count, sqlite3_int64 offset) {
  int code = fault(vfs_of(file), FAULT_READ);
  if (code == SQLITE_OK) return real_of(file)->pMethods->xRead(real_of(file), buffer, count, offset);
  if (code == SQLITE_IOERR_SHORT_READ) {
    int read = real_of(file)->pMethods->xRead(real_of(file), buffer, count, offset);
    if (read != SQLITE_OK) return read;
    memset((char *)buffer + count / 2, 0, (size_t)(count - count / 2));
  }
  return code;
}

static int file_write(sqlite3_file *file, const void *buffer, int count, sqlite3_int64 offset) {
  int code = fault(vfs_of(file), FAULT_WRITE);
  if (code == SQLITE_OK) {
    keep_of(file, FAULT_WRITE, offset, buffer, count);
    return real_of(file)->pMethods->xWrite(real_of(file), buffer, count, offset);
  }
  if (code == SQLITE_FULL) {
    int written = real_of(file)->pMethods->xWrite(real_of(file), buffer, count / 2, offset);
    if (written != SQLITE_OK) return written;
  }
  return code;
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size) {
  int code = fault(vfs_of(file), FAULT_TRUNCATE);
  if (code) return code;
  keep_of(file, FAULT_TRUNCATE, size, NULL, 0);
  return real_of(file)->pMethods->xTruncate(real_of(file), size);
}

static int file_sync(sqlite3_file *file, int flags) {
  int code = fault(vfs_of(file), FAULT_SYNC);
  if (code) return code;
  code = real_of(file)->pMethods->xSync(real_of(file), flags);
  keep_of(file, FAULT_SYNC, 0, NULL, 0);
  return code;
}

static int file_size(sqlite3_file *file, sqlite3_int64 *size) {
  int code = fault(vfs_of(file), FAULT_SIZE);
  return code ? code : real_of(file)->pMethods->xFileSize(real_of(file), size);
}

static int file_lock(sqlite3_file *file, int level) {
  int code = fault(vfs_of(file), FAULT_LOCK);
  return code ? code : real_of(file)->pMethods->xLock(real_of(file), level);
}

static int file_unlock(sqlite3_file *file, int level) {
  return real_of(file)->pMethods->xUnlock(real_of(file), level);
}

static int file_check_reserved(sqlite3_file *file, int *result) {
  return real_of(file)->pMethods->xCheckReservedLock(real_of(file), result);
}

static int file_control(sqlite3_file *file, int operation, void *argument) {
  return real_of(file)->pMethods->xFileControl(real_of(file), operation, argument);
}

static int file_sector_size(sqlite3_file *file) { return real_of(file)->pMethods->xSectorSize(real_of(file)); }

static int file_characteristics(sqlite3_file *file) {
  return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

static int file_shm_map(sqlite3_file *file, int page, int size, int extends, void volatile **address) {
  int code = fault(vfs_of(file), FAULT_SHM_MAP);
  return code ? code : real_of(file)->pMethods->xShmMap(real_of(file), page, size, extends, address);
}

static int file_shm_lock(sqlite3_file *file, int offset, int count, int flags) {
  /* Giving a lock back cannot fail, and a VFS that says it does leaves the lock held for good. */
  int code = flags & SQLITE_SHM_LOCK ? fault(vfs_of(file), FAULT_SHM_LOCK) : SQLITE_OK;
  return code ? code : real_of(file)->pMethods->xShmLock(real_of(file), offset, count, flags);
}

static void file_shm_barrier(sqlite3_file *file) { real_of(file)->pMethods->xShmBarrier(real_of(file)); }

static int file_shm_unmap(sqlite3_file *file, int deletes) {
  return real_of(file)->pMethods->xShmUnmap(real_of(file), deletes);
}

/* No memory mapping of the database, which would pass the faults by. */
static int file_fetch(sqlite3_file *file, sqlite3_int64 offset, int count, void **address) {
  (void)file, (void)offset, (void)count;
  *address = NULL;
  return SQLITE_OK;
}

static int file_unfetch(sqlite3_file *file, sqlite3_int64 offset, void *address) {
  (void)file, (void)offset, (void)address;
  return SQLITE_OK;
}

static const sqlite3_io_methods methods = {
  3, file_close, file_read, file_write, file_truncate, file_sync, file_size, file_lock, file_unlock,
  file_check_reserved, file_control, file_sector_size, file_characteristics, file_shm_map, file_shm_lock,
  file_shm_barrier, file_shm_unmap, file_fetch, file_unfetch
};

/* The file system */

static int vfs_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out) {
  file->pMethods = NULL;
  ((fault_file *)file)->vfs = own(vfs);
  /* SQLite keeps the name for as long as the file is open. */
  ((fault_file *)file)->path = name;
  int code = fault(own(vfs), FAULT_OPEN);
  if (code) return code;
  code = own(vfs)->real->xOpen(own(vfs)->real, name, real_of(file), flags, out);
  /* SQLite closes whatever has methods, opened or not. */
  if (real_of(file)->pMethods) file->pMethods = &methods;
  return code;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *name, int syncs) {
  int code = fault(own(vfs), FAULT_DELETE);
  if (code) return code;
  keep(own(vfs), name, FAULT_DELETE, 0, NULL, 0);
  return own(vfs)->real->xDelete(own(vfs)->real, name, syncs);
}

static int vfs_access(sqlite3_vfs *vfs, const char *name, int flags, int *result) {
  int code = fault(own(vfs), FAULT_ACCESS);
  return code ? code : own(vfs)->real->xAccess(own(vfs)->real, name, flags, result);
}

static int vfs_full_path(sqlite3_vfs *vfs, const char *name, int count, char *path) {
  return own(vfs)->real->xFullPathname(own(vfs)->real, name, count, path);
}

static int vfs_randomness(sqlite3_vfs *vfs, int count, char *bytes) {
  return own(vfs)->real->xRandomness(own(vfs)->real, count, bytes);
}

static int vfs_sleep(sqlite3_vfs *vfs, int microseconds) {
  return own(vfs)->real->xSleep(own(vfs)->real, microseconds);
}

static int vfs_last_error(sqlite3_vfs *vfs, int count, char *text) {
  return own(vfs)->real->xGetLastError(own(vfs)->real, count, text);
}

static int vfs_now(sqlite3_vfs *vfs, sqlite3_int64 *milliseconds) {
  int code = own(vfs)->real->xCurrentTimeInt64(own(vfs)->real, milliseconds);
  *milliseconds += atomic_load(&own(vfs)->clock);
  return code;
}

static int vfs_now_in_days(sqlite3_vfs *vfs, double *days) {
  sqlite3_int64 milliseconds = 0;
  int code = vfs_now(vfs, &milliseconds);
  *days = (double)milliseconds / 86400000.0;
  return code;
}

fault_vfs *fault_vfs_create(const char *name) {
  fault_vfs *vfs = calloc(1, sizeof *vfs);
  char *copy = vfs ? strdup(name) : NULL;
  if (!copy) {
    free(vfs);
    return NULL;
  }
  sqlite3_initialize();
  pthread_mutex_init(&vfs->lock, NULL);
  vfs->real = sqlite3_vfs_find(NULL);
  vfs->base.iVersion = 2;
  vfs->base.szOsFile = (int)sizeof(fault_file) + vfs->real->szOsFile;
  vfs->base.mxPathname = vfs->real->mxPathname;
  vfs->base.zName = copy;
  vfs->base.xOpen = vfs_open;
  vfs->base.xDelete = vfs_delete;
  vfs->base.xAccess = vfs_access;
  vfs->base.xFullPathname = vfs_full_path;
  vfs->base.xRandomness = vfs_randomness;
  vfs->base.xSleep = vfs_sleep;
  vfs->base.xCurrentTime = vfs_now_in_days;
  vfs->base.xGetLastError = vfs_last_error;
  vfs->base.xCurrentTimeInt64 = vfs_now;
  sqlite3_vfs_register(&vfs->base, 0);
  return vfs;
}

void fault_vfs_arm(fault_vfs *vfs, unsigned mask, int64_t nth, int code, int stays) {
  atomic_store(&vfs->mask, 0);
  atomic_store(&vfs->nth, nth);
  atomic_store(&vfs->code, code);
  atomic_store(&vfs->stays, stays);
  atomic_store(&vfs->calls, 0);
  atomic_store(&vfs->hits, 0);
  atomic_store(&vfs->mask, mask);
}

void fault_vfs_disarm(fault_vfs *vfs) { atomic_store(&vfs->mask, 0); }

int64_t fault_vfs_calls(fault_vfs *vfs) { return atomic_load(&vfs->calls); }
int64_t fault_vfs_hits(fault_vfs *vfs) { return atomic_load(&vfs->hits); }
void fault_vfs_set_clock(fault_vfs *vfs, int64_t offset) { atomic_store(&vfs->clock, offset); }

void fault_vfs_record(fault_vfs *vfs) { atomic_store(&vfs->records, 1); }

int64_t fault_vfs_records(fault_vfs *vfs) {
  pthread_mutex_lock(&vfs->lock);
  int64_t count = vfs->count;
  pthread_mutex_unlock(&vfs->lock);
  return count;
}

fault_operation fault_vfs_operation(fault_vfs *vfs, int64_t index) {
  pthread_mutex_lock(&vfs->lock);
  fault_operation operation = vfs->operations[index];
  pthread_mutex_unlock(&vfs->lock);
  return operation;
}
