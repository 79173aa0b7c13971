// Types of the server, as generated code names them.

/// A type of PostgreSQL: one that every server has by its number, any other by its name.
///
/// ```swift
/// let types: [PostgresType] = [25, 20, "run_status", "billing.state[]"]
/// ```
public struct PostgresType: Sendable, Hashable {
  enum Kind: Sendable, Hashable {
    case number(UInt32)
    case name(String)
  }
  let kind: Kind

  /// The object identifier of a built-in type (`pg_type.dat`): 20 is int8.
  public init(oid: UInt32) { kind = .number(oid) }

  /// The name as SQL writes it, quoted where it must be, with `[]` for an array. It is looked up once in each database, with
  /// `to_regtype`.
  public init(name: String) { kind = .name(name) }

  var isNamed: Bool {
    switch kind {
    case .number: false
    case .name: true
    }
  }

  /// tsvector and tsquery: their text is sent, so that they cannot be among the binary values of many rows.
  var isSentAsText: Bool { kind == .number(3614) || kind == .number(3615) }

  /// Not known: the server infers it, or the value says it.
  static var unknown: PostgresType { PostgresType(oid: 0) }
}

extension PostgresType: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral {
  public init(integerLiteral value: UInt32) { self.init(oid: value) }
  public init(stringLiteral value: String) { self.init(name: value) }
}

extension PostgresType: CustomStringConvertible {
  /// "int8", "run_status", "type 16401"
  public var description: String {
    switch kind {
    case .number(let oid): BuiltInType.name(of: oid) ?? "type \(oid)"
    case .name(let name): name
    }
  }
}
