/// A statement or a query inside one, as the server analysed it: before rules, views and defaults.
///
/// It has identity, so that what is proven of it can be kept; equality is that of its parts.
public final class Query: Sendable, Hashable {
  public let parts: QueryParts
  init(_ parts: QueryParts) { self.parts = parts }
  public static func == (a: Query, b: Query) -> Bool { a === b || a.parts == b.parts }
  public func hash(into hasher: inout Hasher) { hasher.combine(parts) }
}

public struct QueryParts: Sendable, Hashable {
  public enum Command: Sendable, Hashable { case select, update, insert, delete, merge, utility }

  public var command: Command
  /// The range that is written to.
  public var target: Int?
  public var commonTables: [CommonTable]
  /// Range 1 is element 0.
  public var ranges: [RangeEntry]
  public var from: JoinTree?
  public var targets: [Target]
  public var returning: [Target]
  public var onConflict: OnConflict?
  public var groupBy: [SortReference]
  public var groupingSets: [GroupingSet]
  public var having: Expression?
  public var windows: [WindowClause]
  public var distinctOn: [SortReference]
  public var distinct: Distinct
  public var limit: Expression?
  public var offset: Expression?
  public var hasTies: Bool
  public var setOperation: SetOperation?
  public var hasAggregates: Bool
  public var returnsSets: Bool
  /// FOR UPDATE and its like.
  public var locksRows: Bool
  public var mergeActions: [MergeAction]
  public var mergeCondition: Expression?
}

/// An expression of GROUP BY or DISTINCT: the target that knows itself by that number.
public struct SortReference: Sendable, Hashable {
  public var reference: Int
  /// The operator that tells equal values.
  public var equality: ObjectID
}

public enum Distinct: Sendable, Hashable { case none, all, on }

/// An element of the target list or of RETURNING.
public struct Target: Sendable, Hashable {
  public var expression: Expression
  /// Its place; in INSERT and UPDATE the column's `attnum`.
  public var number: Int
  public var name: String?
  /// Only there for ORDER BY or GROUP BY.
  public var isHidden: Bool
  /// What GROUP BY, DISTINCT and ORDER BY know it by; zero for none.
  public var sortReference: Int
}

public struct CommonTable: Sendable, Hashable {
  public var name: String
  public var query: Query
  public var isRecursive: Bool
  /// SEARCH or CYCLE, which add columns.
  public var addsColumns: Bool
}

public struct RangeEntry: Sendable, Hashable {
  public indirect enum Kind: Sendable, Hashable {
    case relation(ObjectID, Inheritance)
    case subquery(Query)
    case join([Expression?])
    case functions([RangeFunction], hasOrdinality: Bool)
    /// XMLTABLE, JSON_TABLE.
    case tableFunction([Expression])
    case values([[Expression]])
    case commonTable(name: String, levelsUp: Int, isSelfReference: Bool)
    case empty
    /// The grouped expressions (18).
    case group([Expression])
    case unknown
  }
  public enum Inheritance: Sendable, Hashable { case withChildren, only }
  public var kind: Kind
  public var name: String
  public var columnNames: [String]
  /// TABLESAMPLE leaves rows out.
  public var isSample: Bool
}

public struct RangeFunction: Sendable, Hashable {
  public var expression: Expression
  public var columnCount: Int
}

public indirect enum JoinTree: Sendable, Hashable {
  case range(Int)
  case from([JoinTree], condition: Expression?)
  case join(Join)

  public struct Join: Sendable, Hashable {
    public enum Kind: Sendable, Hashable { case inner, left, full, right }
    public var kind: Kind
    public var left: JoinTree
    public var right: JoinTree
    public var condition: Expression?
    /// Its own range; what tells it from other joins.
    public var range: Int
  }
}

public indirect enum SetOperation: Sendable, Hashable {
  case range(Int)
  case operation(Kind, all: Bool, SetOperation, SetOperation)
  public enum Kind: Sendable, Hashable { case union, intersect, except }
}

