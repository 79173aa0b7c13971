// Names inside CHECK constraints and indexes: only the table's own columns are in scope.

import SQLCDiagnostics
import SQLCSyntaxSQLite

extension CatalogBuilder {
  /// Binds expressions over the table of that key for what is wrong with them; true when nothing is.
  mutating func check(_ expressions: [ExpressionSyntax], over table: NameSyntax) -> Bool {
    bound(expressions, over: table) != nil
  }

  /// The expressions, bound over the table of that key; nothing when something is wrong with one of them.
  mutating func bound(_ expressions: [ExpressionSyntax], over table: NameSyntax) -> [BoundExpression]? {
    guard !expressions.isEmpty else { return [] }
    var binder = Binder(catalog: catalog, source: source, options: options)
    binder.mode = .definition
    let reference = TableReferenceSyntax(name: QualifiedNameSyntax(name: table), range: table.range)
    let scope = Scope(id: binder.newSelect(), parent: nil)
    scope.clause = .value
    scope.sources = [binder.resolveTable(reference).1]
    let bound = expressions.map { binder.bindScalar($0, in: scope) }
    diagnostics += binder.diagnostics
    return binder.diagnostics.hasErrors ? nil : bound
  }

  /// The conditions of every CHECK of a table.
  func checks(_ columns: [ColumnDefinitionSyntax], _ constraints: [TableConstraintSyntax]) -> [ExpressionSyntax] {
    var found: [ExpressionSyntax] = []
    for column in columns {
      for constraint in column.constraints {
        if case .check(let condition) = constraint.kind { found.append(condition) }
      }
    }
    for constraint in constraints { if case .check(let condition, _) = constraint.kind { found.append(condition) } }
    return found
  }
}
