// What names mean at a place: the sources of one SELECT core (or modification), and the scope around it.

import SQLCDiagnostics
import SQLCModel
import SQLCSyntaxSQLite

/// A scope has identity: subqueries hold on to the ones around them, and aggregates find the one they belong to.
final class Scope {
  /// Where in a statement an aggregate or window function may stand.
  enum Clause {
    case outputs, whereClause, groupBy, having, orderBy
    /// Inside an aggregate function: no aggregate may stand there.
    case aggregateArgument
    /// Inside a window function: aggregates may, window functions may not.
    case windowArgument
    /// No functions over rows at all: LIMIT, SET, VALUES, RETURNING.
    case value
  }

  let id: SelectID
  var parent: Scope?
  var clause = Clause.outputs
  var sources: [ScopeSource] = []
  /// The sources as the FROM clause lists them, from the first that it has.
  var items: [FromItem] = []
  /// Inside of parentheses: which of the sources can be seen there.
  var window: Range<Int>?
  /// Result columns with an alias; seen only where `seesAliases`.
  var aliases: [ScopeAlias] = []
  var seesAliases = false
  var windows: [NamedWindowSyntax] = []
  var aggregateCount = 0
  var windowCount = 0
  /// There is a GROUP BY or an aggregate among the result columns: HAVING and ORDER BY may use aggregates.
  var isAggregateQuery = false
  /// No FROM clause can be trusted: unknown columns have been explained already.
  var isPoisoned = false

  init(id: SelectID, parent: Scope?) {
    self.id = id
    self.parent = parent
  }
}

struct ScopeAlias {
  var key: String
  var expression: BoundExpression
  var hasAggregate: Bool
  var hasWindow: Bool
  var symbol: SQLSymbol
}

/// A source as names see it.
struct ScopeSource {
  /// A USING or NATURAL column of the join that brought the source in.
  struct Merge {
    var key: String
    var kind: JoinSyntax.Kind
  }

  var id: SourceID
  /// As written; empty for a subquery without alias.
  var name: String
  /// An alias that is written and that SQLite does not know.
  var lostAlias: String?
  /// `main` or `temp`; absent for what is in no database.
  var schema: String?
  var columns: [BoundSourceColumn]
  /// Index of the rowid alias; `BoundColumn.rowid` when the rowid has no name of its own; absent when there is no rowid.
  var rowid: Int?
  var merges: [Merge] = []
  /// Only `excluded.x`, `new.x`, never `x`.
  var needsQualifier = false
  /// The table is unknown, and that was said: every column of it is an error already told.
  var isPoisoned = false
  /// Index of the hidden column of a full-text table that is named like it.
  var tableColumn: Int?
  /// What of it gets another name, while a definition is read for that.
  var renamed: Renaming.Subject?
  /// The table, view or common table behind it; its own name for a subquery.
  var relation: String
  var range: ByteRange

  func index(of name: String) -> Int? { columns.firstIndex { sameName($0.name, name) } }

  func isCalled(_ table: String) -> Bool { sameName(name, table) }

  func merge(of column: String) -> JoinSyntax.Kind? {
    for merge in merges where sameName(merge.key, column) { return merge.kind }
    return nil
  }
}
