// Functions and collating sequences in Swift (SQLite, c3ref/create_function.html, c3ref/create_collation.html).

import CSQLite

/// One call of a function by a running statement; valid until the function returns.
public struct FunctionCall {
  /// The `sqlite3_context *`, for the result.
  public let context: OpaquePointer
  public let count: Int
  private let arguments: UnsafeMutablePointer<OpaquePointer?>?

  fileprivate init(_ context: OpaquePointer, _ count: Int32, _ arguments: UnsafeMutablePointer<OpaquePointer?>?) {
    self.context = context
    self.count = Int(count)
    self.arguments = arguments
  }

  /// Arguments out of range are NULL, as SQLite sees a null pointer.
  public func argument(_ index: Int) -> ValueReference {
    ValueReference(index < count ? arguments?[index] : nil)
  }
}

/// What an aggregate keeps while it goes through the rows of one group. Each group has its own.
public protocol AggregateInstance: AnyObject {
  func step(_ call: FunctionCall)
  /// Takes a row back that `step` was given: only for window functions.
  func inverse(_ call: FunctionCall)
  /// Gives the result so far to `context`, a `sqlite3_context *`.
  func value(_ context: OpaquePointer)
}

/// What a function said when it failed last; of one connection, and of its thread.
public final class FunctionErrorLog {
  public var last: FunctionErrorMessage?
}

/// What a function that failed said.
public struct FunctionErrorMessage {
  /// As SQLite was told.
  public var message: String
  /// For those who must not see what it may quote.
  public var told: String
  public init(message: String, told: String) {
    self.message = message
    self.told = told
  }
}

/// Sets an error as the result of `context`.
public func setFunctionError(_ context: OpaquePointer, _ message: String, _ code: Int32) {
  var message = message
  message.withUTF8 { bytes in
    bytes.withMemoryRebound(to: CChar.self) { sqlite3_result_error(context, $0.baseAddress, Int32(clamping: $0.count)) }
  }
  if code != SQLITE_ERROR { sqlite3_result_error_code(context, code) }
}

extension DatabaseHandle {
  /// - Parameters:
  ///   - count: of arguments; -1 for any number.
  ///   - flags: `SQLITE_DETERMINISTIC`, `SQLITE_DIRECTONLY`, `SQLITE_INNOCUOUS`.
  public func createFunction(
    _ name: String, count: Int32, flags: Int32, _ body: @escaping (FunctionCall) -> Void
  ) throws(SQLiteFailure) {
    // SQLite calls the destructor also when it refuses the function.
    try check(
      sqlite3_create_function_v2(
        pointer, name, count, flags | SQLITE_UTF8, Unmanaged.passRetained(ScalarBox(body: body)).toOpaque(),
        { context, count, arguments in
          guard let context, let box: ScalarBox = userData(context) else { return }
          box.body(FunctionCall(context, count, arguments))
        }, nil, nil, release))
  }

  /// - Parameters:
  ///   - isWindow: it can take rows back, and so be used with OVER.
  ///   - make: a new instance, for each group.
  public func createAggregate(
    _ name: String, count: Int32, flags: Int32, isWindow: Bool, _ make: @escaping () -> any AggregateInstance
  ) throws(SQLiteFailure) {
    let box = Unmanaged.passRetained(AggregateBox(make: make)).toOpaque()
    let step: @convention(c) (OpaquePointer?, Int32, UnsafeMutablePointer<OpaquePointer?>?) -> Void = {
      guard let context = $0, let instance = kept(context, .make)?.takeUnretainedValue() else { return }
      instance.instance.step(FunctionCall(context, $1, $2))
    }
    let inverse: @convention(c) (OpaquePointer?, Int32, UnsafeMutablePointer<OpaquePointer?>?) -> Void = {
      guard let context = $0, let instance = kept(context, .make)?.takeUnretainedValue() else { return }
      instance.instance.inverse(FunctionCall(context, $1, $2))
    }
    let value: @convention(c) (OpaquePointer?) -> Void = {
      guard let context = $0 else { return }
      withInstance(context, kept(context, .find)?.takeUnretainedValue()) { $0.value(context) }
    }
    // SQLite calls it also when the statement ends early, so that what is kept can be let go.
    let final: @convention(c) (OpaquePointer?) -> Void = {
      guard let context = $0 else { return }
      withInstance(context, kept(context, .find)?.takeRetainedValue()) { $0.value(context) }
    }
    try check(
      isWindow
        ? sqlite3_create_window_function(
          pointer, name, count, flags | SQLITE_UTF8, box, step, final, value, inverse, release)
        : sqlite3_create_function_v2(
          pointer, name, count, flags | SQLITE_UTF8, box, nil, step, final, release))
  }

