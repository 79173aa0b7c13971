// Rows as they come, in constant memory.

/// The rows of a query, fetched a portion at a time as they are asked for.
///
/// Of a file the rows are one snapshot: the stream has a connection of its own until it ends, its iterator goes or its
/// task is cancelled, and so it keeps nobody from reading, not even its own body.
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
        open = try await Cursor.begin(query, database)
        cursor = open
      }
      next = 0
      rows = []
      let portion = try await open.fetch(Self.portion, of: Q.self)
      rows = portion.rows
      if portion.isLast {
        isFinished = true
        cursor = nil
      }
    }
  }
}

/// A query under way for a stream; it ends when the stream lets go.
private final class Cursor: Sendable {
  private let source: Source
  private let id: UInt64

  private enum Source: Sendable {
    /// A connection of the stream's own.
    case own(PooledConnection, StreamConnections)
    /// The connection that serves everything, borrowed for each portion.
    case shared(ConnectionPool)
  }

  private init(_ source: Source, _ id: UInt64) {
    self.source = source
    self.id = id
  }

  static func begin<Q: RowsQuery>(_ query: Q, _ database: Database) async throws(DatabaseError) -> Cursor {
    guard let streams = database.streams else {
      let id = try await database.readers.lend(Q.statement.name) { connection throws(DatabaseError) in
        try connection.beginCursor(query)
      }
      return Cursor(.shared(database.readers), id)
    }
    let connection = try streams.take()
    do throws(DatabaseError) {
      let id = try await Errand.run(.own(connection), Q.statement.name) { connection throws(DatabaseError) in
        try connection.beginCursor(query)
      }
      return Cursor(.own(connection, streams), id)
    } catch {
      // It may never have been opened; the next stream opens another.
      streams.giveBack(connection, .unusable)
      throw error
    }
  }

  func fetch<Q: RowsQuery>(_ count: Int, of query: Q.Type) async throws(DatabaseError) -> RowPortion<Q.Row> {
    let place: ErrandExecutor.Source =
      switch source {
      case .own(let connection, _): .own(connection)
      case .shared(let pool): .pool(pool)
      }
    return try await Errand.run(place, Q.statement.name) { [id] connection throws(DatabaseError) in
      try connection.fetch(count, of: query, from: id)
    }
  }

  deinit {
    let (source, id) = (source, id)
    Task.detached {
      switch source {
      case .own(let connection, let streams):
        let condition = await connection.onQueue { $0.endCursor(id) }
        streams.giveBack(connection, condition)
      case .shared(let pool):
        // Of a pool that is closed every cursor has ended.
        _ = try? await pool.lend(nil) { connection throws(DatabaseError) in connection.endCursor(id) }
      }
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
