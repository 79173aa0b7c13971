// Which columns `*` stands for: the server's tree has them, each with the place of the star.

import SQLCDiagnostics
import SQLCOraclePostgreSQL
import SQLCTreePostgreSQL

extension QueryJob {
  /// `*` and `a.*` become the columns that they are now: one that is added later cannot shift what is decoded.
  ///
  /// False where the server has to be asked whether what would be written means the same.
  mutating func writeStars() -> Bool {
    guard let text, !text.stars.isEmpty, case .success(let tree)? = tree else { return true }
    let expansion = StarExpansion(text: text, sent: sent, tree: tree)
    starCounts = expansion.counts
    diagnostics += expansion.misplacedEmbeds
    guard let first = expansion.alternatives.first else { return true }
    guard expansion.isCertain else {
      starAlternatives = expansion.alternatives
      return false
    }
    // What was described is the text with its stars: the places in its tree stay those of `sent`.
    choices.columns = first
    return true
  }
}

struct StarExpansion {
  /// How many columns each star stands for.
  private(set) var counts: [Int: Int] = [:]
  /// Ways of writing the columns of all stars, the likeliest first.
  private(set) var alternatives: [[Int: [String]]] = []
  /// The first of them means what the stars mean, whatever else is in the statement.
  private(set) var isCertain = true
  private(set) var misplacedEmbeds: [Diagnostic] = []

  init(text: QueryText, sent: SentText, tree: NodeTree) {
    guard let lists = try? tree.targetLists() else { return }
    var qualified: [Int: [String]] = [:]
    var plain: [Int: [String]] = [:]
    for case .star(let index, let range) in text.pieces {
      let star = text.stars[index]
      let offset = sent.sentOffset(of: range.lower)
      // Of several queries that say the same text (a view's, a rule's) the first is the statement's own.
      let list = lists.first { $0.columns.contains { $0.byteOffset == offset } }
      let columns = list?.columns.filter { $0.byteOffset == offset } ?? []
      // Where there is one range only, its name says nothing.
      let isAlone = Set((list?.columns ?? []).map(\.range)).count < 2
      if columns.isEmpty {
        if star.embed != nil {
          misplacedEmbeds.append(
            Diagnostic(
              PostgreSQLRule.unsupportedMacro.rule, "'\(text.source.slice(range))' stands for no columns here",
              at: DiagnosticLabel(
                SourceRange(path: text.source.path, range: range), "it belongs into the list of results")))
        }
        continue
      }
      counts[index] = columns.count
      isCertain = isCertain && isUnambiguous(star, columns, list)
      plain[index] = columns.map { star.prefix + sqlName($0.name) }
      qualified[index] = columns.map { column in
        guard star.prefix.isEmpty, !isAlone, let table = column.range else { return star.prefix + sqlName(column.name) }
        return sqlName(table) + "." + sqlName(column.name)
      }
    }
    guard !counts.isEmpty else { return }
    alternatives = [qualified, plain]
  }

  /// Whether each name, as it is written for the star, can only be that column of the star's.
  ///
  /// A name without a prefix is a column of the query's own ranges before it is anything else (PostgreSQL, `transformColumnRef`),
  /// and there is one range; `a.name` is a column of what `a.*` is. Two columns of one name in a range are told apart by neither.
  private func isUnambiguous(_ star: QueryText.Star, _ columns: [TargetColumn], _ list: TargetList?) -> Bool {
    guard let list, Set(columns.map(\.name)).count == columns.count,
      Set(columns.map { [$0.place.range, $0.place.levelsUp] }).count == 1
    else { return false }
    return !star.prefix.isEmpty || list.rangeCount == 1
  }
}

extension NodeTree {
  /// Whether both give the same columns of the same ranges, in lists of results at any depth.
  func hasColumns(of other: NodeTree) -> Bool {
    guard let own = try? targetLists(), let others = try? other.targetLists() else { return false }
    return own.map { $0.columns.map(\.place) } == others.map { $0.columns.map(\.place) }
  }
}

/// A name as SQL must write it: as it is where it is lower case and no keyword can be meant.
func sqlName(_ name: String) -> String {
  let isPlain =
    name.utf8.first.map { $0 == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) } == true
    && name.utf8.allSatisfy {
      $0 == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
    }
  return isPlain && !reservedWords.contains(name) ? name : quoted(name)
}

/// PostgreSQL, appendix C: what is reserved, and what cannot be the name of a column of its own; of all versions since 14.
private let reservedWords: Set<String> = [
  "all", "analyse", "analyze", "and", "any", "array", "as", "asc", "asymmetric", "authorization", "between", "bigint",
  "binary", "bit", "boolean", "both", "case", "cast", "char", "character", "check", "coalesce", "collate", "collation",
  "column", "concurrently", "constraint", "create", "cross", "current_catalog", "current_date", "current_role",
  "current_schema", "current_time", "current_timestamp", "current_user", "dec", "decimal", "default", "deferrable",
  "desc",
  "distinct", "do", "else", "end", "except", "exists", "extract", "false", "fetch", "float", "for", "foreign", "freeze",
  "from", "full", "grant", "greatest", "group", "grouping", "having", "ilike", "in", "initially", "inner", "inout",
  "int",
  "integer", "intersect", "interval", "into", "is", "isnull", "join", "json", "json_array", "json_arrayagg",
  "json_exists",
  "json_object", "json_objectagg", "json_query", "json_scalar", "json_serialize", "json_table", "json_value", "lateral",
  "leading", "least", "left", "like", "limit", "localtime", "localtimestamp", "merge_action", "national", "natural",
  "nchar", "none", "normalize", "not", "notnull", "null", "nullif", "numeric", "offset", "on", "only", "or", "order",
  "out", "outer", "overlaps", "overlay", "placing", "position", "precision", "primary", "real", "references",
  "returning", "right", "row", "select", "session_user", "setof", "similar", "smallint", "some", "substring",
  "symmetric",
  "system_user", "table", "tablesample", "then", "time", "timestamp", "to", "trailing", "treat", "trim", "true",
  "union",
  "unique", "user", "using", "values", "varchar", "variadic", "verbose", "when", "where", "window", "with",
  "xmlattributes", "xmlconcat", "xmlelement", "xmlexists", "xmlforest", "xmlnamespaces", "xmlparse", "xmlpi", "xmlroot",
  "xmlserialize", "xmltable",
]
