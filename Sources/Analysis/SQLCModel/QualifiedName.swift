/// The name of a table, a type or another object of a schema.
///
/// Where the engine finds it without its schema there is none: SQLite has no other schema than `main`, and in PostgreSQL
/// what the search path finds is named without.
public struct QualifiedName: Sendable, Hashable, Codable, Comparable, CustomStringConvertible,
  ExpressibleByStringLiteral
{
  public var schema: String?
  public var name: String

  public init(schema: String? = nil, _ name: String) {
    self.schema = schema
    self.name = name
  }

  public init(stringLiteral value: String) { self.init(value) }

  /// `agents`, `billing.invoices`: for people and for documents, not to be put into SQL.
  public var description: String { schema.map { "\($0).\(name)" } ?? name }

  /// To compare names as they are compared where case does not count.
  public var lowercased: QualifiedName { QualifiedName(schema: schema?.lowercased(), name.lowercased()) }

  /// In the order of the bytes of what `description` says.
  public static func < (a: QualifiedName, b: QualifiedName) -> Bool {
    a.schema == nil && b.schema == nil ? a.name < b.name : a.description < b.description
  }
}

/// A column of a table, by name.
public struct ColumnReference: Sendable, Hashable, Codable, Comparable, CustomStringConvertible {
  public var table: QualifiedName
  public var column: String
  public init(table: QualifiedName, column: String) {
    self.table = table
    self.column = column
  }

  /// `agents.name`
  public var description: String { "\(table).\(column)" }

  public static func < (a: ColumnReference, b: ColumnReference) -> Bool { (a.table, a.column) < (b.table, b.column) }
}
