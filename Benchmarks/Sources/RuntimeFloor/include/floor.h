/* The floor: the same work in C, statements prepared once, every text and blob copied into memory of its own.
   Functions give a checksum, so that nothing is left out unseen; 0 means that SQLite refused. */
#ifndef SQLC_SWIFT_RUNTIME_FLOOR_H
#define SQLC_SWIFT_RUNTIME_FLOOR_H

#include <stdint.h>

typedef struct floor_connection floor_connection;

/* Where the texts of a row go: into memory of their own, as the strings of a structure do, or all into one block, which is
   what somebody writes who knows that the row is released as a whole. */
typedef enum { FLOOR_EACH_TEXT, FLOOR_EACH_ROW } floor_allocation;

floor_connection *floor_open(const char *path);
void floor_close(floor_connection *connection);
int floor_execute(floor_connection *connection, const char *sql);

/* How long the statements of the last transaction took, without its BEGIN and its end. */
double floor_seconds(void);

/* `count` reads by primary key within `items` rows, in one transaction. */
int64_t floor_point_reads(floor_connection *connection, int64_t count, int64_t items, floor_allocation allocation);
/* The same, each in a transaction of its own. */
int64_t floor_single_reads(floor_connection *connection, int64_t count, int64_t items, floor_allocation allocation);
/* Every row of `items` into an array of structures. */
int64_t floor_scan(floor_connection *connection, floor_allocation allocation);
/* The sum of a column, row by row. */
int64_t floor_sum(floor_connection *connection);
/* Inserts in one transaction, which is rolled back. */
int64_t floor_inserts(floor_connection *connection, int64_t count);
int64_t floor_inserts_returning(floor_connection *connection, int64_t count);
int64_t floor_blob_inserts(floor_connection *connection, int64_t count, int64_t size);
/* Updates by primary key in one transaction, which is rolled back. */
int64_t floor_updates(floor_connection *connection, int64_t count, int64_t items);
/* Inserts, each committed by itself. */
int64_t floor_commits(floor_connection *connection, int64_t count);
/* Every date of `items`, parsed. */
int64_t floor_dates(floor_connection *connection);
/* Every blob of `blobs`. */
int64_t floor_blobs(floor_connection *connection);

#endif
