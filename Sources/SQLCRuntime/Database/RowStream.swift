// Rows as they come, in constant memory.

/// The rows of a query, fetched a portion at a time as they are asked for.
///
/// Of a file the rows are one snapshot: the stream keeps a reader until it ends, its iterator goes or its task is
/// cancelled.
/// A database in memory has one connection, and a change made meanwhile may or may not be seen.
public struct RowStream<Q: RowsQuery>: AsyncSequence, Sendable {
  public typealias Element = Q.Row
  public typealias Failure = DatabaseError

  let database: Database
  let query: Q

  public func makeAsyncIterator() -> Iterator { Iterator(database, query) }

  public struct Iterator: AsyncIteratorProtocol {
    public typealias Element = Q.Row
    public typealias Failure = DatabaseError

    /// Rows of one trip to the connection's queue.
    private static var portion: Int { 256 }

    private let database: Database
    private let query: Q
    private var cursor: Cursor?
    private var rows: [Q.Row] = []
    private var next = 0
    private var isFinished = false

    init(_ database: Database, _ query: Q) {
      self.database = database
      self.query = query
    }

    public mutating func next() async throws(DatabaseError) -> Q.Row? { try await next(isolation: nil) }

    public mutating func next(isolation actor: isolated (any Actor)?) async throws(DatabaseError) -> Q.Row? {
      if next == rows.count {
        if isFinished { return nil }
        do throws(DatabaseError) {
          try await fetch(isolation: actor)
        } catch {
          isFinished = true
          cursor = nil
          throw error
        }
        if rows.isEmpty { return nil }
      }
      next += 1
      return rows[next - 1]
    }

    private mutating func fetch(isolation actor: isolated (any Actor)?) async throws(DatabaseError) {
      let open: Cursor
      if let cursor {
        open = cursor
      } else {
        let connection = try await database.acquireReaderForStream()
        do throws(DatabaseError) {
          open = Cursor(database, connection, try await connection.beginCursor(query))
        } catch {
          await database.releaseReaderFromStream(connection)
          throw error
        }
        cursor = open
      }
      next = 0
      rows = []
      rows = try await open.connection.fetch(Self.portion, of: Q.self, from: open.id)
      if rows.count < Self.portion {
        isFinished = true
        cursor = nil
      }
    }
  }
}

/// Keeps a reader for a stream, and gives it back when the stream lets go.
private final class Cursor: Sendable {
  let database: Database
  let connection: ConnectionActor
  let id: UInt64

  init(_ database: Database, _ connection: ConnectionActor, _ id: UInt64) {
    self.database = database
    self.connection = connection
    self.id = id
  }

  deinit {
    let (database, connection, id) = (database, connection, id)
    Task {
      await connection.endCursor(id)
      await database.releaseReaderFromStream(connection)
    }
  }
}

extension Database {
  /// The rows of a query as they come, in constant memory.
  ///
  /// ```swift
  /// for try await run in database.stream(ListAgentRuns(agentID: 7)) { … }
  /// ```
  public func stream<Q: RowsQuery>(_ query: Q) -> RowStream<Q> { RowStream(database: self, query: query) }
}
