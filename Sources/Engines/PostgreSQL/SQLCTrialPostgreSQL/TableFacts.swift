// What the catalogs say of a table that is filled.

import SQLCEngine
import SQLCOraclePostgreSQL

/// A table, as far as rows for it are generated.
struct TableFacts {
  struct Column {
    var number: Int
    var name: String
    /// `character varying(40)`
    var type: String
    var isNotNull: Bool
    var isGenerated: Bool
    /// An identity column, or one whose default is the next number of a sequence.
    var isNumbered: Bool
  }

  struct Check {
    var name: String
    var columns: [String]
    /// As the server writes it; with every operator in parentheses of its own.
    var expression: String
  }

  var object: UInt32
  var kind: TrialTable.Kind
  /// As queries call it: with its schema where the search path does not find it.
  var name: String
  var sqlName: String
  var columnFacts: [Column] = []
  var foreignKeys: [TrialTable.ForeignKey] = []
  var checks: [Check] = []
  var primaryKey: [String] = []
  /// The columns of each unique index, expressions' and conditions' among them, in lower case.
  var uniqueKeys: [[String]] = []
  /// Columns that alone are a unique key of all rows, in lower case.
  var uniqueColumns: Set<String> = []
  /// Of unique and exclusion constraints and indexes, by name: their columns, in lower case.
  var keyColumns: [String: [String]] = [:]
  /// What each generated column is made of, in lower case.
  var sources: [String: [String]] = [:]
  /// Columns of the partition key, and the values that partitions are bounded by.
  var partitionKey: [String] = []
  var partitionBounds: [String] = []
  /// Of users.
  var hasTriggers = false

  var columns: [String] { columnFacts.map(\.name) }
}

extension TableFacts {
  func table(_ definitions: TypeDefinitions, _ expectations: ColumnExpectations) -> TrialTable {
    var table = TrialTable(
      name: name, kind: kind,
      columns: columnFacts.map { column in
        TrialTable.Column(
          name: column.name, declaredType: column.type,
          mayBeNull: !column.isNotNull && !definitions.isNotNull(column.type),
          keyPlace: (primaryKey.firstIndex(of: column.name) ?? -1) + 1, isGenerated: column.isGenerated,
          isNumbered: column.isNumbered, kind: definitions.kind(of: column.type))
      }, foreignKeys: foreignKeys)
    var hints = CheckHints()
    for check in checks { hints.read(check.expression) }
    for (index, bound) in partitionBounds.enumerated() where !partitionKey.isEmpty {
      let column = partitionKey[partitionKey.count == 1 ? 0 : index % partitionKey.count]
      for literal in literals(in: bound) { hints.add(literal, to: column.lowercased()) }
    }
    for index in table.columns.indices {
      let column = table.columns[index]
      table.columns[index].isUnique = uniqueColumns.contains(column.key)
      var own = hints.hints[column.key] ?? ValueHints()
      if let check = definitions.check(of: column.declaredType) {
        var domain = CheckHints(value: true)
        domain.read(check)
        own.merge(domain.hints["value"] ?? ValueHints())
      }
      if !column.isGenerated, !table.columns[index].isUnique, column.kind == .text || column.kind == .integer {
        own.asked = (expectations.asked[column.key] ?? []).filter { value in
          if case .text = value { column.kind == .text } else { column.kind == .integer }
        }
      }
      table.columns[index].hints = own
    }
    table.rules.checks = checks.map { check in
      RowRules.Condition(
        names: [check.name.filter { !$0.isWhitespace }.lowercased()], columns: check.columns.map { $0.lowercased() },
        relations: relations(in: check.expression, columns: Set(columns)))
    }
    if !partitionKey.isEmpty {
      table.rules.checks.append(
        RowRules.Condition(
          names: [PostgreSQLTrialDatabase.partitionCheck.filter { !$0.isWhitespace }.lowercased()],
          columns: partitionKey.map { $0.lowercased() }))
    }
    table.rules.sources = sources
    table.rules.unique = uniqueKeys
    return table
  }
}
