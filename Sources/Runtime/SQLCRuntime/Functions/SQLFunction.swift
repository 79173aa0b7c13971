// SQL functions written in Swift: typed from SQL's values to Swift's and back.

import CSQLite
import SQLCSQLiteHandle

/// A function that SQL can call, on every connection of a database whose ``Configuration/functions`` has it.
///
/// ```swift
/// var configuration = Configuration()
/// configuration.functions = [
///   .scalar("slugify") { (title: String) in title.lowercased().replacing(" ", with: "-") },
///   .aggregate("median", initial: [Double]()) { (values: inout [Double], value: Double) in
///     values.append(value)
///   } result: { values in median(of: values) },
/// ]
/// ```
///
/// **NULL.** An argument whose Swift type is optional may be NULL. With NULL for any other argument the function is not
/// called: a scalar function's result is NULL then, and an aggregate passes over the row, as SQLite's own do.
///
/// **Errors.** What the function throws ends the statement with an error that has the thrown error's description; so
/// does an argument of another type than declared. The arguments' values are in neither.
///
/// Functions are called while a statement runs, on the thread of its connection, by several connections at once: they
/// are `@Sendable`, should be quick, and cannot use the database.
public struct SQLFunction: Sendable {
  public let name: String
  /// nil: any number.
  public let argumentCount: Int?
  public let options: FunctionOptions
  let implementation: Implementation

  enum Implementation: Sendable {
    case scalar(@Sendable (FunctionCall) throws -> Void)
    case aggregate(@Sendable () -> Accumulator)
    case window(@Sendable () -> Accumulator)
  }

  init(_ name: String, _ argumentCount: Int?, _ options: FunctionOptions, _ implementation: Implementation) {
    self.name = name
    self.argumentCount = argumentCount
    self.options = options
    self.implementation = implementation
  }

  /// A function of one row's values.
  public static func scalar<each Argument: SQLiteDecodable, Result: SQLiteEncodable>(
    _ name: String, options: FunctionOptions = .deterministic,
    _ body: @escaping @Sendable (repeat each Argument) throws -> Result
  ) -> SQLFunction {
    let readsNull = nullability(repeat (each Argument).self)
    return SQLFunction(
      name, readsNull.count, options,
      .scalar { call in
        if call.hasUnreadableNull(readsNull) { return sqlite3_result_null(call.context) }
        var index = 0
        let result = try body(repeat try call.next((each Argument).self, &index))
        try result.write(to: ValueWriter(resultOf: call.context))
      })
  }

  /// A function of any number of values of any type.
  public static func scalar<Result: SQLiteEncodable>(
    variadic name: String, options: FunctionOptions = .deterministic,
    _ body: @escaping @Sendable ([SQLiteValue]) throws -> Result
  ) -> SQLFunction {
    SQLFunction(
      name, nil, options,
      .scalar { call in
        let result = try body(try (0..<call.count).map { try call.argument($0, as: SQLiteValue.self) })
        try result.write(to: ValueWriter(resultOf: call.context))
      })
  }
}

/// Which of the types read NULL.
func nullability<each Argument: SQLiteDecodable>(_ types: repeat (each Argument).Type) -> [Bool] {
  var readsNull: [Bool] = []
  for type in repeat each types { readsNull.append(type.readsNull) }
  return readsNull
}

extension FunctionCall {
  func hasUnreadableNull(_ readsNull: [Bool]) -> Bool {
    for index in 0..<readsNull.count where !readsNull[index] && argument(index).isNull { return true }
    return false
  }

  func next<T: SQLiteDecodable>(_ type: T.Type, _ index: inout Int) throws -> T {
    defer { index += 1 }
    return try argument(index, as: type)
  }

  func argument<T: SQLiteDecodable>(_ index: Int, as type: T.Type) throws -> T {
    do throws(ConversionError) {
      return try T(from: ValueReader(argument(index)))
    } catch {
      throw ArgumentError(number: index + 1, reason: error)
    }
  }
}

/// An argument that does not fit its Swift type.
struct ArgumentError: Error {
  var number: Int
  var reason: ConversionError
}

extension SQLFunction {
  /// Reports the error as SQLite shall tell it.
  ///
  /// - Returns: its message; and what instruments are told, for nobody knows what the application's own errors say.
  func report(_ error: any Error, to context: OpaquePointer) -> FunctionErrorMessage {
    let message: String
    var told: String?
    var code = SQLITE_MISMATCH
    switch error {
    case let error as ArgumentError: message = "\(name): argument \(error.number): \(error.reason)"
    case let error as ConversionError: message = "\(name): the result: \(error)"
    case let error as VectorError:
      message = "\(name): \(error)"
      code = SQLITE_ERROR
    case let error as DatabaseError:
      message = "\(name): \(error.message)"
      told = "\(name): \(error.forInstruments.message)"
      code = error.code.rawValue
    default:
      message = "\(name): \(error)"
      told = "\(name): \(type(of: error))"
      code = SQLITE_ERROR
    }
    setFunctionError(context, message, code)
    return FunctionErrorMessage(message: message, told: told ?? message)
  }
}

extension ConversionError: CustomStringConvertible {
  /// "expected TEXT, found INTEGER"
  public var description: String {
    switch self {
    case .mismatch(let expected, let found): "expected \(expected), found \(found)"
    case .invalid(let reason), .invalidValue(let reason, _): reason
    case .refused(let code): "refused by SQLite: \(ResultCode(rawValue: code))"
    }
  }
}
