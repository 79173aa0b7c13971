// Aggregate and window functions written in Swift.

import CSQLite
import SQLCSQLiteHandle

extension SQLFunction {
  /// A function of many rows.
  ///
  /// - Parameters:
  ///   - initial: the state before the first row of a group.
  ///   - step: takes a row's arguments into the state.
  ///   - result: what the state comes to; also asked for a group without rows.
  public static func aggregate<State, each Argument: SQLiteDecodable, Result: SQLiteEncodable>(
    _ name: String, options: FunctionOptions = .deterministic,
    initial: @escaping @Sendable @autoclosure () -> State,
    step: @escaping @Sendable (inout State, repeat each Argument) throws -> Void,
    result: @escaping @Sendable (State) throws -> Result
  ) -> SQLFunction {
    let readsNull = nullability(repeat (each Argument).self)
    return SQLFunction(
      name, readsNull.count, options,
      .aggregate {
        var state = initial()
        return Accumulator { call in
          if call.hasUnreadableNull(readsNull) { return }
          var index = 0
          try step(&state, repeat try call.next((each Argument).self, &index))
        } inverse: { _ in
        } value: { context in
          try result(state).write(to: ValueWriter(resultOf: context))
        }
      })
  }

  /// A function of many rows that can also take rows back, and so be used with OVER (SQLite, windowfunctions.html §7).
  ///
  /// - Parameter inverse: takes the arguments of the oldest row out of the state again.
  public static func window<State, each Argument: SQLiteDecodable, Result: SQLiteEncodable>(
    _ name: String, options: FunctionOptions = .deterministic,
    initial: @escaping @Sendable @autoclosure () -> State,
    step: @escaping @Sendable (inout State, repeat each Argument) throws -> Void,
    inverse: @escaping @Sendable (inout State, repeat each Argument) throws -> Void,
    result: @escaping @Sendable (State) throws -> Result
  ) -> SQLFunction {
    let readsNull = nullability(repeat (each Argument).self)
    return SQLFunction(
      name, readsNull.count, options,
      .window {
        var state = initial()
        return Accumulator { call in
          if call.hasUnreadableNull(readsNull) { return }
          var index = 0
          try step(&state, repeat try call.next((each Argument).self, &index))
        } inverse: { call in
          if call.hasUnreadableNull(readsNull) { return }
          var index = 0
          try inverse(&state, repeat try call.next((each Argument).self, &index))
        } value: { context in
          try result(state).write(to: ValueWriter(resultOf: context))
        }
      })
  }
}

/// One group's state, which its closures share.
struct Accumulator {
  var step: (FunctionCall) throws -> Void
  var inverse: (FunctionCall) throws -> Void
  var value: (OpaquePointer) throws -> Void
}

/// An accumulator as SQLite's callbacks want it: what was thrown is the result from then on.
private final class ReportingInstance: AggregateInstance {
  private let function: SQLFunction
  private let accumulator: Accumulator
  private let log: FunctionErrorLog
  private var hasFailed = false

  init(_ function: SQLFunction, _ accumulator: Accumulator, _ log: FunctionErrorLog) {
    self.function = function
    self.accumulator = accumulator
    self.log = log
  }

  func step(_ call: FunctionCall) { attempt(call.context) { try accumulator.step(call) } }
  func inverse(_ call: FunctionCall) { attempt(call.context) { try accumulator.inverse(call) } }
  func value(_ context: OpaquePointer) { attempt(context) { try accumulator.value(context) } }

  private func attempt(_ context: OpaquePointer, _ body: () throws -> Void) {
    // SQLite ends the statement after an error, and asks for the result once more to let the state go.
    if hasFailed { return }
    do { try body() } catch {
      hasFailed = true
      log.last = function.report(error, to: context)
    }
  }
}

extension DatabaseHandle {
  func register(_ function: SQLFunction) throws(SQLiteFailure) {
    let log = functionErrors
    let count = function.argumentCount.map { Int32(clamping: $0) } ?? -1
    switch function.implementation {
    case .scalar(let body):
      try createFunction(function.name, count: count, flags: function.options.rawValue) { call in
        do { try body(call) } catch { log.last = function.report(error, to: call.context) }
      }
    case .aggregate(let make):
      try createAggregate(function.name, count: count, flags: function.options.rawValue, isWindow: false) {
        ReportingInstance(function, make(), log)
      }
    case .window(let make):
      try createAggregate(function.name, count: count, flags: function.options.rawValue, isWindow: true) {
        ReportingInstance(function, make(), log)
      }
    }
  }
}
