// A statement in a connection's cache.

public import SQLCSQLiteHandle

/// A prepared statement with the definition it was made from.
///
/// The checks of exclusive access are off for its variables, for they are a tenth of the time of an insert: every
/// access here is one load
/// or one store, which nothing can interleave with on the one thread that has the connection.
@usableFromInline
final class PreparedStatement {
  @usableFromInline let handle: StatementHandle
  @usableFromInline let definition: StatementDefinition
  /// SQLite's own word, not the definition's.
  @usableFromInline let isReadOnly: Bool
  let places: [ListPlace]
  /// A run is in progress; a second one meanwhile gets a statement of its own.
  @exclusivity(unchecked) var isRunning = false
  /// A run failed in a way after which the statement is not worth keeping.
  @exclusivity(unchecked) var isSpoiled = false
  /// A run failed in a way after which the connection is not worth keeping either.
  @exclusivity(unchecked) var isAtOdds = false
  /// May it run on the caller's thread?
  @exclusivity(unchecked) var eligibility = InlineEligibility()
  /// What the present run failed with, for those who are told.
  @exclusivity(unchecked) var failure: DatabaseError?
  /// The connection's count of changed rows when the present run began.
  @exclusivity(unchecked) var changesBefore: Int64 = 0

  /// Short values bound in the present run, which SQLite reads here; the parameters are cleared when the run ends.
  @exclusivity(unchecked) @usableFromInline var buffer: UnsafeMutableRawBufferPointer
  @exclusivity(unchecked) @usableFromInline var used = 0
  /// A value of the present run is a copy that SQLite keeps until it is bound anew.
  @exclusivity(unchecked) @usableFromInline var hasCopies = false
  /// Bytes for which the buffer had no room in the present run.
  @exclusivity(unchecked) @usableFromInline var missing = 0
  private static let largestBuffer = 64 << 10

  init(_ handle: StatementHandle, _ definition: StatementDefinition, _ places: [ListPlace]) {
    self.handle = handle
    self.definition = definition
    self.places = places
    isReadOnly = handle.isReadOnly
    // Room for an ordinary row, or many short ones; what is longer does not gain from it.
    let size = definition.parameters <= 64 ? min(definition.parameters * 128, 2048) : definition.parameters * 32
    buffer = .allocate(byteCount: size, alignment: 1)
  }

  // The handle's statement may still point here, but finalizing it reads no value (SQLite, c3ref/c_static.html: only a
  // destructor
  // would be called, and SQLITE_STATIC has none), and nobody can step it any more.
  deinit { buffer.deallocate() }

  /// A copy of `bytes` that lasts for the run; nil when there is no room for it.
  @inlinable @inline(__always)
  func keep(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
    let start = used
    guard bytes.count <= buffer.count - start, let source = bytes.baseAddress, let base = buffer.baseAddress else {
      hasCopies = true
      missing += bytes.count
      return nil
    }
    let place = base + start
    place.copyMemory(from: source, byteCount: bytes.count)
    used = start + bytes.count
    return UnsafeRawBufferPointer(start: place, count: bytes.count)
  }

  /// The next run is likely to be like this one. Nothing is bound now.
  private func makeRoom() {
    let wanted = used + missing
    missing = 0
    guard wanted > buffer.count, wanted <= Self.largestBuffer else { return }
    buffer.deallocate()
    buffer = .allocate(byteCount: min(wanted * 2, Self.largestBuffer), alignment: 1)
  }

  /// Ready for another run.
  func reset() {
    handle.reset()
    // Parameters must not point into a buffer that is filled anew, nor large values stay in memory until the next run.
    if hasCopies || used > 0 { handle.clearBindings() }
    if missing > 0 { makeRoom() }
    hasCopies = false
    used = 0
    isRunning = false
  }

  @usableFromInline
  func checkCount(_ count: Int, ofListAt index: Int32) throws(DatabaseError) {
    guard place(index)?.count == count else {
      throw DatabaseError(
        kind: .misuse, message: "the list of parameter \(index) has another length than the query's listCounts say",
        query: definition.name)
    }
  }

  @usableFromInline
  func index(ofElement element: Int, inListAt index: Int32) -> Int32 { place(index)?.index(of: element) ?? index }

  private func place(_ index: Int32) -> ListPlace? { places.first { $0.parameter == Int(index) } }

  @usableFromInline
  func stepError(_ code: Int32) -> DatabaseError {
    let failure = handle.failure(code)
    switch ResultCode(rawValue: failure.primaryCode) {
    case .constraint, .busy, .locked, .interrupt, .full, .tooBig: break
    case .inputOutput, .corrupt, .notADatabase, .cannotOpen:
      isSpoiled = true
      isAtOdds = true
    default: isSpoiled = true
    }
    let error = DatabaseError(failure, query: definition.name, text: failure.offset == nil ? nil : handle.sql)
    return noted(error.redacted(sql: handle.sql, handle.database))
  }

  /// Kept for the end of the run.
  private func noted(_ error: DatabaseError) -> DatabaseError {
    failure = error
    return error
  }

  @usableFromInline
  func missingRow() -> DatabaseError {
    noted(
      DatabaseError(
        kind: .missingRow, message: "the query gave no row, though it always gives one", query: definition.name))
  }

  @usableFromInline
  func decodingError(_ error: ConversionError, column index: Int32) -> DatabaseError {
    let column = handle.columnName(index) ?? "\(index)"
    switch error {
    case .mismatch(let expected, let found):
      return noted(
        DatabaseError(
          kind: .decoding, code: .mismatch, message: "expected \(expected), found \(found)", query: definition.name,
          column: column, expected: expected, found: found))
    case .invalid(let reason), .invalidValue(let reason, _):
      return noted(
        DatabaseError(
          kind: .decoding, code: .mismatch, message: reason, query: definition.name, column: column
        ).withValue(of: error))
    case .refused(let code):
      return noted(DatabaseError(handle.failure(code), query: definition.name))
    }
  }

  @usableFromInline
  func bindingError(_ error: ConversionError, at index: Int32) -> DatabaseError {
    let parameter = handle.parameterName(index) ?? "?\(index)"
    switch error {
    case .mismatch(let expected, let found):
      return noted(
        DatabaseError(
          kind: .encoding, code: .mismatch, message: "parameter \(parameter): expected \(expected), found \(found)",
          query: definition.name, expected: expected, found: found))
    case .invalid(let reason), .invalidValue(let reason, _):
      return noted(
        DatabaseError(
          kind: .encoding, code: .mismatch, message: "parameter \(parameter): \(reason)", query: definition.name
        ).withValue(of: error))
    case .refused(let code):
      return noted(DatabaseError(handle.failure(code), query: definition.name))
    }
  }
}
