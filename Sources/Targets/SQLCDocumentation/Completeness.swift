// How much of a schema has been explained by those who wrote it.

/// Tables and columns with and without a comment. Views count as tables, and their columns do not count: what a view's column is
/// stands in its query, and no engine keeps a comment of it in the view's definition.
public struct Completeness: Sendable, Hashable {
  public var tables = 0
  public var columns = 0
  /// `agents`
  public var undocumentedTables: [String] = []
  /// `agents.name`
  public var undocumentedColumns: [String] = []

  public init(of project: DocumentedProject) {
    for table in project.blocks.flatMap(\.tables) {
      tables += 1
      if table.documentation.isEmpty { undocumentedTables.append(table.name) }
      guard table.kind != .view else { continue }
      for (place, column) in table.columns.enumerated() {
        columns += 1
        if column.documentation.isEmpty, !table.explainsItself(place) {
          undocumentedColumns.append(table.name + "." + column.name)
        }
      }
    }
  }

  public var undocumented: Int { undocumentedTables.count + undocumentedColumns.count }

  /// `3 of 12 tables and 40 of 96 columns have no comment`
  public var summary: String {
    "\(undocumentedTables.count) of \(counted(tables, "table")) and \(undocumentedColumns.count) of"
      + " \(counted(columns, "column")) have no comment"
  }
}

extension DocumentedTable {
  /// A key of one column, and a column that refers to a table, say what they are.
  func explainsItself(_ column: Int) -> Bool {
    primaryKey == [column] || references.contains { $0.columns.contains(column) }
  }
}

func counted(_ number: Int, _ word: String, _ many: String? = nil) -> String {
  "\(number) \(number == 1 ? word : many ?? word + "s")"
}
