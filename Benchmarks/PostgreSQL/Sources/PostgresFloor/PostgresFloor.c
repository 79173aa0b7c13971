#include "PostgresFloor.h"
#include <libpq-fe.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define COLUMNS "a, b, c, d, e, f, g, h, i, j"

struct row {
  int64_t a, b, i;
  char *c, *d, *e, *j;
  double f;
  int32_t h;
  char g;
};

static uint64_t big64(const void *bytes) {
  uint64_t value;
  memcpy(&value, bytes, 8);
  return __builtin_bswap64(value);
}

static char *copy(PGresult *result, int row, int column) {
  int length = PQgetlength(result, row, column);
  char *text = malloc(length + 1);
  memcpy(text, PQgetvalue(result, row, column), length);
  text[length] = 0;
  return text;
}

static void read_row(PGresult *result, int row, struct row *out) {
  out->a = big64(PQgetvalue(result, row, 0));
  out->b = big64(PQgetvalue(result, row, 1));
  out->c = copy(result, row, 2);
  out->d = copy(result, row, 3);
  out->e = copy(result, row, 4);
  uint64_t bits = big64(PQgetvalue(result, row, 5));
  memcpy(&out->f, &bits, 8);
  out->g = *PQgetvalue(result, row, 6);
  uint32_t number;
  memcpy(&number, PQgetvalue(result, row, 7), 4);
  out->h = __builtin_bswap32(number);
  out->i = big64(PQgetvalue(result, row, 8));
  out->j = PQgetisnull(result, row, 9) ? NULL : copy(result, row, 9);
}

static void free_row(struct row *row) {
  free(row->c);
  free(row->d);
  free(row->e);
  free(row->j);
}

static int run(PGconn *connection, const char *sql) {
  PGresult *result = PQexec(connection, sql);
  int fine = PQresultStatus(result) == PGRES_COMMAND_OK;
  PQclear(result);
  return fine;
}

static void number_parameter(uint64_t *place, long number, const char **value) {
  *place = __builtin_bswap64((uint64_t)number);
  *value = (const char *)place;
}

long floor_points(const char *string, long count) {
  PGconn *connection = PQconnectdb(string);
  Oid types[1] = {20};
  int lengths[1] = {8}, formats[1] = {1};
  PQclear(PQprepare(connection, "p", "SELECT " COLUMNS " FROM bench WHERE a = $1", 1, types));
  long rows = 0;
  for (long index = 0; index < count; index++) {
    uint64_t bits;
    const char *values[1];
    number_parameter(&bits, index * 7 % 200000 + 1, values);
    PGresult *result = PQexecPrepared(connection, "p", 1, values, lengths, formats, 1);
    if (PQntuples(result) == 1) {
      struct row row;
      read_row(result, 0, &row);
      free_row(&row);
      rows++;
    }
    PQclear(result);
  }
  PQfinish(connection);
  return rows;
}

struct share {
  const char *string;
  long count, rows;
};

static void *points_of_thread(void *context) {
  struct share *share = context;
  share->rows = floor_points(share->string, share->count);
  return NULL;
}

long floor_points_threads(const char *string, long count, long threads) {
  pthread_t handles[64];
  struct share shares[64];
  if (threads > 64) return -1;
  for (long index = 0; index < threads; index++) {
    shares[index] = (struct share){string, count / threads, 0};
    pthread_create(&handles[index], NULL, points_of_thread, &shares[index]);
  }
  long rows = 0;
  for (long index = 0; index < threads; index++) {
    pthread_join(handles[index], NULL);
    rows += shares[index].rows;
  }
  return rows;
}

long floor_scan(const char *string) {
  PGconn *connection = PQconnectdb(string);
  PGresult *result = PQexecParams(connection, "SELECT " COLUMNS " FROM bench", 0, NULL, NULL, NULL, NULL, 1);
  long count = PQntuples(result);
  struct row *rows = malloc(count * sizeof *rows);
  for (long index = 0; index < count; index++) read_row(result, index, rows + index);
  PQclear(result);
  for (long index = 0; index < count; index++) free_row(rows + index);
  free(rows);
  PQfinish(connection);
  return count;
}

static int prepare_insert(PGconn *connection) {
  Oid types[2] = {20, 25};
  PGresult *result = PQprepare(connection, "i", "INSERT INTO bench_rows (a, b) VALUES ($1, $2)", 2, types);
  int fine = PQresultStatus(result) == PGRES_COMMAND_OK;
  PQclear(result);
  return fine;
}

