/* The C face of the system's SQLite, with what Swift cannot import from it by itself:
   variadic functions (SQLite, c3ref/db_config.html) and macros that cast to a function pointer (c3ref/c_static.html). */
#ifndef SQLC_SWIFT_CSQLITE_SHIM_H
#define SQLC_SWIFT_CSQLITE_SHIM_H

#include <sqlite3.h>
#include <stdint.h>
#include <time.h>
#include <pthread.h>
#if defined(__linux__)
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

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

/* Clocks. */

/* Nanoseconds of a clock that never goes back. */
static inline uint64_t sqlc_nanoseconds(void) {
  struct timespec now;
#if defined(__APPLE__)
  clock_gettime(CLOCK_UPTIME_RAW, &now);
#else
  clock_gettime(CLOCK_MONOTONIC, &now);
#endif
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

/* Nanoseconds that the calling thread has computed. */
static inline uint64_t sqlc_thread_nanoseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

/* How often the calling thread had to make room for another though it had something to do; 0 where nobody counts. */
static inline uint64_t sqlc_thread_preemptions(void) {
#if defined(__linux__)
  struct rusage usage;
  /* RUSAGE_THREAD, which has a name for GNU programs only. */
  return getrusage(1, &usage) == 0 ? (uint64_t)usage.ru_nivcsw : 0;
#else
  return 0;
#endif
}

/* The processor's own count, where it has one that user code may read: a third of the price of a clock. How many make a
   second is not said. */
static inline uint64_t sqlc_ticks(void) {
#if defined(__x86_64__)
  return __builtin_ia32_rdtsc();
#elif defined(__aarch64__)
  uint64_t count;
  __asm__ volatile("mrs %0, cntvct_el0" : "=r"(count));
  return count;
#else
  return sqlc_nanoseconds();
#endif
}

/* A number of the calling thread, its own while it lives. */
static inline uintptr_t sqlc_thread_id(void) { return (uintptr_t)pthread_self(); }

/* Is it the thread that the process began with? */
static inline int sqlc_is_main_thread(void) {
#if defined(__APPLE__)
  return pthread_main_np();
#elif defined(__linux__)
  return syscall(SYS_gettid) == getpid();
#else
  return 0;
#endif
}

/* How long a thread has been run by tasks that query; Turn.swift says what the fields mean. */
typedef struct {
  uint64_t start, length, computed, preempted;
  int32_t stage;
  int32_t isMain;
} sqlc_turn;

/* The calling thread's. There is one for each object file that calls this: only Turn.swift does. */
static inline sqlc_turn *sqlc_thread_turn(void) {
  static _Thread_local sqlc_turn turn;
  return &turn;
}

#endif