public indirect enum GroupingSet: Sendable, Hashable {
  case empty
  case simple([Int])
  case rollup([GroupingSet])
  case cube([GroupingSet])
  case sets([GroupingSet])
}

public struct OnConflict: Sendable, Hashable {
  public enum Action: Sendable, Hashable { case nothing, update }
  public var action: Action
  public var set: [Target]
  public var condition: Expression?
  public var arbiterCondition: Expression?
  public var arbiterElements: [Expression]
  /// The range `excluded`.
  public var excluded: Int
}

public struct MergeAction: Sendable, Hashable {
  public enum Match: Sendable, Hashable { case matched, notMatchedBySource, notMatchedByTarget }
  public var match: Match
  public var command: QueryParts.Command
  public var condition: Expression?
  public var targets: [Target]
}

public struct Aggregate: Sendable, Hashable {
  public var function: ObjectID
  public var arguments: [Target]
  public var directArguments: [Expression]
  public var order: [Int]
  public var distinct: [Int]
  public var filter: Expression?
  public var levelsUp: Int
  public var type: ObjectID
  public var collation: ObjectID
  public var isVariadic: Bool
  public var offset: SourceOffset
}

public struct WindowCall: Sendable, Hashable {
  public var function: ObjectID
  public var arguments: [Expression]
  public var filter: Expression?
  /// The number of its window in `QueryParts.windows`.
  public var window: Int
  public var type: ObjectID
  public var collation: ObjectID
  public var offset: SourceOffset
}

public struct WindowClause: Sendable, Hashable {
  public var number: Int
  /// The targets of PARTITION BY.
  public var partition: [SortReference]
  public var frame: WindowFrame
  public var startOffset: Expression?
  public var endOffset: Expression?
}

/// `frameOptions` as the server has them.
public struct WindowFrame: OptionSet, Sendable, Hashable {
  public var rawValue: Int
  public init(rawValue: Int) { self.rawValue = rawValue }
  public static let range = WindowFrame(rawValue: 0x2)
  public static let startUnboundedPreceding = WindowFrame(rawValue: 0x20)
  public static let endUnboundedFollowing = WindowFrame(rawValue: 0x100)
  public static let startCurrentRow = WindowFrame(rawValue: 0x200)
  public static let endCurrentRow = WindowFrame(rawValue: 0x400)
  public static let startOffsetPreceding = WindowFrame(rawValue: 0x800)
  public static let endOffsetPreceding = WindowFrame(rawValue: 0x1000)
  public static let startOffsetFollowing = WindowFrame(rawValue: 0x2000)
  public static let endOffsetFollowing = WindowFrame(rawValue: 0x4000)
  public static let excludeCurrentRow = WindowFrame(rawValue: 0x8000)
  public static let excludeGroup = WindowFrame(rawValue: 0x10000)
  public static let excludeTies = WindowFrame(rawValue: 0x20000)
}

public struct Subquery: Sendable, Hashable {
  public enum Kind: Sendable, Hashable { case exists, all, any, rowComparison, scalar, assigned, array, commonTable }
  public var kind: Kind
  public var test: Expression?
  public var query: Query
  public var offset: SourceOffset
}

extension Query {
  /// `SELECT FROM ONLY table`: what an expression of the catalogue, which calls its table range 1, is evaluated over.
  public static func overTable(_ relation: ObjectID, name: String) -> Query {
    Query(
      QueryParts(
        command: .select, target: nil, commonTables: [],
        ranges: [RangeEntry(kind: .relation(relation, .only), name: name, columnNames: [], isSample: false)],
        from: .range(1), targets: [], returning: [], onConflict: nil, groupBy: [], groupingSets: [], having: nil,
        windows: [], distinctOn: [], distinct: .none, limit: nil, offset: nil, hasTies: false, setOperation: nil,
        hasAggregates: false, returnsSets: false, locksRows: false, mergeActions: [], mergeCondition: nil))
  }
}
