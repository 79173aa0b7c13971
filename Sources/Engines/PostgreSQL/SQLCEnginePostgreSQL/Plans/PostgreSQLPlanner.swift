// Plans of PostgreSQL, asked of a database that has the schema and no rows.

import Foundation
public import SQLCDiagnostics
public import SQLCEngine
import SQLCModel
import SQLCOraclePostgreSQL
import SQLCPostgreSQLHandle
import SQLCSemanticsPostgreSQL
import SQLCTreePostgreSQL

extension PostgreSQLEngine: PlanningEngine {
  /// - Parameter statistics: numbers of rows, by the names of tables with their schemas: `public.tasks`. They say which tables are
  ///   small; the server cannot be told them, and plans as if it did not know.
  public func planner(over schema: [SourceFile], statistics: PlanStatistics?) throws -> any QueryPlanner {
    let loaded = try load(schema)
    guard let schema = loaded.value as? PostgreSQLSchema else {
      throw PlanFailure(loaded.diagnostics.first { $0.severity == .error }?.message ?? "the schema has no definitions")
    }
    return try PostgreSQLPlanner(schema, statistics)
  }
}

/// Asks by PREPARE and EXPLAIN EXECUTE under `force_generic_plan`: the plan that holds for all values of parameters. It is the
/// same that EXPLAIN (GENERIC_PLAN) gives from version 16 on, and every version can be asked for it.
///
/// Tables are empty, and the server takes an empty table for one of ten pages (PostgreSQL, `table_block_relation_estimate_size`):
/// its costs would say that hardly any index is worth using. So it is told to read no table from end to end that an index
/// finds the rows of. What is still read so no index serves: what SQLite says of tables without statistics. Partitions are not
/// left out, as the NULLs that stand for parameters would have it.
final class PostgreSQLPlanner: QueryPlanner {
  private let schema: PostgreSQLSchema
  private let names: RelationNames
  private let keywords: Set<String>
  /// The statements that make indexes of the schema again, by their names.
  private var removed: [String: String] = [:]
  /// Of partitions' indexes, that of the partitioned table.
  private var parents: [String: String] = [:]

  /// A bitmap of an index loses its order, and finds rows by several indexes: the second choice.
  private static let settings = """
    SET client_min_messages = warning; SET debug_print_parse = off; SET plan_cache_mode = force_generic_plan; SET jit = off; \
    SET enable_seqscan = off; SET enable_mergejoin = off; SET enable_material = off; SET enable_memoize = off; \
    SET max_parallel_workers_per_gather = 0; SET enable_partition_pruning = off
    """

  /// By names with schemas.
  private let rowCounts: [String: Int]

  init(_ schema: PostgreSQLSchema, _ statistics: PlanStatistics?) throws(PlanFailure) {
    self.schema = schema
    rowCounts = Dictionary(
      (statistics?.rows ?? []).compactMap { row in Int(row.text).map { (row.table, $0) } },
      uniquingKeysWith: { first, _ in first })
    names = RelationNames(schema.catalog)
    let reader = CatalogReader(connection: schema.connection, limit: schema.limit)
    do throws(ServerProblem) {
      // `quote_ident` quotes all but those that are reserved nowhere.
      keywords = Set(try reader.rows("SELECT word FROM pg_get_keywords() WHERE catcode <> 'U'").map { $0.text(0) })
    } catch {
      throw PlanFailure(error.message)
    }
    _ = try run(Self.settings)
    try readParents()
  }

  var joins: JoinMethod { .hashed }

  func plan(of statement: [SQLSegment]) throws(PlanFailure) -> [PlanStep] {
    let text = PlaceholderStyle.dollar.text(of: statement)
    let present = Set(
      statement.compactMap { segment -> Int? in
        switch segment {
        case .text, .rows: nil
        case .parameter(let index), .list(let index): index
        }
      })
    let byOrder = try steps(of: text, parameters: present, bitmaps: "off")
    guard byOrder.contains(where: { $0.kind == .scan }) else { return byOrder }
    let byBitmap = try steps(of: text, parameters: present, bitmaps: "on")
    func scans(_ steps: [PlanStep]) -> Int { steps.count { $0.kind == .scan } }
    return scans(byBitmap) < scans(byOrder) ? byBitmap : byOrder
  }

