// What a query gives, held against a table that people read.

public import SQLCRuntime
public import Testing

/// Expects a query to give these rows.
///
/// ```swift
/// try await expectQuery(ListNotes(), in: database) {
///   """
///   id | body     | isDone
///   1  | "first"  | false
///   2  | "second" | NULL
///   """
/// }
/// ```
///
/// The issue that a difference makes shows the whole table as it is, to be read and, if it is right, put in place of the old one.
/// Columns are the members of the row's type; a row of one value has one column, `value`. Texts are quoted, bytes are hexadecimal.
public func expectQuery<Q: ManyQuery>(
  _ query: Q, in database: Database, sourceLocation: SourceLocation = #_sourceLocation, gives table: () -> String
) async throws {
  expect(try await database.run(query), Q.self, table(), sourceLocation)
}

/// The same for a query that gives one row or none.
public func expectQuery<Q: AtMostOneQuery>(
  _ query: Q, in database: Database, sourceLocation: SourceLocation = #_sourceLocation, gives table: () -> String
) async throws {
  expect(try await database.run(query).map { [$0] } ?? [], Q.self, table(), sourceLocation)
}

/// The same for a query that always gives one row.
public func expectQuery<Q: ExactlyOneQuery>(
  _ query: Q, in database: Database, sourceLocation: SourceLocation = #_sourceLocation, gives table: () -> String
) async throws {
  expect([try await database.run(query)], Q.self, table(), sourceLocation)
}

private func expect<Row, Q: Query>(_ rows: [Row], _ query: Q.Type, _ wanted: String, _ place: SourceLocation) {
  guard let difference = difference(of: rows, from: wanted, by: query) else { return }
  Issue.record("\(difference)", sourceLocation: place)
}

/// What is said where the rows are not those that are wanted: the whole table as it is. Blanks at the ends of lines are no difference.
package func difference<Row, Q: Query>(of rows: [Row], from wanted: String, by query: Q.Type) -> String? {
  let found = tableText(of: rows)
  func lines(_ text: String) -> [String] {
    text.split(separator: "\n").map { String($0.reversed().drop { $0 == " " }.reversed()) }
  }
  return lines(found) == lines(wanted) ? nil : "\(Q.statement.name) gives\n\(found)"
}

/// Rows as a table of text: names, then a line for each row.
public func tableText<Row>(of rows: [Row]) -> String {
  guard let first = rows.first else { return "(no rows)" }
  let names = members(of: first).map(\.name)
  let lines = [names] + rows.map { members(of: $0).map(\.text) }
  let widths = names.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
  return lines.map { line in
    let cells = line.enumerated().map { column, text in
      column == line.count - 1 ? text : text + String(repeating: " ", count: widths[column] - text.count)
    }
    return cells.joined(separator: " | ")
  }.joined(separator: "\n")
}

/// The members of a generated row, or one value.
private func members<Row>(of row: Row) -> [(name: String, text: String)] {
  let mirror = Mirror(reflecting: row)
  let isRow = row is any RowDecodable && mirror.displayStyle == .struct && !mirror.children.isEmpty
  guard isRow || mirror.displayStyle == .tuple else { return [("value", cell(row))] }
  return mirror.children.map { ($0.label ?? "value", cell($0.value)) }
}

private func cell(_ value: Any) -> String {
  let mirror = Mirror(reflecting: value)
  if mirror.displayStyle == .optional { return mirror.children.first.map { cell($0.value) } ?? "NULL" }
  switch value {
  case let text as String: return text.debugDescription
  case let bytes as [UInt8]: return "x'" + bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() + "'"
  // Lists of `sqlc.nest`.
  case let list as [any RowDecodable]:
    return "[" + list.map(cell).joined(separator: ", ") + "]"
  case let row as any RowDecodable:
    return "(" + Mirror(reflecting: row).children.map { "\($0.label ?? ""): \(cell($0.value))" }.joined(separator: ", ")
      + ")"
  default: return String(describing: value).replacing("\n", with: "\\n")
  }
}
