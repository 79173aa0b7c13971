// Stubs for what the application registers, so that SQLite can prepare the statements that use it.

import CSQLite
public import SQLCSQLiteHandle

/// What the connections of a project have: what the application brings along, and how much its SQL may take.
public struct ScratchExtensions: Sendable, Hashable {
  /// What a stub gives, whatever it is asked.
  public enum Answer: Int, Sendable, Hashable {
    case null = 1
    case integer, real, text, blob
  }

  public struct Function: Sendable, Hashable {
    public var name: String
    /// Absent: any number.
    public var argumentCount: Int?
    public var isAggregate: Bool
    public var answer: Answer

    public init(name: String, argumentCount: Int?, isAggregate: Bool = false, answer: Answer = .null) {
      self.name = name
      self.argumentCount = argumentCount
      self.isAggregate = isAggregate
      self.answer = answer
    }
  }

  public struct Module: Sendable, Hashable {
    public var name: String
    /// What stands between the parentheses of its CREATE TABLE.
    public var columns: String

    public init(name: String, columns: String) {
      self.name = name
      self.columns = columns
    }
  }

  public var functions: [Function]
  public var collations: [String]
  public var modules: [Module]
  public var budget = ExecutionBudget()

  public init(functions: [Function] = [], collations: [String] = [], modules: [Module] = []) {
    self.functions = functions
    self.collations = collations
    self.modules = modules
  }
}

extension DatabaseHandle {
  /// Registers stubs: functions give their one answer, collations compare bytes, modules have the columns and no rows.
  public func register(_ extensions: ScratchExtensions) throws(SQLiteFailure) {
    for function in extensions.functions {
      try check(register(function))
    }
    for collation in extensions.collations {
      try check(
        sqlite3_create_collation_v2(
          pointer, collation, SQLITE_UTF8, nil,
          { _, leftCount, left, rightCount, right in
            let left = UnsafeRawBufferPointer(start: left, count: Int(leftCount))
            let right = UnsafeRawBufferPointer(start: right, count: Int(rightCount))
            return left.lexicographicallyPrecedes(right) ? -1 : right.lexicographicallyPrecedes(left) ? 1 : 0
          }, nil))
    }
    for module in extensions.modules { try check(registerStandIn(for: module)) }
  }

  private func register(_ function: ScratchExtensions.Function) -> Int32 {
    let count = Int32(clamping: function.argumentCount ?? -1)
    let flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC
    let answer = UnsafeMutableRawPointer(bitPattern: function.answer.rawValue)
    guard function.isAggregate else {
      return sqlite3_create_function_v2(
        pointer, function.name, count, flags, answer, { context, _, _ in give(context) }, nil, nil, nil)
    }
    return sqlite3_create_window_function(
      pointer, function.name, count, flags, answer, { _, _, _ in }, give, give, { _, _, _ in }, nil)
  }
}

/// The answer that was registered with the function.
private let give: @convention(c) (OpaquePointer?) -> Void = { context in
  switch ScratchExtensions.Answer(rawValue: Int(bitPattern: sqlite3_user_data(context))) {
  case .integer: sqlite3_result_int64(context, 1)
  case .real: sqlite3_result_double(context, 0.5)
  case .text: sqlite3_result_text(context, "text", -1, sqlc_static())
  case .blob: sqlite3_result_zeroblob(context, 4)
  case .null, nil: sqlite3_result_null(context)
  }
}
