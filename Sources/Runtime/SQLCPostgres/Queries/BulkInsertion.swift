// Many rows at once: COPY where rows go as they are, one INSERT from arrays where they do not.

import SQLCRuntimeKit

/// An INSERT of one row of values, of which many can be inserted at once.
public final class BulkInsertion: Sendable {
  /// How rows get there.
  enum Manner: Sendable {
    /// COPY, binary.
    case copy(table: [String], columns: [String])
    /// One statement with an array for each column.
    case arrays
  }

  public let name: String
  /// Of one row's parameters.
  public let parameterTypes: [PostgresType]
  /// What one row is inserted with.
  public let single: StatementDefinition
  /// The INSERT from arrays; nil where a column is an array itself, for `unnest` would take that apart too.
  let several: StatementDefinition?
  let manner: Manner

  /// Rows that go into a table as they are, each column one parameter.
  ///
  /// - Parameter table: its name, with the schema before it where it needs one.
  public init(
    name: String, table: [String], columns: [String], parameterTypes: [PostgresType], reads: [String] = [],
    writes: [String] = []
  ) {
    self.name = name
    self.parameterTypes = parameterTypes
    manner = .copy(table: table, columns: columns)
    let place = "INSERT INTO \(quotedName(table)) (\(columns.map { quotedName([$0]) }.joined(separator: ", ")))"
    let numbers = (1...max(1, columns.count)).map { "$\($0)" }.joined(separator: ", ")
    single = StatementDefinition(
      name: name, sql: "\(place) VALUES (\(numbers))", parameterTypes: parameterTypes, isReadOnly: false, reads: reads,
      writes: writes)
    several = StatementDefinition(
      ofArrays: name, sql: "\(place) SELECT * FROM unnest(\(numbers))", elementTypes: parameterTypes, reads: reads,
      writes: writes)
  }

  /// One statement whose parameters are arrays, an element for each row: `INSERT … SELECT … FROM unnest($1, $2) …`.
  ///
  /// - Parameter parameterTypes: of the elements.
  public init(
    name: String, sql: String, parameterTypes: [PostgresType], reads: [String] = [], writes: [String] = []
  ) {
    self.name = name
    self.parameterTypes = parameterTypes
    manner = .arrays
    single = StatementDefinition(
      ofArrays: name, sql: sql, elementTypes: parameterTypes, reads: reads, writes: writes)
    several = single
  }

  /// `COPY "app"."t" ("a", "b") FROM STDIN (FORMAT binary)`
  var copySQL: String? {
    guard case .copy(let table, let columns) = manner else { return nil }
    let list = columns.map { quotedName([$0]) }.joined(separator: ", ")
    return "COPY \(quotedName(table)) (\(list)) FROM STDIN (FORMAT binary)"
  }
}

/// Names as SQL writes them, with dots between.
func quotedName(_ parts: [String]) -> String {
  parts.map { "\"" + $0.replacingScalars("\"", with: "\"\"") + "\"" }.joined(separator: ".")
}

/// An INSERT of one row of values, of which many can be inserted at once (`:copyfrom`).
public protocol BulkQuery: ExecRowsQuery {
  static var insertion: BulkInsertion { get }
}

extension BulkQuery {
  public static var statement: StatementDefinition { insertion.single }
}