long floor_inserts(const char *string, long count) {
  PGconn *connection = PQconnectdb(string);
  if (!prepare_insert(connection) || !run(connection, "BEGIN")) return -1;
  int lengths[2] = {8, 4}, formats[2] = {1, 1};
  for (long index = 0; index < count; index++) {
    uint64_t bits;
    const char *values[2] = {NULL, "text"};
    number_parameter(&bits, index, values);
    PQclear(PQexecPrepared(connection, "i", 2, values, lengths, formats, 1));
  }
  if (!run(connection, "COMMIT")) return -1;
  PQfinish(connection);
  return count;
}

long floor_pipeline(const char *string, long count) {
  PGconn *connection = PQconnectdb(string);
  if (!prepare_insert(connection) || !PQenterPipelineMode(connection)) return -1;
  int lengths[2] = {8, 4}, formats[2] = {1, 1};
  long answered = 0;
  for (long index = 0; index < count; index++) {
    uint64_t bits;
    const char *values[2] = {NULL, "text"};
    number_parameter(&bits, index, values);
    PQsendQueryPrepared(connection, "i", 2, values, lengths, formats, 1);
    if (index % 256 == 255 || index == count - 1) {
      if (index == count - 1) PQpipelineSync(connection);
      else PQsendFlushRequest(connection);
      PQflush(connection);
      while (answered <= index) {
        PGresult *result = PQgetResult(connection);
        PQclear(result);
        if (result == NULL) answered++;
      }
    }
  }
  PQclear(PQgetResult(connection));
  PQfinish(connection);
  return answered;
}

static char *put32(char *place, uint32_t number) {
  number = __builtin_bswap32(number);
  memcpy(place, &number, 4);
  return place + 4;
}

/* array_recv: dimensions, whether there are NULLs, the type of elements; of the dimension its length and lower bound. */
static char *put_array(char *place, Oid type, long count) {
  place = put32(put32(put32(place, 1), 0), type);
  return put32(put32(place, (uint32_t)count), 1);
}

long floor_unnest(const char *string, long count) {
  PGconn *connection = PQconnectdb(string);
  Oid types[2] = {1016, 1009};
  char *numbers = malloc(20 + count * 12), *texts = malloc(20 + count * 8);
  char *number = put_array(numbers, 20, count), *text = put_array(texts, 25, count);
  for (long index = 0; index < count; index++) {
    uint64_t bits = __builtin_bswap64((uint64_t)index);
    number = put32(number, 8);
    memcpy(number, &bits, 8);
    number += 8;
    text = put32(text, 4);
    memcpy(text, "text", 4);
    text += 4;
  }
  const char *values[2] = {numbers, texts};
  int lengths[2] = {(int)(number - numbers), (int)(text - texts)}, formats[2] = {1, 1};
  PGresult *result = PQexecParams(
    connection, "INSERT INTO bench_rows (a, b) SELECT * FROM unnest($1, $2)", 2, types, values, lengths, formats, 1);
  int fine = PQresultStatus(result) == PGRES_COMMAND_OK;
  PQclear(result);
  PQfinish(connection);
  free(numbers);
  free(texts);
  return fine ? count : -1;
}

long floor_copy(const char *string, long count) {
  PGconn *connection = PQconnectdb(string);
  PGresult *result = PQexec(connection, "COPY bench_rows (a, b) FROM STDIN (FORMAT binary)");
  if (PQresultStatus(result) != PGRES_COPY_IN) return -1;
  PQclear(result);
  PQputCopyData(connection, "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19);
  char buffer[65536];
  int used = 0;
  for (long index = 0; index < count; index++) {
    if (used + 26 > (int)sizeof buffer) {
      PQputCopyData(connection, buffer, used);
      used = 0;
    }
    char *row = buffer + used;
    uint64_t bits = __builtin_bswap64((uint64_t)index);
    memcpy(row, "\0\2\0\0\0\10", 6);
    memcpy(row + 6, &bits, 8);
    memcpy(row + 14, "\0\0\0\4text", 8);
    used += 22;
  }
  memcpy(buffer + used, "\377\377", 2);
  PQputCopyData(connection, buffer, used + 2);
  PQputCopyEnd(connection, NULL);
  while ((result = PQgetResult(connection)) != NULL) PQclear(result);
  PQfinish(connection);
  return count;
}
