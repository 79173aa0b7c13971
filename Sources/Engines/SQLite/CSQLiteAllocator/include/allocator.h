/* SQLite's library set up for a process that only compiles: no locks that its use does not need (SQLite,
   c3ref/config.html). */
#ifndef SQLC_SWIFT_ALLOCATOR_H
#define SQLC_SWIFT_ALLOCATOR_H

#include <stdint.h>

/* Before anything else is asked of SQLite, once in a process:
   - connections may be used on several threads, each on one at a time (SQLITE_CONFIG_MULTITHREAD);
   - no statistics of memory, whose one lock every allocation of every thread takes (SQLITE_CONFIG_MEMSTATUS);
   - each thread counts its own memory instead.
   Returns a result code; SQLITE_MISUSE when SQLite is in use already, and nothing has changed then. */
int sqlc_configure_for_compiling(void);

/* Bytes that the calling thread has taken from SQLite's allocator and not given back; less than 0 where it gave back what
   others took. Without sqlc_configure_for_compiling: what the whole process has. */
int64_t sqlc_memory_used(void);

#endif
