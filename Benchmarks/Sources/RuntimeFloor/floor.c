/* See floor.h. */
#include "floor.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { POINT, SCAN, SUM, INSERT, RETURNING, UPDATE, DATES, BLOBS, BLOB_INSERT, BEGIN, COMMIT, ROLLBACK, STATEMENTS };

static const char *const texts[STATEMENTS] = {
  "SELECT id, owner_id, name, email, note, status, score, visits, is_active, created_at, parent_id FROM items WHERE id = ?1",
  "SELECT id, owner_id, name, email, note, status, score, visits, is_active, created_at, parent_id FROM items ORDER BY id",
  "SELECT visits FROM items",
  "INSERT INTO notes (owner_id, name, body, score) VALUES (?1, ?2, ?3, ?4)",
  "INSERT INTO notes (owner_id, name, body, score) VALUES (?1, ?2, ?3, ?4) RETURNING id, owner_id, name, body, score",
  "UPDATE items SET visits = visits + 1, note = ?2 WHERE id = ?1",
  "SELECT created_at FROM items",
  "SELECT body FROM blobs",
  "INSERT INTO blobs (body) VALUES (?1)",
  "BEGIN",
  "COMMIT",
  "ROLLBACK",
};

struct floor_connection {
  sqlite3 *database;
  sqlite3_stmt *statements[STATEMENTS];
};

typedef struct {
  char *start;
  int64_t count;
} floor_text;

typedef struct {
  int64_t id, owner_id, visits, parent_id;
  double score;
  int is_active, has_parent;
  floor_text name, email, note, status, created_at;
} floor_item;

