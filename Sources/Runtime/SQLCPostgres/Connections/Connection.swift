// One connection, lent to one task at a time.

import SQLCPostgreSQLHandle
import SQLCRuntimeKit
import Synchronization

/// A connection and what belongs to it.
///
/// `@unchecked Sendable`: everything but `ending` and the socket is touched only by the task that the connection is lent to.
/// The pool lends it to one at a time, a transaction lets one statement in at a time, and both hand over under a lock. Other
/// threads ask for an end (``requestEnd(_:_:)``), which touches `ending`, the socket's atomic word and the cancel handle.
///
/// For the same reason exclusive access to its fields is not checked at run time, which took a fifth of a
/// short statement's time: no field is passed on while it is changed, so that two changes cannot overlap.
@usableFromInline
final class Connection: @unchecked Sendable {
  let library: LibPQ
  let handle: LibPQ.Connection
  let socket: PolledSocket
  let types: TypeCatalog
  let parameters: ParameterBuffer
  let isEncrypted: Bool
  let canceller: Canceller
  let preparation: Configuration.PreparedStatements
  /// In the names of its prepared statements.
  let nameNumber = UInt32.random(in: 0...UInt32.max)
  let ending = Mutex(Ending())
  let traffic: Traffic
  @exclusivity(unchecked) var quickness = Quickness()

  /// Nothing where nobody wants to know.
  @exclusivity(unchecked) var trace: ConnectionTrace?
  /// Rows of the present run that have come.
  @exclusivity(unchecked) var rowsGiven = 0

  // MARK: Of the present run

  /// Where the reading of answers is.
  @exclusivity(unchecked) var stage = Stage.idle
  /// Whether a Sync of its own ends the answers: of a pipeline.
  @exclusivity(unchecked) var hasSync = false
  @exclusivity(unchecked) var isPipelining = false
  @exclusivity(unchecked) var copying = Copying.none
  @exclusivity(unchecked) var isSyncSent = false
  @exclusivity(unchecked) var unitsInFlight: [Unit] = []
  @exclusivity(unchecked) var nextUnit = 0
  @exclusivity(unchecked) var result: LibPQ.Result?
  @exclusivity(unchecked) var row: CInt = 0
  @exclusivity(unchecked) var rowCount: CInt = 0
  @exclusivity(unchecked) var isDescribed = false
  @exclusivity(unchecked) var rowsAffected = 0
  /// The tag of the last command, such as COMMIT.
  @exclusivity(unchecked) var commandTag = ""
  @exclusivity(unchecked) var keepsTag = false
  /// What the server said while rows came; thrown at the end.
  @exclusivity(unchecked) var failure: DatabaseError?
  /// Has anything of the present run been handed to libpq?
  @exclusivity(unchecked) var wasSent = false
  /// The present run was begun, for the task that has the connection now, by who had it before; and how that went.
  @exclusivity(unchecked) var started: Result<Void, DatabaseError>?
  /// The socket has been waited for already.
  @exclusivity(unchecked) var isReported = false
  @exclusivity(unchecked) var queryName: String?
  @exclusivity(unchecked) var sql: String?
  @exclusivity(unchecked) var deadline = Moment.never
  @exclusivity(unchecked) var runID: UInt64 = 0
  /// The names of prepared statements, by slot, and the types of their parameters.
  @exclusivity(unchecked) var slots: [PreparedSlot] = []
  /// What is being prepared in this flight: the slot, and the types of its parameters.
  @exclusivity(unchecked) var preparing: (slot: Int, types: [UInt32])?

  @exclusivity(unchecked) @usableFromInline private(set) var cells: UnsafePointer<Cell>
  @exclusivity(unchecked) private var writableCells: UnsafeMutablePointer<Cell>
  @exclusivity(unchecked) private var cellCapacity: Int32 = 16
  let context: RowContext
  @usableFromInline var rowContext: Unmanaged<RowContext> { Unmanaged.passUnretained(context) }

  // MARK: For the pool

