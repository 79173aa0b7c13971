/* The C face of the system's SQLite, with what Swift cannot import from it by itself:
   variadic functions (SQLite, c3ref/db_config.html) and macros that cast to a function pointer (c3ref/c_static.html). */
#ifndef SQLC_SWIFT_CSQLITE_SHIM_H
#define SQLC_SWIFT_CSQLITE_SHIM_H

#include <sqlite3.h>

/* sqlite3_db_config(db, op, onoff, &current): the Boolean verbs. Returns a result code. */
static inline int sqlc_db_config_bool(sqlite3 *database, int verb, int value) {
  int current = 0;
  return sqlite3_db_config(database, verb, value, &current);
}

/* sqlite3_config(op, …), before the library is initialised (c3ref/config.html). Return a result code. */
static inline int sqlc_config_memstatus(int isOn) { return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, isOn); }
static inline int sqlc_config_pagecache(void *memory, int size, int count) {
  return sqlite3_config(SQLITE_CONFIG_PAGECACHE, memory, size, count);
}

/* SQLITE_STATIC and SQLITE_TRANSIENT (c3ref/c_static.html). */
static inline sqlite3_destructor_type sqlc_static(void) { return SQLITE_STATIC; }
static inline sqlite3_destructor_type sqlc_transient(void) { return SQLITE_TRANSIENT; }

#endif
