// The names of the productions.

/// Every production of the tree, by the name that `sqlc-swift parse` prints.
public enum SyntaxKind: String, Sendable, Hashable, CaseIterable {
  case script, item

  // Statements.
  case createTable, createIndex, createView, createTrigger, createVirtualTable, alterTable, drop
  case insert, update, delete, pragma, attach, detach, analyze, reindex, vacuum, explain

  // Parts of queries and of modifications.
  case select, compound, selectCore, values, valuesRow, resultColumn, star, tableStar
  case from, join, joinOn, joinUsing, tableReference, tableFunction, tableSubquery, nestedFrom, indexedBy, notIndexed
  case orderingTerm, limit, with, commonTable, namedWindow, window, frame
  case upsert, assignment, rowAssignment, defaultValues, returning

  // Parts of definitions.
  case columnDefinition, typeName, tableOption, indexedColumn, foreignKeyClause, moduleArgument
  case columnPrimaryKey, columnNotNull, columnNull, columnUnique, columnCheck, columnDefault, columnCollate
  case columnReferences, columnGenerated, columnDeferral, columnBareConstraint
  case tablePrimaryKey, tableUnique, tableCheck, tableForeignKey, tableBareConstraint
  case renameTable, renameColumn, addColumn, dropColumn, addConstraint, dropConstraint, setNotNull, dropNotNull
  case begin, commit, rollback, savepoint, release

  // Names.
  case name, qualifiedName

  // Expressions.
  case integerLiteral, realLiteral, stringLiteral, blobLiteral, nullLiteral, timeLiteral
  case parameter, column, macro, unary, binary, nullTest, like, between, inList, inSubquery, inTable, inMacro
  case collate, cast, caseWhen, caseBranch, function, exists, subquery, row, parenthesized, raise

  /// What could not be read; there is a diagnostic about it.
  case missing
}
