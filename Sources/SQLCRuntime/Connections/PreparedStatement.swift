// A statement in a connection's cache.

public import SQLCSQLiteHandle

/// A prepared statement with the definition it was made from.
@usableFromInline
final class PreparedStatement {
  @usableFromInline let handle: StatementHandle
  @usableFromInline let definition: StatementDefinition
  /// SQLite's own word, not the definition's.
  @usableFromInline let isReadOnly: Bool
  let places: [ListPlace]
  /// A run is in progress; a second one meanwhile gets a statement of its own.
  var isRunning = false
  /// A run failed in a way after which the statement is not worth keeping.
  var isSpoiled = false

  init(_ handle: StatementHandle, _ definition: StatementDefinition, _ places: [ListPlace]) {
    self.handle = handle
    self.definition = definition
    self.places = places
    isReadOnly = handle.isReadOnly
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
    case .constraint, .busy, .locked, .interrupt, .full: break
    default: isSpoiled = true
    }
    return DatabaseError(failure, query: definition.name)
  }

  @usableFromInline
  func decodingError(_ error: ConversionError, column index: Int32) -> DatabaseError {
    let column = handle.columnName(index) ?? "\(index)"
    switch error {
    case .mismatch(let expected, let found):
      return DatabaseError(
        kind: .decoding, code: .mismatch, message: "expected \(expected), found \(found)", query: definition.name,
        column: column, expected: expected, found: found)
    case .invalid(let reason):
      return DatabaseError(
        kind: .decoding, code: .mismatch, message: reason, query: definition.name, column: column)
    case .refused(let code):
      return DatabaseError(handle.failure(code), query: definition.name)
    }
  }

  @usableFromInline
  func bindingError(_ error: ConversionError, at index: Int32) -> DatabaseError {
    let parameter = handle.parameterName(index) ?? "?\(index)"
    switch error {
    case .mismatch(let expected, let found):
      return DatabaseError(
        kind: .encoding, code: .mismatch, message: "parameter \(parameter): expected \(expected), found \(found)",
        query: definition.name, expected: expected, found: found)
    case .invalid(let reason):
      return DatabaseError(
        kind: .encoding, code: .mismatch, message: "parameter \(parameter): \(reason)", query: definition.name)
    case .refused(let code):
      return DatabaseError(handle.failure(code), query: definition.name)
    }
  }
}
