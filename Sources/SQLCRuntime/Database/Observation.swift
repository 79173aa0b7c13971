// A query's result, again whenever a table that it reads has changed.
//
// What a statement changes is known when it is generated, with what its triggers and foreign-key actions change, so
// deleting every row and tables without rowid, which SQLite's update hook passes over, are seen. Seen are changes by
// this
// `Database`: by generated queries for their tables, and by `execute(_:)` for all tables. Other processes' are not.

/// The results of a query over time: first the present one, then one after each committed change of a table that it
/// reads.
/// Changes that come while a result is being read are coalesced; no change is missed.
public struct Observation<Q: Query>: AsyncSequence, Sendable {
  public typealias Element = Q.Output
  public typealias Failure = DatabaseError

  let database: Database
  let query: Q

  public func makeAsyncIterator() -> Iterator { Iterator(database, query) }

  public struct Iterator: AsyncIteratorProtocol {
    public typealias Element = Q.Output
    public typealias Failure = DatabaseError

    private let database: Database
    private let query: Q
    private var changes: AsyncStream<Void>.Iterator?

    init(_ database: Database, _ query: Q) {
      self.database = database
      self.query = query
    }

    public mutating func next() async throws(DatabaseError) -> Q.Output? { try await next(isolation: nil) }

    public mutating func next(isolation actor: isolated (any Actor)?) async throws(DatabaseError) -> Q.Output? {
      if changes == nil {
        // Listening starts before the first read, so that nothing falls between the two.
        changes = database.changes.changes(of: Q.statement.reads).makeAsyncIterator()
      } else if await changes?.next(isolation: actor) == nil {
        return nil
      }
      if Task.isCancelled { return nil }
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

extension Database {
  /// The results of a query, again whenever a table that it reads changes; ends with the task.
  ///
  /// ```swift
  /// for try await agents in database.observe(ListAgents()) { … }
  /// ```
  public func observe<Q: Query>(_ query: Q) -> Observation<Q> { Observation(database: self, query: query) }
}
