// The rows that a migration has to keep, as they were before it.

import SQLCEngine

/// The values of a table's columns that stay, in no order.
struct KeptRows {
  enum Side { case old, new }
  /// Has the migration been taken back meanwhile?
  enum Path { case upOnly, back }

  private let table: KeptTable
  private let rows: [[TrialValue]]

  init(of table: KeptTable, in database: some TrialDatabase) throws(TrialFailure) {
    self.table = table
    rows = try database.rows(of: table.old, table.columns.map(\.old), where: RowFilter(), limit: nil)
  }

  /// What is not as it was; nothing when all is.
  func problem(on side: Side, after path: Path, in database: some TrialDatabase) throws(TrialFailure) -> String? {
    let name = side == .new ? table.new : table.old
    let columns = table.columns.map { side == .new ? $0.new : $0.old }
    let found = try database.rows(of: name, columns, where: RowFilter(), limit: nil)
    if found.count != rows.count { return "leaves '\(name)' with \(found.count) of \(rows.count) rows" }
    let replaceable = table.columns.indices.filter { table.columns[$0].values.replaceNull }
    let lost = path == .back ? table.columns.indices.filter { table.columns[$0].values == .sameGoingUp } : []
    if counts(of: rows, without: replaceable + lost) != counts(of: found, without: replaceable + lost) {
      return "changes values of '\(name)'"
    }
    // Of a column whose NULLs give way, the other values stay where they were.
    for column in replaceable {
      let others = replaceable.filter { $0 != column } + lost
      let before = counts(of: rows.filter { !$0[column].isNull }, without: others)
      let after = counts(of: found, without: others)
      if before.contains(where: { after[$0.key, default: 0] < $0.value }) {
        return "changes values of '\(name).\(columns[column])'"
      }
    }
    return nil
  }

  private func counts(of rows: [[TrialValue]], without left: [Int]) -> [[TrialValue]: Int] {
    Dictionary(
      rows.map { row in
        (
          row.indices.filter { !left.contains($0) }.map { index in
            table.columns[index].values.areConverted ? row[index].plain : row[index]
          }, 1
        )
      }, uniquingKeysWith: +)
  }
}

extension KeptTable.Column.Values {
  fileprivate var replaceNull: Bool { self == .sameUnlessNull || self == .convertedUnlessNull }
  fileprivate var areConverted: Bool { self == .converted || self == .convertedUnlessNull }
}

extension TrialValue {
  /// A number whichever way it is written, since a column's type may write it otherwise.
  fileprivate var plain: TrialValue {
    switch self {
    case .integer(let number): .real(Double(number))
    case .real: self
    case .text(let text):
      Double(
        text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed().reduce(into: "") {
          $0.append($1)
        }
      )
      .map { .real($0) } ?? self
    case .null, .blob, .other: self
    }
  }
}