floor_connection *floor_open(const char *path) {
  floor_connection *c = calloc(1, sizeof *c);
  if (sqlite3_open_v2(path, &c->database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, 0)) {
    floor_close(c);
    return NULL;
  }
  sqlite3_busy_timeout(c->database, 5000);
  if (floor_execute(c, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON")) {
    floor_close(c);
    return NULL;
  }
  return c;
}

void floor_close(floor_connection *c) {
  for (int i = 0; i < STATEMENTS; i++) sqlite3_finalize(c->statements[i]);
  sqlite3_close(c->database);
  free(c);
}

int floor_execute(floor_connection *c, const char *sql) { return sqlite3_exec(c->database, sql, 0, 0, 0); }

static sqlite3_stmt *statement(floor_connection *c, int which) {
  if (!c->statements[which]) {
    sqlite3_prepare_v3(c->database, texts[which], -1, SQLITE_PREPARE_PERSISTENT, &c->statements[which], 0);
  }
  return c->statements[which];
}

/* From the last BEGIN to the COMMIT or ROLLBACK after it. */
static double began, lasted;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

double floor_seconds(void) { return lasted; }

static int control(floor_connection *c, int which) {
  if (which != BEGIN) lasted = now() - began;
  sqlite3_stmt *s = statement(c, which);
  int code = sqlite3_step(s);
  sqlite3_reset(s);
  if (which == BEGIN) began = now();
  return code;
}

static floor_text text(sqlite3_stmt *s, int column) {
  floor_text copy;
  const void *start = sqlite3_column_text(s, column);
  copy.count = sqlite3_column_bytes(s, column);
  copy.start = malloc(copy.count + 1);
  memcpy(copy.start, start ? start : "", copy.count);
  copy.start[copy.count] = 0;
  return copy;
}

/* A text in the room that the row's texts share; where it ends is where the next one begins. */
static floor_text placed(sqlite3_stmt *s, int column, char **place) {
  floor_text copy;
  const void *start = sqlite3_column_text(s, column);
  copy.count = sqlite3_column_bytes(s, column);
  copy.start = *place;
  memcpy(copy.start, start ? start : "", copy.count);
  copy.start[copy.count] = 0;
  *place += copy.count + 1;
  return copy;
}

static const int text_columns[] = {2, 3, 4, 5, 9};

static void texts_together(sqlite3_stmt *s, floor_item *r) {
  int64_t size = 0;
  for (int i = 0; i < 5; i++) {
    sqlite3_column_text(s, text_columns[i]);
    size += sqlite3_column_bytes(s, text_columns[i]) + 1;
  }
  char *place = malloc(size);
  r->name = placed(s, 2, &place);
  r->email = placed(s, 3, &place);
  r->note = placed(s, 4, &place);
  r->status = placed(s, 5, &place);
  r->created_at = placed(s, 9, &place);
}

static floor_item item(sqlite3_stmt *s, floor_allocation allocation) {
  floor_item r;
  r.id = sqlite3_column_int64(s, 0);
  r.owner_id = sqlite3_column_int64(s, 1);
  if (allocation == FLOOR_EACH_TEXT) {
    r.name = text(s, 2);
    r.email = text(s, 3);
    r.note = text(s, 4);
    r.status = text(s, 5);
    r.created_at = text(s, 9);
  } else {
    texts_together(s, &r);
  }
  r.score = sqlite3_column_double(s, 6);
  r.visits = sqlite3_column_int64(s, 7);
  r.is_active = sqlite3_column_int(s, 8);
  r.has_parent = sqlite3_column_type(s, 10) != SQLITE_NULL;
  r.parent_id = r.has_parent ? sqlite3_column_int64(s, 10) : 0;
  return r;
}

static void release(floor_item *r, floor_allocation allocation) {
  free(r->name.start);
  if (allocation == FLOOR_EACH_ROW) return;
  free(r->email.start);
  free(r->note.start);
  free(r->status.start);
  free(r->created_at.start);
}

static int64_t read_item(sqlite3_stmt *s, int64_t id, floor_allocation allocation) {
  int64_t sum = 0;
  sqlite3_bind_int64(s, 1, id);
  if (sqlite3_step(s) == SQLITE_ROW) {
    floor_item r = item(s, allocation);
    sum = r.visits + r.name.count;
    release(&r, allocation);
  }
  sqlite3_reset(s);
  return sum;
}

int64_t floor_point_reads(floor_connection *c, int64_t count, int64_t items, floor_allocation allocation) {
  int64_t sum = 0;
  sqlite3_stmt *s = statement(c, POINT);
  if (control(c, BEGIN) != SQLITE_DONE) return 0;
  for (int64_t i = 0; i < count; i++) sum += read_item(s, i * 7919 % items + 1, allocation);
  control(c, COMMIT);
  return sum;
}

int64_t floor_single_reads(floor_connection *c, int64_t count, int64_t items, floor_allocation allocation) {
  int64_t sum = 0;
  sqlite3_stmt *s = statement(c, POINT);
  for (int64_t i = 0; i < count; i++) sum += read_item(s, i * 7919 % items + 1, allocation);
  return sum;
}

int64_t floor_scan(floor_connection *c, floor_allocation allocation) {
  int64_t count = 0, capacity = 16, sum = 0;
  floor_item *rows = malloc(capacity * sizeof *rows);
  sqlite3_stmt *s = statement(c, SCAN);
  while (sqlite3_step(s) == SQLITE_ROW) {
    if (count == capacity) rows = realloc(rows, (capacity *= 2) * sizeof *rows);
    rows[count++] = item(s, allocation);
  }
  sqlite3_reset(s);
  for (int64_t i = 0; i < count; i++) {
    sum += rows[i].visits + rows[i].name.count;
    release(&rows[i], allocation);
  }
  free(rows);
  return sum;
}

int64_t floor_sum(floor_connection *c) {
  int64_t sum = 0;
  sqlite3_stmt *s = statement(c, SUM);
  while (sqlite3_step(s) == SQLITE_ROW) sum += sqlite3_column_int64(s, 0);
  sqlite3_reset(s);
  return sum;
}

static void bind_note(sqlite3_stmt *s, int64_t i) {
  static const char name[] = "a name of some length";
  static const char body[] = "a body that is a little longer than a name, as bodies are wont to be";
  sqlite3_bind_int64(s, 1, i % 100);
  sqlite3_bind_text(s, 2, name, sizeof name - 1, SQLITE_STATIC);
  sqlite3_bind_text(s, 3, body, sizeof body - 1, SQLITE_STATIC);
  sqlite3_bind_double(s, 4, (double)i * 0.5);
}

int64_t floor_inserts(floor_connection *c, int64_t count) {
  int64_t done = 0;
  sqlite3_stmt *s = statement(c, INSERT);
  control(c, BEGIN);
  for (int64_t i = 0; i < count; i++) {
    bind_note(s, i);
    done += sqlite3_step(s) == SQLITE_DONE;
    sqlite3_reset(s);
  }
  control(c, ROLLBACK);
  return done;
}

int64_t floor_inserts_returning(floor_connection *c, int64_t count) {
  int64_t done = 0;
  sqlite3_stmt *s = statement(c, RETURNING);
  control(c, BEGIN);
  for (int64_t i = 0; i < count; i++) {
    bind_note(s, i);
    if (sqlite3_step(s) == SQLITE_ROW) {
      floor_text name = text(s, 2), body = text(s, 3);
      done += sqlite3_column_int64(s, 1) == i % 100 && sqlite3_column_double(s, 4) >= 0 && name.count > 0;
      free(name.start);
      free(body.start);
    }
    sqlite3_step(s);
    sqlite3_reset(s);
  }
  control(c, ROLLBACK);
  return done;
}

int64_t floor_blob_inserts(floor_connection *c, int64_t count, int64_t size) {
  int64_t done = 0;
  char *body = calloc(1, size);
  sqlite3_stmt *s = statement(c, BLOB_INSERT);
  control(c, BEGIN);
  for (int64_t i = 0; i < count; i++) {
    sqlite3_bind_blob64(s, 1, body, size, SQLITE_STATIC);
    done += sqlite3_step(s) == SQLITE_DONE;
    sqlite3_reset(s);
  }
  control(c, ROLLBACK);
  free(body);
  return done;
}

int64_t floor_updates(floor_connection *c, int64_t count, int64_t items) {
  int64_t done = 0;
  sqlite3_stmt *s = statement(c, UPDATE);
  control(c, BEGIN);
  for (int64_t i = 0; i < count; i++) {
    sqlite3_bind_int64(s, 1, i * 7919 % items + 1);
    sqlite3_bind_text(s, 2, "another note", 12, SQLITE_STATIC);
    done += sqlite3_step(s) == SQLITE_DONE;
    sqlite3_reset(s);
  }
  control(c, ROLLBACK);
  return done;
}

int64_t floor_commits(floor_connection *c, int64_t count) {
  int64_t done = 0;
  sqlite3_stmt *s = statement(c, INSERT);
  for (int64_t i = 0; i < count; i++) {
    bind_note(s, i);
    done += sqlite3_step(s) == SQLITE_DONE;
    sqlite3_reset(s);
  }
  return done;
}

/* YYYY-MM-DD HH:MM:SS, in seconds since 1970. */
static int64_t parse(const unsigned char *t) {
#define DIGITS2(i) ((t[i] - '0') * 10 + (t[(i) + 1] - '0'))
  int64_t year = DIGITS2(0) * 100 + DIGITS2(2), month = DIGITS2(5), day = DIGITS2(8);
  if (month <= 2) { year--; month += 12; }
  int64_t leap = 2 - year / 100 + year / 400;
  int64_t days = 36525 * (year + 4716) / 100 + 306001 * (month + 1) / 10000 + day + leap - 2442112;
  return days * 86400 + DIGITS2(11) * 3600 + DIGITS2(14) * 60 + DIGITS2(17);
}

int64_t floor_dates(floor_connection *c) {
  int64_t sum = 0, count = 0, capacity = 16;
  double *dates = malloc(capacity * sizeof *dates);
  sqlite3_stmt *s = statement(c, DATES);
  while (sqlite3_step(s) == SQLITE_ROW) {
    if (count == capacity) dates = realloc(dates, (capacity *= 2) * sizeof *dates);
    const unsigned char *t = sqlite3_column_text(s, 0);
    dates[count++] = t && sqlite3_column_bytes(s, 0) == 19 ? (double)parse(t) : 0;
  }
  sqlite3_reset(s);
  for (int64_t i = 0; i < count; i++) sum += (int64_t)dates[i] % 1000;
  free(dates);
  return sum;
}

int64_t floor_blobs(floor_connection *c) {
  int64_t sum = 0;
  sqlite3_stmt *s = statement(c, BLOBS);
  while (sqlite3_step(s) == SQLITE_ROW) {
    const void *start = sqlite3_column_blob(s, 0);
    int64_t size = sqlite3_column_bytes(s, 0);
    unsigned char *copy = malloc(size);
    memcpy(copy, start, size);
    sum += copy[0] + size;
    free(copy);
  }
  sqlite3_reset(s);
  return sum;
}
