// Ranges and multiranges, as `range_send` and `multirange_send` write them (rangetypes.c, multirangetypes.c).

/// A range of any type that has some: `int4range`, `tstzrange`, `daterange`, those that `CREATE TYPE … AS RANGE` makes.
///
/// The server keeps ranges of int4, int8 and date in the form `[a, b)`.
public enum PostgresRange<Bound: Sendable & Hashable>: Sendable, Hashable {
  /// Holds nothing.
  case empty
  case bounds(lower: Limit, upper: Limit)

  /// One end.
  public enum Limit: Sendable, Hashable {
    case unbounded
    case including(Bound)
    case excluding(Bound)
  }
}

extension PostgresRange where Bound: Comparable {
  /// `[lower, upper)`
  public init(_ range: Range<Bound>) {
    self = range.isEmpty ? .empty : .bounds(lower: .including(range.lowerBound), upper: .excluding(range.upperBound))
  }

  /// `[lower, upper]`
  public init(_ range: ClosedRange<Bound>) {
    self = .bounds(lower: .including(range.lowerBound), upper: .including(range.upperBound))
  }
}

/// The flags of `rangetypes.h`.
private enum RangeFlags {
  static let empty: UInt8 = 1, includesLower: UInt8 = 2, includesUpper: UInt8 = 4
  static let hasNoLower: UInt8 = 8, hasNoUpper: UInt8 = 16
}

extension PostgresRange: PostgresDecodable where Bound: PostgresDecodable {
  public init(from value: borrowing ValueReader) throws(ConversionError) {
    let types = value.context.takeUnretainedValue().types
    guard let bound = types.bound(of: value.cell.type), types.range(ofMultirange: value.cell.type) == nil else {
      throw value.mismatch("a range")
    }
    var parts = ByteParts(try value.anyBytes(), value.context)
    let flags = try parts.integer(UInt8.self)
    if flags & RangeFlags.empty != 0 {
      self = .empty
      return
    }
    let type = types.valueType(of: bound)
    var lower = Limit.unbounded
    var upper = Limit.unbounded
    if flags & RangeFlags.hasNoLower == 0 {
      let limit = try Bound(from: try parts.value(of: type))
      lower = flags & RangeFlags.includesLower == 0 ? .excluding(limit) : .including(limit)
    }
    if flags & RangeFlags.hasNoUpper == 0 {
      let limit = try Bound(from: try parts.value(of: type))
      upper = flags & RangeFlags.includesUpper == 0 ? .excluding(limit) : .including(limit)
    }
    self = .bounds(lower: lower, upper: upper)
  }
}

extension PostgresRange: PostgresEncodable where Bound: PostgresEncodable {
  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) {
    let types = parameter.buffer.takeUnretainedValue().types
    guard let bound = types.bound(of: parameter.type), types.range(ofMultirange: parameter.type) == nil else {
      throw .mismatch(expected: "\(types.type(of: parameter.type))", found: "a range")
    }
    let type = types.valueType(of: bound)
    guard case .bounds(let lower, let upper) = self else { return parameter.append(RangeFlags.empty) }
    var flags: UInt8 = 0
    switch lower {
    case .unbounded: flags |= RangeFlags.hasNoLower
    case .including: flags |= RangeFlags.includesLower
    case .excluding: break
    }
    switch upper {
    case .unbounded: flags |= RangeFlags.hasNoUpper
    case .including: flags |= RangeFlags.includesUpper
    case .excluding: break
    }
    parameter.append(flags)
    for limit in [lower, upper] {
      switch limit {
      case .unbounded: continue
      case .including(let value), .excluding(let value): try parameter.nested(value, type: type)
      }
    }
  }
}

/// Ranges in order, of which no two touch: the server sorts and joins what it is given.
public struct PostgresMultirange<Bound: Sendable & Hashable>: Sendable, Hashable {
  public var ranges: [PostgresRange<Bound>]
  public init(_ ranges: [PostgresRange<Bound>]) { self.ranges = ranges }
}

extension PostgresMultirange: PostgresDecodable where Bound: PostgresDecodable {
  public init(from value: borrowing ValueReader) throws(ConversionError) {
    guard let range = value.context.takeUnretainedValue().types.range(ofMultirange: value.cell.type) else {
      throw value.mismatch("a multirange")
    }
    var parts = ByteParts(try value.anyBytes(), value.context)
    let count = try parts.integer(Int32.self)
    guard count >= 0, Int(count) <= parts.rest / 4 else { throw parts.broken }
    ranges = []
    for _ in 0..<count { ranges.append(try PostgresRange(from: try parts.value(of: range))) }
  }
}

extension PostgresMultirange: PostgresEncodable where Bound: PostgresEncodable {
  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) {
    let types = parameter.buffer.takeUnretainedValue().types
    guard let range = types.range(ofMultirange: parameter.type) else {
      throw .mismatch(expected: "\(types.type(of: parameter.type))", found: "a multirange")
    }
    parameter.append(Int32(truncatingIfNeeded: ranges.count))
    for element in ranges { try parameter.nested(element, type: range) }
  }
}
