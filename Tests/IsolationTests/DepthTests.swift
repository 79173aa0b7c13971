// What a proof costs, and what is said where it is given up.

import SQLCDiagnostics
import SQLCFacts
import SQLCIsolation
import Testing

@Suite struct DepthTests {
  /// Each level is in the one above it; the innermost condition decides.
  private func nested(_ depth: Int, _ innermost: String) -> String {
    var query = innermost
    for level in 0..<depth {
      let (table, column) = level.isMultiple(of: 2) ? ("projects", "id") : ("tasks", "project_id")
      query = "SELECT \(column) FROM \(table) WHERE user_id = @user_id AND \(column) IN (\(query))"
    }
    return "-- name: Nested :many\n\(query);\n"
  }

  /// Once for what it says and once for what it reads, at each level anew: 3 to the 6th, if nothing is remembered.
  @Test func subqueriesInSubqueriesAreLookedThrough() throws {
    let corpus = try Corpus("schema.sql", tenants)
    func findings(_ innermost: String) throws -> [IsolationFinding] {
      let file = SourceFile(path: "nested.sql", text: nested(6, innermost))
      return try corpus.cases(in: file).flatMap(corpus.findings)
    }
    #expect(try findings("SELECT project_id FROM tasks WHERE user_id = @user_id") == [])
    #expect(try findings("SELECT project_id FROM tasks WHERE status = 'open'").map(\.kind) == [.unrestricted])
  }

  // MARK: Common tables by hand: SQLite itself expands no more than 200.

  private static let schema = SchemaFacts(tables: [
    TableFact(
      name: "nodes", kind: .table,
      columns: ["id", "user_id", "parent_id"].map { name in
        ColumnFact(
          name: name, declaredType: "INTEGER", typeName: "INTEGER", isNullable: false, isNotNull: true,
          defaultText: nil,
          isGenerated: false, presence: .visible, collation: nil, source: nil)
      },
      keys: [KeyFact(kind: .primary, name: nil, columns: [0], source: nil)], source: nil)
  ])

  private func column(_ source: Int, _ index: Int) -> RelationalExpression {
    RelationalExpression(.column(RelationColumn(source: source, index: index)), range: ByteRange(at: 0))
  }

  private func source(_ id: Int, _ kind: RelationalSource.Kind) -> RelationalFrom {
    .source(RelationalSource(id: id, name: "s\(id)", kind: kind, range: ByteRange(id, id + 1)))
  }

  private func equal(_ left: RelationalExpression, _ right: RelationalExpression) -> RelationalExpression {
    RelationalExpression(.compare(.equal, left, right, .exact), range: ByteRange(at: 0))
  }

  private func query(
    _ outputs: [RelationalExpression], _ from: RelationalFrom, _ condition: RelationalExpression?,
    with tables: [RelationalCommonTable] = []
  ) -> RelationalQuery {
    RelationalQuery(
      commonTables: tables,
      body: .select(
        RelationalSelect(
          duplicates: .kept, outputs: outputs, from: from, condition: condition, grouping: .none, having: nil,
          range: ByteRange(at: 0))),
      orderBy: [], limit: nil, offset: nil, range: ByteRange(at: 0))
  }

  /// `WITH c0 AS (SELECT … FROM nodes), c1 AS (SELECT … FROM c0 a JOIN c0 b ON …), … SELECT id FROM c WHERE …`
  private func doubling(
    _ levels: Int, joinedBy joint: (Int, Int) -> RelationalExpression, restricted: RelationalExpression?,
    outside: RelationalExpression?
  ) -> RelationalStatement {
    var tables = [
      RelationalCommonTable(
        id: 0, name: "c0", isRecursive: false,
        query: query((0..<3).map { column(1, $0) }, source(1, .table("nodes")), restricted))
    ]
    for level in 1...levels {
      let (a, b) = (level * 2, level * 2 + 1)
      tables.append(
        RelationalCommonTable(
          id: level, name: "c\(level)", isRecursive: false,
          query: query(
            [column(a, 0), column(a, 1), column(b, 2)],
            .join(
              .inner, source(a, .commonTable(level - 1)), source(b, .commonTable(level - 1)), condition: joint(a, b)),
            nil)))
    }
    let last = levels * 2 + 2
    return RelationalStatement(
      body: .query(query([column(last, 0)], source(last, .commonTable(levels)), outside, with: tables)),
      parameterNames: ["user_id"], path: "q.sql")
  }

  private var parameter: RelationalExpression { RelationalExpression(.parameter(1), range: ByteRange(at: 0)) }

  private func kinds(_ statement: RelationalStatement, steps: Int = IsolationProof.standardSteps) -> [String] {
    IsolationProof(Self.schema, tenants, mostSteps: steps).findings(of: statement).map(\.kind.rawValue).sorted()
  }

  /// The 40th of them reads the first one 10^12 times.
  @Test func commonTablesThatDoubleAreLookedThroughOnce() {
    let byParent = { (a: Int, b: Int) in equal(column(b, 0), column(a, 2)) }
    let own = equal(column(1, 1), parameter)
    #expect(kinds(doubling(40, joinedBy: byParent, restricted: own, outside: nil)) == [])
    #expect(kinds(doubling(40, joinedBy: byParent, restricted: nil, outside: nil)).contains("unrestricted"))
    // The same row twice is one.
    let byKey = { (a: Int, b: Int) in equal(column(b, 0), column(a, 0)) }
    let outside = equal(column(82, 1), parameter)
    #expect(kinds(doubling(40, joinedBy: byKey, restricted: nil, outside: outside)) == [])
    // One tenant's rows throughout, whoever's they are.
    let byTenant = { (a: Int, b: Int) in
      RelationalExpression(
        .all([equal(column(b, 0), column(a, 2)), equal(column(b, 1), column(a, 1))]), range: ByteRange(at: 0))
    }
    #expect(kinds(doubling(40, joinedBy: byTenant, restricted: nil, outside: outside)) == [])
  }

  /// What is left out of a summary is no silent pass: it can only be said that nobody knows.
  @Test func whatIsTooLargeIsSaid() {
    let byParent = { (a: Int, b: Int) in equal(column(b, 0), column(a, 2)) }
    let outside = equal(column(22, 1), parameter)
    let found = kinds(doubling(10, joinedBy: byParent, restricted: nil, outside: outside))
    #expect(found.contains("unexplored"), "\(found)")
    #expect(
      kinds(doubling(3, joinedBy: byParent, restricted: equal(column(1, 1), parameter), outside: nil), steps: 10)
        == ["unexplored"])
  }
}
