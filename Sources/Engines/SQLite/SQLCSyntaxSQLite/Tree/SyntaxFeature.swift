// What of the language came after SQLite had its basic shape, so that a project's oldest SQLite can be respected.

public import SQLCDiagnostics

/// A construct of the syntax that SQLite learned late, named for what it is.
public enum SyntaxFeature: String, Sendable, Hashable, CaseIterable {
  case windowFunction = "window functions"
  case windowGroupsOrExclude = "GROUPS and EXCLUDE in window frames"
  case upsert = "ON CONFLICT … DO"
  case upsertSeveralClauses = "several ON CONFLICT clauses"
  case vacuumInto = "VACUUM INTO"
  case renameColumn = "ALTER TABLE … RENAME COLUMN"
  case filterClause = "FILTER on aggregate functions"
  case nullsFirstOrLast = "NULLS FIRST and NULLS LAST"
  case generatedColumn = "generated columns"
  case updateFrom = "UPDATE … FROM"
  case returning = "RETURNING"
  case dropColumn = "ALTER TABLE … DROP COLUMN"
  case materializedHint = "MATERIALIZED hints"
  case strictTable = "STRICT tables"
  case jsonArrow = "the -> and ->> operators"
  case rightOrFullJoin = "RIGHT and FULL JOIN"
  case isDistinctFrom = "IS [NOT] DISTINCT FROM"
  case havingWithoutGroupBy = "HAVING without GROUP BY"
  case aggregateOrderBy = "ORDER BY inside an aggregate function"
  case digitSeparator = "digit separators in numbers"
  case withinGroup = "WITHIN GROUP"
  case raiseExpression = "RAISE with a computed message"
  case alterConstraint = "ALTER TABLE … ADD CONSTRAINT and its sisters"

  /// The release that introduced it, as SQLite's change log has it (changes.html): 3.`minor`.0.
  public var introduced: (major: Int, minor: Int) {
    switch self {
    case .upsert: (3, 24)
    case .windowFunction, .renameColumn: (3, 25)
    case .vacuumInto: (3, 27)
    case .windowGroupsOrExclude: (3, 28)
    case .filterClause, .nullsFirstOrLast: (3, 30)
    case .generatedColumn: (3, 31)
    case .updateFrom: (3, 33)
    case .returning, .dropColumn, .materializedHint, .upsertSeveralClauses: (3, 35)
    case .strictTable: (3, 37)
    case .jsonArrow: (3, 38)
    case .rightOrFullJoin, .isDistinctFrom, .havingWithoutGroupBy: (3, 39)
    case .aggregateOrderBy: (3, 44)
    case .digitSeparator: (3, 46)
    case .raiseExpression, .withinGroup: (3, 47)
    case .alterConstraint: (3, 53)
    }
  }
}

/// A feature where it is used.
public struct UsedFeature: Sendable, Hashable {
  public var feature: SyntaxFeature
  /// The smallest text that shows it.
  public var range: ByteRange

  public init(_ feature: SyntaxFeature, range: ByteRange) {
    self.feature = feature
    self.range = range
  }
}