  /// It broke, or is not to be used again.
  @exclusivity(unchecked) var isLost = false
  /// It works still, and is not to be lent again.
  @exclusivity(unchecked) var isDoomed = false
  @exclusivity(unchecked) var openedAt = Moment.now
  @exclusivity(unchecked) var expires = Moment.never
  @exclusivity(unchecked) var idleSince = Moment.now

  enum Stage {
    case idle, preparing, rows, sync, ended
    /// Between two statements of a pipeline.
    case waiting
  }

  /// Whether rows of COPY may be sent.
  enum Copying { case none, expected, running }

  /// A statement of a pipeline whose answers have not been read.
  struct Unit {
    var definition: StatementDefinition
    var preparing: (slot: Int, types: [UInt32])?
  }

  /// The handle is the connection's from now on, also when it throws.
  init(
    _ handle: LibPQ.Connection, _ library: LibPQ, _ types: TypeCatalog, _ traffic: Traffic,
    _ preparation: Configuration.PreparedStatements
  ) throws(DatabaseError) {
    let encrypted = library.isEncrypted(handle) == 1
    let socket: PolledSocket
    do throws(DatabaseError) {
      socket = PolledSocket(library.socket(handle), try Poller.shared())
      try socket.poller.join(socket, isEncrypted: encrypted)
    } catch {
      library.finish(handle)
      throw error
    }
    self.socket = socket
    self.handle = handle
    self.traffic = traffic
    self.library = library
    self.types = types
    self.preparation = preparation
    parameters = ParameterBuffer(types: types)
    context = RowContext(types: types)
    isEncrypted = encrypted
    canceller = Canceller(handle, library)
    writableCells = .allocate(capacity: Int(cellCapacity))
    cells = UnsafePointer(writableCells)
    _ = library.setNonblocking(handle, 1)
    // What it would write to the standard error is nobody's business there.
    _ = library.setNoticeReceiver(handle, { _, _ in }, nil)
    context.columnName = { [unowned self] in columnName($0) }
  }

  deinit {
    socket.poller.leave(socket)
    if let result { library.clear(result) }
    library.finish(handle)
    writableCells.deallocate()
  }

  var lastMessage: String { library.lastMessage(of: handle) }

  private func columnName(_ index: Int32) -> String? {
    result.flatMap { library.columnName($0, index) }.map { String(cString: $0) }
  }

  /// The connection is no more.
  func lost(_ reason: String? = nil) -> DatabaseError {
    isLost = true
    return DatabaseError(kind: .connection, message: reason ?? lastMessage, query: queryName)
  }

  /// Statements that the server may have forgotten are prepared again.
  func forgetStatements() {
    guard !isLost else { return }
    // Under new names would be simpler, but what the server remembers would stay there.
    isDoomed = true
  }

  // MARK: Rows

  @usableFromInline
  func stepBuffered() -> Bool {
    row += 1
    if row < rowCount {
      fill(row)
      return true
    }
    return nextBuffered()
  }

  /// Columns of a result that begins.
  func describe(_ result: LibPQ.Result) {
    let count = library.columnCount(result)
    if count > cellCapacity {
      writableCells.deallocate()
      cellCapacity = count
      writableCells = .allocate(capacity: Int(count))
      cells = UnsafePointer(writableCells)
    }
    for index in 0..<count {
      (writableCells + Int(index)).initialize(
        to: Cell(base: nil, count: 0, type: library.columnType(result, index)))
    }
    context.count = count
    context.query = queryName
  }

  func fillFirst() { fill(0) }

  private func fill(_ row: CInt) {
    guard let result else { return }
    let (length, value) = (library.valueLength, library.value)
    for index in 0..<context.count {
      let count = length(result, row, index)
      let cell = writableCells + Int(index)
      cell.pointee.count = count
      if count == 0, library.isNull(result, row, index) == 1 {
        cell.pointee.base = nil
      } else {
        cell.pointee.base = value(result, row, index).map { UnsafeRawPointer($0) }
      }
    }
  }
}

/// What a connection knows of a statement.
struct PreparedSlot {
  /// The types of its parameters, and which reading of the catalogue they are from.
  var types: [UInt32]?
  var version = -1
  /// The types with which it is prepared under the slot's name; nil when it is not.
  var prepared: [UInt32]?
}
