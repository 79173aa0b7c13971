// What a primary key proves once all of a table's definition is read: rowid alias, NOT NULL, uniqueness.

import SQLCDiagnostics
import SQLCSyntaxSQLite

extension TableDefinition {
  mutating func finishKeys(_ columns: [ColumnDefinitionSyntax], options: SemanticsOptions) {
    findRowIDAlias(columns)
    checkKeyDeclarations(columns)
    if !table.primaryKey.isEmpty, keyComparesAsColumns {
      table.uniqueKeys.insert(UniqueKey(columns: table.primaryKey), at: 0)
    }
    deriveKeyNullability(columns, options: options)
    for index in table.columns.indices where table.columns[index].isNotNull {
      table.columns[index].facts.nullability = .never
    }
    if !table.columns.isEmpty, table.columns.allSatisfy({ $0.generation != nil }), let definition = table.definition {
      report(.onlyGenerated(table: table.name), at: definition.range)
    }
    for index in table.primaryKey where table.columns[index].generation != nil {
      guard let definition = table.columns[index].definition else { continue }
      report(.generatedKey(table.columns[index].name), at: definition.range)
    }
  }

  /// SQLite, lang_createtable.html#rowid: "if a rowid table has a primary key that consists of a single column and the
  /// declared type of that column is "INTEGER" in any mixture of upper and lower case, then the column becomes an alias for
  /// the rowid", with the exception that `INTEGER PRIMARY KEY DESC` as a column constraint does not.
  private mutating func findRowIDAlias(_ columns: [ColumnDefinitionSyntax]) {
    guard !table.isWithoutRowID, table.primaryKey.count == 1, !isDescendingColumnKey else { return }
    let index = table.primaryKey[0]
    guard table.columns[index].declaredType?.asciiLowercased == "integer" else { return }
    table.rowidAlias = index
  }

  private mutating func checkKeyDeclarations(_ columns: [ColumnDefinitionSyntax]) {
    if table.isWithoutRowID, table.primaryKey.isEmpty, primaryKeyRange == nil, let definition = table.definition {
      report(.missingPrimaryKey(table: table.name), at: definition.range)
    }
    guard let range = autoincrementRange else { return }
    if table.isWithoutRowID {
      report(.autoincrementWithoutRowID, at: range)
    } else if table.rowidAlias == nil {
      report(
        .misplacedAutoincrement, at: range,
        notes: ["the type must be exactly INTEGER: 'INT' or 'BIGINT' make no rowid alias"])
    } else {
      table.isAutoincrement = true
    }
  }

  /// | key                                       | can be NULL                                  |
  /// |-------------------------------------------|----------------------------------------------|
  /// | rowid alias                               | never                                        |
  /// | of a WITHOUT ROWID or STRICT table        | never                                        |
  /// | one column of an ordinary table           | to the letter yes; assumed not, with a warning |
  /// | several columns of an ordinary table      | yes                                          |
  ///
  /// SQLite, lang_createtable.html: "Unless the column is an INTEGER PRIMARY KEY or the table is a WITHOUT ROWID table or a
  /// STRICT table or the column is declared NOT NULL, SQLite allows NULL values in a PRIMARY KEY column."
  private mutating func deriveKeyNullability(_ columns: [ColumnDefinitionSyntax], options: SemanticsOptions) {
    if let alias = table.rowidAlias {
      table.columns[alias].facts = TypeFacts(.integer, .never)
      return
    }
    if table.isWithoutRowID || table.isStrict {
      for index in table.primaryKey { table.columns[index].isNotNull = true }
      return
    }
    guard table.primaryKey.count == 1, !options.strictPrimaryKeys else { return }
    let index = table.primaryKey[0]
    guard !table.columns[index].isNotNull, table.columns[index].facts.nullability.canBeNull else { return }
    table.columns[index].facts.nullability = .never
    table.columns[index].isAssumedNonNull = true
    guard let syntax = columns.first(where: { sameName($0.name.text, table.columns[index].name) }) else { return }
    let end = syntax.type?.range.upper ?? syntax.name.range.upper
    report(
      .nullablePrimaryKey(column: table.columns[index].name, table: table.name), at: syntax.name.range,
      notes: ["'strict_primary_keys: true' follows SQLite's letter"],
      fixIts: [
        FixIt(
          "add NOT NULL", .unsafe,
          edits: [
            FixIt.Edit(SourceRange(path: source.path, range: ByteRange(at: end)), replacement: " NOT NULL")
          ])
      ])
  }
}