  /// `compare` gives a negative number, zero or a positive one, as its first text comes before, with or after its second.
  public func createCollation(
    _ name: String, _ compare: @escaping (UnsafeRawBufferPointer, UnsafeRawBufferPointer) -> Int32
  ) throws(SQLiteFailure) {
    let box = Unmanaged.passRetained(CollationBox(compare: compare)).toOpaque()
    let code = sqlite3_create_collation_v2(
      pointer, name, SQLITE_UTF8, box,
      { box, leftCount, left, rightCount, right in
        guard let box else { return 0 }
        return Unmanaged<CollationBox>.fromOpaque(box).takeUnretainedValue().compare(
          UnsafeRawBufferPointer(start: left, count: Int(leftCount)),
          UnsafeRawBufferPointer(start: right, count: Int(rightCount)))
      }, release)
    // SQLite, c3ref/create_collation.html: "the xDestroy argument is not called" when the function fails.
    if code != SQLITE_OK { Unmanaged<CollationBox>.fromOpaque(box).release() }
    try check(code)
  }
}

/// Every box is a class, and its one reference is SQLite's.
private let release: @convention(c) (UnsafeMutableRawPointer?) -> Void = { box in
  if let box { Unmanaged<AnyObject>.fromOpaque(box).release() }
}

private final class ScalarBox {
  let body: (FunctionCall) -> Void
  init(body: @escaping (FunctionCall) -> Void) { self.body = body }
}

private final class AggregateBox {
  let make: () -> any AggregateInstance
  init(make: @escaping () -> any AggregateInstance) { self.make = make }
}

private final class CollationBox {
  let compare: (UnsafeRawBufferPointer, UnsafeRawBufferPointer) -> Int32
  init(compare: @escaping (UnsafeRawBufferPointer, UnsafeRawBufferPointer) -> Int32) { self.compare = compare }
}

/// A class around the existential, which is not one reference.
private final class Kept {
  let instance: any AggregateInstance
  init(_ instance: any AggregateInstance) { self.instance = instance }
}

private enum Absent { case make, find }

private func userData<Box: AnyObject>(_ context: OpaquePointer) -> Box? {
  sqlite3_user_data(context).map { Unmanaged<Box>.fromOpaque($0).takeUnretainedValue() }
}

/// The instance of the group; SQLite keeps its address, in memory that it has cleared (c3ref/aggregate_context.html).
private func kept(_ context: OpaquePointer, _ absent: Absent) -> Unmanaged<Kept>? {
  let size: Int32 =
    switch absent {
    case .make: Int32(MemoryLayout<UnsafeRawPointer?>.size)
    case .find: 0
    }
  guard let memory = sqlite3_aggregate_context(context, size) else {
    // Nothing was kept for a group without rows, or there is no memory.
    if case .make = absent { sqlite3_result_error_nomem(context) }
    return nil
  }
  let place = memory.assumingMemoryBound(to: UnsafeRawPointer?.self)
  if let address = place.pointee { return Unmanaged<Kept>.fromOpaque(address) }
  guard case .make = absent, let box: AggregateBox = userData(context) else { return nil }
  let made = Unmanaged.passRetained(Kept(box.make()))
  place.pointee = UnsafeRawPointer(made.toOpaque())
  return made
}

/// The instance, or a fresh one: an aggregate over no rows has a result too.
private func withInstance(_ context: OpaquePointer, _ kept: Kept?, _ body: (any AggregateInstance) -> Void) {
  if let kept {
    body(kept.instance)
  } else if let box: AggregateBox = userData(context) {
    body(box.make())
  }
}
