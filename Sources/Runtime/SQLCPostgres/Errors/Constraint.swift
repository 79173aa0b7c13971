// Which constraint refused a change, as the server names it in its error.

import SQLCPostgreSQLHandle
import SQLCRuntimeKit

/// A constraint that a statement would have violated.
public struct Constraint: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    case check, foreignKey, notNull, unique, exclusion
  }
  public var kind: Kind
  /// Of the table, or of the domain.
  public var schema: String?
  /// The table, unless it is a domain's constraint.
  public var table: String?
  /// Its columns: of NOT NULL the one; of unique and foreign keys those that the error's detail names.
  public var columnNames: [String]
  /// The constraint's name, or that of the unique index; a NOT NULL has none.
  public var name: String?

  /// "table.column" each.
  public var columns: [String] { columnNames.map { name in table.map { "\($0).\(name)" } ?? name } }

  init?(_ error: ServerError) {
    switch error.sqlState {
    case "23502": kind = .notNull
    case "23503", "23001": kind = .foreignKey
    case "23505": kind = .unique
    case "23514": kind = .check
    case "23P01": kind = .exclusion
    default: return nil
    }
    schema = error.schema
    table = error.table
    name = error.constraint
    columnNames = error.column.map { [$0] } ?? []
    if columnNames.isEmpty, kind != .check, let detail = error.detail { columnNames = Self.keyColumns(of: detail) }
  }

  /// `Key (a, lower(b))=(1, x) already exists.`, in whatever language: what stands in the first parentheses, which an equals
  /// sign follows.
  static func keyColumns(of detail: String) -> [String] {
    let detail = detail.unicodeScalars
    guard let start = detail.firstIndex(of: "(") else { return [] }
    var columns: [String] = []
    var column = String.UnicodeScalarView()
    var depth = 0
    var isQuoted = false
    var index = start
    while index < detail.endIndex {
      let character = detail[index]
      index = detail.index(after: index)
      if character == "\"" { isQuoted.toggle() }
      if !isQuoted, character == "(" {
        depth += 1
        if depth == 1 { continue }
      } else if !isQuoted, character == ")" {
        depth -= 1
        if depth == 0 { break }
      } else if !isQuoted, character == ",", depth == 1 {
        columns.append(String(column))
        column = .init()
        continue
      } else if character == " ", column.isEmpty {
        continue
      }
      column.append(character)
    }
    guard depth == 0, detail[index...].starts(with: "=(".unicodeScalars) else { return [] }
    columns.append(String(column))
    return columns.map { name in
      // A name that is no plain word is quoted.
      let scalars = name.unicodeScalars
      guard scalars.count > 1, scalars.first == "\"", scalars.last == "\"" else { return name }
      return String(scalars.dropFirst().dropLast()).replacingScalars("\"\"", with: "\"")
    }
  }
}