  /// - Parameter parameters: the numbers of those that stand in the text. Of one that stands only in a predicate that is left out
  ///   the server cannot infer a type; it gets one, and the others' are inferred.
  private func steps(of text: String, parameters: Set<Int>, bitmaps: String) throws(PlanFailure) -> [PlanStep] {
    let numbers = 1..<(parameters.max() ?? 0) + 1
    let types = numbers.map { parameters.contains($0) ? "unknown" : "text" }.joined(separator: ", ")
    let arguments = numbers.map { _ in "NULL" }.joined(separator: ", ")
    let rows = try run(
      """
      SET enable_bitmapscan = \(bitmaps); DEALLOCATE ALL; PREPARE sqlc_plan\(numbers.isEmpty ? "" : " (\(types))") AS \(text)
      ; EXPLAIN (VERBOSE, COSTS OFF, FORMAT JSON) EXECUTE sqlc_plan\(numbers.isEmpty ? "" : "(\(arguments))")
      """)
    guard let json = rows.rows.first?.first ?? nil else { return [] }
    do {
      let plans = try JSONDecoder().decode([ExplainedPlan].self, from: Data(json.utf8))
      var lowering = PlanLowering(names: names, parents: parents)
      for plan in plans { if let node = plan.plan { lowering.add(node, part: nil, under: nil) } }
      return lowering.merged
    } catch {
      throw PlanFailure("the server's plan cannot be read")
    }
  }

  func rowCount(of table: String) -> Int? {
    names.relation(ofFact: table).flatMap { rowCounts["\($0.schema).\($0.name)"] }
  }

  // MARK: Indexes

  func definition(of index: ProposedIndex) -> String {
    index.definition(on: names.relation(ofFact: index.table).map(target) ?? quoted(index.table), quoted: quoted)
  }

  func add(_ index: ProposedIndex) throws(PlanFailure) {
    try run(definition(of: index))
    if names.relation(ofFact: index.table)?.kind == .partitionedTable { try readParents() }
  }

  func remove(indexNamed name: String) throws(PlanFailure) {
    let reader = CatalogReader(connection: schema.connection, limit: schema.limit)
    let found: [CatalogRow]
    do throws(ServerProblem) {
      found = try reader.rows(
        """
        SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
        JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relname = \(literal(name))
        """)
    } catch {
      throw PlanFailure(error.message)
    }
    guard found.count == 1, let row = found.first else { throw PlanFailure("no index, or several, are '\(name)'") }
    try run("DROP INDEX \(row.text(0))")
    removed[name] = row.text(1)
  }

  func restore(indexNamed name: String) throws(PlanFailure) {
    if let definition = removed.removeValue(forKey: name) { try run(definition) }
  }

  private func readParents() throws(PlanFailure) {
    let rows = try run(
      """
      SELECT c.relname, r.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid AND c.relkind IN ('i', 'I')
      JOIN pg_class r ON r.oid = pg_partition_root(i.inhrelid)
      """)
    parents = [:]
    for row in rows.rows { if let child = row[0], let root = row[1] { parents[child] = root } }
  }

  // MARK: Text

  private func target(_ relation: CatalogRelation) -> String {
    relation.schema == "public" ? quoted(relation.name) : "\(quoted(relation.schema)).\(quoted(relation.name))"
  }

  /// As `quote_ident` writes it.
  private func quoted(_ name: String) -> String {
    let isPlain =
      name.utf8.allSatisfy {
        $0 == UInt8(ascii: "_") || UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0
          || UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0
      }
      && name.utf8.first.map { !(UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0) } ?? false
    return isPlain && !keywords.contains(name) ? name : SQLCOraclePostgreSQL.quoted(name)
  }

  @discardableResult
  private func run(_ sql: String) throws(PlanFailure) -> TextRows {
    do throws(PostgreSQLFailure) {
      return try schema.connection.execute(sql, deadline: .now + schema.limit)
    } catch {
      if case .server(let refusal) = error { throw PlanFailure(refusal.message) }
      throw PlanFailure(ServerProblem(error, doing: "plan a query").message)
    }
  }
}

/// What facts call the server's relations.
struct RelationNames {
  private var facts: [String: [String: String]] = [:]
  private var relations: [String: CatalogRelation] = [:]
  private var partitions: [String: Set<String>] = [:]

  init(_ catalog: PostgreSQLCatalog) {
    for (id, relation) in catalog.relations {
      let name = catalog.factName(of: id)
      facts[relation.schema, default: [:]][relation.name] = name
      if catalog.root(of: id) == id { relations[name.lowercased()] = relation }
      if relation.isPartition { partitions[relation.schema, default: []].insert(relation.name) }
    }
  }

  func fact(_ schema: String, _ name: String) -> String { facts[schema]?[name] ?? name }

  func relation(ofFact name: String) -> CatalogRelation? { relations[name.lowercased()] }

  func isPartition(_ schema: String, _ name: String) -> Bool { partitions[schema]?.contains(name) == true }
}
