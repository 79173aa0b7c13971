// A query's result, again whenever a table that it reads has changed.
//
// What a statement changes is known when it is generated, with what its triggers and foreign-key actions change. Seen are
// commits by this `Database`: by generated queries for their tables, and by `execute(_:)` for all tables. Those of other processes
// are seen when the configuration asks for it, and the database's triggers tell of them.

import SQLCRuntimeKit

/// The results of a query over time: first the present one, then one after each committed change of a table that it reads.
///
/// A result is read when it is asked for, so a slow reader holds up nobody and no results pile up: changes that come
/// meanwhile are one change, and the next result is the latest state. No change is missed.
public struct Observation<Q: Query>: AsyncSequence, Sendable {
  public typealias Element = Q.Output
  public typealias Failure = DatabaseError

  let database: Database
  let query: Q
  let interval: Duration

  public func makeAsyncIterator() -> Iterator {
    Iterator(database, query, ChangeSignals(database.changes, Q.statement.reads, interval))
  }

  public struct Iterator: AsyncIteratorProtocol {
    public typealias Element = Q.Output
    public typealias Failure = DatabaseError

    private let database: Database
    private let query: Q
    private var signals: ChangeSignals

    init(_ database: Database, _ query: Q, _ signals: ChangeSignals) {
      self.database = database
      self.query = query
      self.signals = signals
    }

    public mutating func next() async throws(DatabaseError) -> Q.Output? { try await next(isolation: nil) }

    public mutating func next(isolation actor: isolated (any Actor)?) async throws(DatabaseError) -> Q.Output? {
      guard await signals.next(isolation: actor) else { return nil }
      do throws(DatabaseError) {
        return try await database.run(query)
      } catch {
        // Cancelling the task is how an observation is meant to end.
        if error.kind == .cancelled { return nil }
        throw error
      }
    }
  }
}

/// What a closure reads over time, all of it in one snapshot each time: first now, then after each committed change of a
/// table that its queries read. Otherwise like an ``Observation``.
public struct SnapshotObservation<Value: Sendable>: AsyncSequence, Sendable {
  public typealias Element = Value
  public typealias Failure = any Error

  let database: Database
  let tables: [String]
  let interval: Duration
  let body: @Sendable (Transaction) async throws -> Value

  public func makeAsyncIterator() -> Iterator {
    Iterator(database, body, ChangeSignals(database.changes, tables, interval))
  }

  public struct Iterator: AsyncIteratorProtocol {
    public typealias Element = Value
    public typealias Failure = any Error

    private let database: Database
    private let body: @Sendable (Transaction) async throws -> Value
    private var signals: ChangeSignals

    init(
      _ database: Database, _ body: @escaping @Sendable (Transaction) async throws -> Value, _ signals: ChangeSignals
    ) {
      self.database = database
      self.body = body
      self.signals = signals
    }

    public mutating func next() async throws -> Value? { try await next(isolation: nil) }

    public mutating func next(isolation actor: isolated (any Actor)?) async throws -> Value? {
      guard await signals.next(isolation: actor) else { return nil }
      do {
        return try await database.read { tx in try await body(tx) }
      } catch let error as DatabaseError where error.kind == .cancelled {
        return nil
      }
    }
  }
}

extension Database {
  /// The results of a query, again whenever a table that it reads changes; ends with the task, or when the database is
  /// closed.
  ///
  /// ```swift
  /// for try await agents in database.observe(ListAgents()) { … }
  /// ```
  ///
  /// - Parameter interval: the least time between two results, for tables that change more often than anybody can look.
  public func observe<Q: Query>(_ query: Q, atMostEvery interval: Duration = .zero) -> Observation<Q> {
    Observation(database: self, query: query, interval: interval)
  }

  /// What `body` reads, again whenever a table that `queries` read changes, each time in one snapshot of the database.
  ///
  /// ```swift
  /// let both = database.observe(ListAgents.self, ListRuns.self) { tx in
  ///   (try await tx.run(ListAgents()), try await tx.run(ListRuns()))
  /// }
  /// for try await (agents, runs) in both { … }
  /// ```
  ///
  /// - Parameters:
  ///   - queries: every kind of query that `body` runs.
  ///   - interval: the least time between two results.
  public func observe<each Q: Query, Value: Sendable>(
    _ queries: repeat (each Q).Type, atMostEvery interval: Duration = .zero,
    reading body: @escaping @Sendable (Transaction) async throws -> Value
  ) -> SnapshotObservation<Value> {
    var tables: [String] = []
    for query in repeat each queries { tables += query.statement.reads }
    return SnapshotObservation(database: self, tables: tables, interval: interval, body: body)
  }
}
