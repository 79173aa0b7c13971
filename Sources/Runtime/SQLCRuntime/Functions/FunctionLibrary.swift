// Functions and collating sequences that belong together: what `sqlc-swift.yaml` declares, filled in.

/// What an application brings to SQL. The generator writes a structure that conforms for the `functions:` and
/// `collations:` of `sqlc-swift.yaml`: it cannot be made without all of them.
public protocol FunctionLibrary: Sendable {
  var functions: [SQLFunction] { get }
  var collations: [SQLCollation] { get }
}

extension FunctionLibrary {
  public var functions: [SQLFunction] { [] }
  public var collations: [SQLCollation] { [] }
}

extension Configuration {
  /// Every connection will have these.
  public mutating func register(_ library: some FunctionLibrary) {
    functions += library.functions
    collations += library.collations
  }
}

/// An aggregate without its name, with the types of its arguments and of its result.
///
/// ```swift
/// SQLAggregate(initial: [Double]()) { (values: inout [Double], value: Double) in
///   values.append(value)
/// } result: { values -> Double? in
///   values.isEmpty ? nil : values.sorted()[values.count / 2]
/// }
/// ```
public struct SQLAggregate<Result: SQLiteEncodable, each Argument: SQLiteDecodable>: Sendable {
  fileprivate let function: @Sendable (String, FunctionOptions) -> SQLFunction

  /// See ``SQLFunction/aggregate(_:options:initial:step:result:)``.
  public init<State>(
    initial: @escaping @Sendable @autoclosure () -> State,
    step: @escaping @Sendable (inout State, repeat each Argument) throws -> Void,
    result: @escaping @Sendable (State) throws -> Result
  ) {
    function = { .aggregate($0, options: $1, initial: initial(), step: step, result: result) }
  }

  /// One that also serves OVER; see ``SQLFunction/window(_:options:initial:step:inverse:result:)``.
  public init<State>(
    initial: @escaping @Sendable @autoclosure () -> State,
    step: @escaping @Sendable (inout State, repeat each Argument) throws -> Void,
    inverse: @escaping @Sendable (inout State, repeat each Argument) throws -> Void,
    result: @escaping @Sendable (State) throws -> Result
  ) {
    function = { .window($0, options: $1, initial: initial(), step: step, inverse: inverse, result: result) }
  }
}

extension SQLFunction {
  /// The aggregate, under a name.
  public static func aggregate<each Argument: SQLiteDecodable, Result: SQLiteEncodable>(
    _ name: String, options: FunctionOptions = .deterministic, _ aggregate: SQLAggregate<Result, repeat each Argument>
  ) -> SQLFunction {
    aggregate.function(name, options)
  }

  /// An aggregate of any number of values of any type.
  public static func aggregate<State, Result: SQLiteEncodable>(
    variadic name: String, options: FunctionOptions = .deterministic,
    initial: @escaping @Sendable @autoclosure () -> State,
    step: @escaping @Sendable (inout State, [SQLiteValue]) throws -> Void,
    result: @escaping @Sendable (State) throws -> Result
  ) -> SQLFunction {
    SQLFunction(
      name, nil, options,
      .aggregate {
        var state = initial()
        return Accumulator { call in
          try step(&state, try (0..<call.count).map { try call.argument($0, as: SQLiteValue.self) })
        } inverse: { _ in
        } value: { context in
          try result(state).write(to: ValueWriter(resultOf: context))
        }
      })
  }

  /// The same function under another name.
  public func named(_ name: String) -> SQLFunction { SQLFunction(name, argumentCount, options, implementation) }
}

/// A value that a codec reads and writes, where a type is wanted that does so by itself: as a function's argument or
/// result.
public struct SQLCoded<Codec: ColumnCodec>: SQLiteDecodable, SQLiteEncodable {
  public var value: Codec.Value

  public init(_ value: Codec.Value) { self.value = value }

  public init(from value: borrowing ValueReader) throws(ConversionError) { self.value = try Codec.decode(value) }
  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) {
    try Codec.encode(value, to: parameter)
  }
}
