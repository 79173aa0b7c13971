#include "allocator.h"

#include <sqlite3.h>

/* Written once, before SQLite has a second thread to read them. */
static sqlite3_mem_methods standard;
static int is_configured = 0;

static _Thread_local int64_t used = 0;

static void *take(int size) {
  void *memory = standard.xMalloc(size);
  if (memory) used += standard.xSize(memory);
  return memory;
}

static void give_back(void *memory) {
  used -= standard.xSize(memory);
  standard.xFree(memory);
}

static void *resize(void *memory, int size) {
  int before = standard.xSize(memory);
  void *moved = standard.xRealloc(memory, size);
  if (moved) used += standard.xSize(moved) - before;
  return moved;
}

int sqlc_configure_for_compiling(void) {
  int code = sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
  if (code == SQLITE_OK) code = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  if (code == SQLITE_OK) code = sqlite3_config(SQLITE_CONFIG_GETMALLOC, &standard);
  if (code != SQLITE_OK) return code;
  sqlite3_mem_methods counting = standard;
  counting.xMalloc = take;
  counting.xFree = give_back;
  counting.xRealloc = resize;
  code = sqlite3_config(SQLITE_CONFIG_MALLOC, &counting);
  is_configured = code == SQLITE_OK;
  return code;
}

int64_t sqlc_memory_used(void) { return is_configured ? used : sqlite3_memory_used(); }
