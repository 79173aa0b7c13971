// Runs statements with parameters and writes: arguments are drawn from what was inferred, and what is written is undone.

import CSQLite
import SQLCSQLiteHandle
import SQLCSemanticsSQLite

extension Soundness {
  /// What came of one statement.
  struct Outcome {
    var problems: [String] = []
    var isAccepted = false
    /// Ran to its end at least once.
    var isExecuted = false
    var rows = 0
  }

  /// Does SQLite take the statement?
  func isAccepted(_ sql: String) -> Bool {
    var statement: OpaquePointer?
    defer { sqlite3_finalize(statement) }
    return sqlite3_prepare_v2(database.pointer, sql, -1, &statement, nil) == SQLITE_OK
  }

  /// Prepares the statement, holds its columns and parameters against SQLite's, and runs it with some sets of arguments.
  func run(_ sql: String, against typed: TypedStatement, random: inout SeededGenerator) -> Outcome {
    var outcome = Outcome()
    var pointer: OpaquePointer?
    defer { sqlite3_finalize(pointer) }
    guard sqlite3_prepare_v2(database.pointer, sql, -1, &pointer, nil) == SQLITE_OK, let pointer else { return outcome }
    outcome.isAccepted = true
    var problems = Set(columnProblems(pointer, typed) + parameterProblems(pointer, typed))
    guard problems.isEmpty else {
      outcome.problems = problems.sorted()
      return outcome
    }
    for _ in 0..<(typed.parameters.isEmpty ? 1 : 3) {
      sqlite3_exec(database.pointer, "SAVEPOINT fuzz", nil, nil, nil)
      let arguments = typed.parameters.map { argument(for: $0, &random) }
      for (parameter, argument) in zip(typed.parameters, arguments) {
        bind(argument, to: pointer, at: Int32(parameter.index))
      }
      let (found, rows, isDone) = step(pointer, typed)
      problems.formUnion(found.map { arguments.isEmpty ? $0 : "\($0) with \(arguments)" })
      outcome.rows += rows
      outcome.isExecuted = outcome.isExecuted || isDone
      sqlite3_reset(pointer)
      sqlite3_exec(database.pointer, "ROLLBACK TO fuzz; RELEASE fuzz", nil, nil, nil)
    }
    outcome.problems = problems.sorted()
    return outcome
  }

  /// The number of columns, and their names where SQLite documents what they are (c3ref/column_name.html).
  private func columnProblems(_ statement: OpaquePointer, _ typed: TypedStatement) -> [String] {
    let count = Int(sqlite3_column_count(statement))
    guard count == typed.columns.count else { return ["\(typed.columns.count) columns inferred, \(count) there"] }
    return typed.columns.enumerated().compactMap { index, column in
      let name = sqlite3_column_name(statement, Int32(index)).map { String(cString: $0) } ?? ""
      return !column.isNameGuaranteed || name == column.name ? nil : "column '\(column.name)' is called '\(name)'"
    }
  }

  /// Their number, and the names of those that have one (c3ref/bind_parameter_name.html).
  private func parameterProblems(_ statement: OpaquePointer, _ typed: TypedStatement) -> [String] {
    let count = Int(sqlite3_bind_parameter_count(statement))
    let highest = typed.parameters.map(\.index).max() ?? 0
    guard count == highest else { return ["parameters up to \(highest) inferred, up to \(count) there"] }
    return typed.parameters.compactMap { parameter in
      guard let written = sqlite3_bind_parameter_name(statement, Int32(parameter.index)).map({ String(cString: $0) }),
        !written.hasPrefix("?")
      else { return nil }
      return written.dropFirst() == parameter.name ? nil : "parameter '\(parameter.name)' is written '\(written)'"
    }
  }

  private func argument(for parameter: TypedParameter, _ random: inout SeededGenerator) -> Argument {
    let facts = parameter.facts
    if facts.nullability.canBeNull, random.count(1...4) == 1 { return .null }
    var choices: [Argument] = []
    switch facts.logical {
    case .boolean: choices = [.integer(0), .integer(1)]
    case .dateTime: choices = [.text("2024-01-02 03:04:05"), .text("2030-12-31 00:00:00")]
    case .date: choices = [.text("2024-01-02")]
    case .json: choices = [.text("{\"k\":[1]}"), .text("[]"), .text("null")]
    case .enumeration: choices = [.text("new"), .text("done")]
    case .time, .uuid, .decimal, .vector, nil:
      // Small enough that no product of eight leaves 64 bits: SQLite goes on with REAL there, and generated code throws.
      if facts.storage.contains(.integer) { choices += [0, 1, 2, 3, -5, 200].map { .integer($0) } }
      if facts.storage.contains(.real) { choices += [0, 1.5, -2.25, 150.5].map { .real($0) } }
      if facts.storage.contains(.text) { choices += ["", "a", "12", "r1", "alpha", "é"].map { .text($0) } }
      if facts.storage.contains(.blob) { choices += [.blob([]), .blob([0, 255])] }
    }
    return choices.randomElement(using: &random) ?? .null
  }

  private func bind(_ argument: Argument, to statement: OpaquePointer, at index: Int32) {
    let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    switch argument {
    case .null: sqlite3_bind_null(statement, index)
    case .integer(let value): sqlite3_bind_int64(statement, index, value)
    case .real(let value): sqlite3_bind_double(statement, index, value)
    case .text(let value): sqlite3_bind_text(statement, index, value, -1, transient)
    case .blob(let bytes):
      if bytes.isEmpty {
        sqlite3_bind_zeroblob(statement, index, 0)
      } else {
        sqlite3_bind_blob(statement, index, bytes, Int32(bytes.count), transient)
      }
    }
  }
}

/// A value for a parameter.
enum Argument {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  case blob([UInt8])
}
