// Each works through its rows or statements on one connection, and gives how many there were; below zero is a failure.

#ifndef PostgresFloor_h
#define PostgresFloor_h

long floor_points(const char *connection, long count);
/// The same on so many connections, each with a thread.
long floor_points_threads(const char *connection, long count, long threads);
long floor_scan(const char *connection);
long floor_inserts(const char *connection, long count);
long floor_pipeline(const char *connection, long count);
long floor_unnest(const char *connection, long count);
long floor_copy(const char *connection, long count);

#endif
