// Proves that a statement reads and writes rows of guarded tables of one tenant only.
//
// Each occurrence of a guarded table is an obligation: that its guarding column is the same as a parameter in every row. An
// obligation is settled by what all rows fulfil (`Knowledge`): equalities of WHERE and of inner ON, those that follow from
// keys, foreign keys, IN and EXISTS, and those of the queries around. What is not settled where a table is read may be settled
// further out, since a restriction on a column can be moved into a derived table, a view, a common table or both sides of a
// UNION; but not past what looks at several rows at once:
//
// | in between                | settled further out                                              |
// |---------------------------|------------------------------------------------------------------|
// | projection, DISTINCT      | when the guarding column, or what is the same, is among the outputs |
// | UNION, EXCEPT, INTERSECT  | likewise, at the same place of each arm                          |
// | GROUP BY                  | when it is by the guarding column                                |
// | aggregates without        | never; but FILTER settles it where it stands                     |
// | window functions          | when they are partitioned by the guarding column                 |
// | LIMIT, OFFSET             | never                                                            |
// | recursion                 | when each step keeps the column as it is                         |
// | nullable side of a join   | never; its own ON settles it, and what is known of the other side |
//
// Deliberately not modelled: what an error tells (a key that is taken, a reference that does not exist), triggers, and actions
// of foreign keys.

public import SQLCFacts

/// What of a statement is not proven to be restricted; nothing when all of it is.
///
///     isolationFindings(of: statement, in: schema, IsolationPolicy(.tenant, column: "user_id"))
public func isolationFindings(
  of statement: RelationalStatement, in schema: SchemaFacts, _ policy: IsolationPolicy
) -> [IsolationFinding] {
  IsolationProof(schema, policy).findings(of: statement)
}

/// The tables of a schema that a policy guards, looked up once for many statements.
public struct IsolationProof: Sendable {
  let tables: GuardedTables
  private let mostSteps: Int

  /// What people write takes some hundred steps; so many are about a second's work.
  public static let standardSteps = 2_000_000

  /// - Parameter mostSteps: after so many steps a statement is given up, which is a finding.
  public init(_ schema: SchemaFacts, _ policy: IsolationPolicy, mostSteps: Int = standardSteps) {
    tables = GuardedTables(schema, policy)
    self.mostSteps = mostSteps
  }

  /// Does the policy guard the table?
  public func guards(_ table: String) -> Bool { tables[table]?.guarding != nil }

  public func findings(of statement: RelationalStatement) -> [IsolationFinding] {
    let prover = Prover(tables, mostSteps)
    prover.listParameters = statement.listParameters
    prover.prove(statement.body)
    return prover.findings
  }
}

/// An occurrence of a guarded table that is not settled yet.
struct Obligation {
  /// Values one of which has to be the tenant's.
  var owners: [Node]
  var occurrence: Int
  var table: String
  var column: String
  var range: Range<Int>
  /// What could settle it is left out of a summary.
  var isCut = false
}

/// The rows of a query, as far as they are known.
struct Rows {
  var knowledge = Knowledge()
  var outputs: [Node?] = []
  var open: [Obligation] = []
  var occurrences: Set<Int> = []
}

/// What names mean at a place.
struct Environment {
  struct Common {
    var table: RelationalCommonTable
    /// Another for each time that the query around it is looked at.
    var definition: Int
    var scope: Scope
  }

  /// A WITH clause where it stands: its common tables can name one another.
  struct Scope {
    var tables: [RelationalCommonTable]
    var firstDefinition: Int
    var around: Environment
    /// What is known there.
    var context: Knowledge

    /// What names mean in it.
    var environment: Environment {
      var result = around
      for (place, table) in tables.enumerated() {
        result.commons[table.id] = Common(table: table, definition: firstDefinition + place, scope: self)
      }
      return result
    }
  }

  /// The occurrence that a source is.
  var sources: [Int: Int] = [:]
  var commons: [Int: Common] = [:]
  /// The occurrence that stands for the rows of a recursive common table so far.
  var recursive: [Int: (occurrence: Int, width: Int)] = [:]
  /// Where a view is read: what is found in it is said there.
  var place: Range<Int>?
}

/// State of one proof. A class, since every part of a statement adds to it.
final class Prover {
  let tables: GuardedTables
  private(set) var findings: [IsolationFinding] = []
  private var settled: [Settled] = []
  var summaries: [SharedRelation: Summary] = [:]
  /// Relations whose summaries are being made.
  var begun: Set<SharedRelation> = []
  /// Something was met that nothing is known of.
  var isIncomplete = false
  /// The table that an occurrence is of.
  private(set) var scanned: [Int: String] = [:]
  private var occurrences = 0
  private var definitions = 0
  private var muted = 0
  private var effort = Effort()
  private let mostSteps: Int

  /// Those that are no one value.
  var listParameters: Set<Int> = []

  init(_ tables: GuardedTables, _ mostSteps: Int) {
    self.tables = tables
    self.mostSteps = mostSteps
  }

  var policy: IsolationPolicy { tables.policy }
  var isExhausted: Bool { effort.steps > mostSteps }

  func newOccurrence() -> Int { newOccurrences(1) + 1 }

  /// The number before the first of so many new ones.
  func newOccurrences(_ count: Int) -> Int {
    defer { occurrences += count }
    return occurrences
  }

  func note(_ table: String, as occurrence: Int) { scanned[occurrence] = table }

  func classes(of knowledge: Knowledge) -> Classes { tables.classes(of: knowledge, &effort) }

  /// What names mean behind a WITH clause.
  func defining(
    _ tables: [RelationalCommonTable], in environment: Environment, _ context: Knowledge
  ) -> Environment {
    guard !tables.isEmpty else { return environment }
    defer { definitions += tables.count }
    return Environment.Scope(
      tables: tables, firstDefinition: definitions, around: environment, context: context
    ).environment
  }

  /// Nobody asks for what is open: knowledge alone is looked for.
  var isQuiet: Bool { muted > 0 }

  /// What is looked at only for what it says.
  func quietly<Result>(_ work: () -> Result) -> Result {
    muted += 1
    defer { muted -= 1 }
    return work()
  }

  /// What is found and settled by some work, and nowhere else.
  func apart(_ work: () -> Rows) -> (rows: Rows, findings: [IsolationFinding], settled: [Settled]) {
    let outside = (findings, settled)
    (findings, settled) = ([], [])
    defer { (findings, settled) = outside }
    let rows = work()
    return (rows, findings, settled)
  }

  func report(_ kind: IsolationFinding.Kind, table: String, column: String, _ reason: String, at range: Range<Int>) {
    add(IsolationFinding(kind: kind, table: table, column: column, reason: reason, range: range))
  }

  func add(_ finding: IsolationFinding) {
    guard !isQuiet else { return }
    let isKnown = findings.contains {
      $0.range == finding.range && $0.table == finding.table
        && ($0.kind == finding.kind || finding.kind == .unrestricted)
    }
    if !isKnown { findings.append(finding) }
  }

  /// Nothing further out can settle them.
  func lose(_ open: [Obligation], _ kind: IsolationFinding.Kind, _ reason: (Obligation) -> String) {
    for obligation in open {
      report(
        obligation.isCut ? .unexplored : kind, table: obligation.table, column: obligation.column,
        obligation.isCut
          ? "it is one of more than \(Self.mostScans) tables that are joined by the view or common table, which are too many to look through"
          : reason(obligation),
        at: obligation.range)
    }
  }

  func loseUnrestricted(_ open: [Obligation]) {
    lose(open, .unrestricted) { obligation in
      let isOwn = tables[obligation.table].map { if case .column? = $0.guarding { true } else { false } } ?? true
      switch policy.kind {
      case .softDelete: return "no condition that every row fulfils asks for '\(obligation.column)' to be NULL"
      case .tenant where isOwn:
        return "no condition that every row fulfils equates '\(obligation.column)' with a parameter"
      case .tenant:
        return "its rows belong to whom '\(obligation.column)' refers to, and that is no row of one tenant here"
      }
    }
  }

  /// Those that the knowledge does not settle.
  func settle(_ open: [Obligation], _ knowledge: Knowledge) -> [Obligation] {
    // No row is read.
    guard !open.isEmpty, !knowledge.isImpossible else { return [] }
    let classes = classes(of: knowledge)
    return open.filter { obligation in
      var tokens: Set<Node> = []
      for owner in obligation.owners { tokens.formUnion(tables.tokens(of: owner, classes)) }
      if !tokens.isEmpty { noteSettled(tokens, obligation) }
      return tokens.isEmpty
    }
  }

  func noteSettled(_ tokens: Set<Node>, _ obligation: Obligation) {
    if !isQuiet { settled.append(Settled(tokens: tokens, obligation: obligation)) }
  }

  // MARK: Statements

  func prove(_ body: RelationalStatement.Body) {
    switch body {
    case .query(let query): loseUnrestricted(rows(of: query, Environment(), Knowledge()).open)
    case .insert(let insert): prove(insert)
    case .update(let update): prove(update)
    case .delete(let delete): prove(delete)
    case .other: break
    }
    if isExhausted || isIncomplete {
      report(
        .unexplored, table: "", column: policy.column,
        isExhausted ? "it is too large to be looked through" : "one of its common tables is not understood", at: 0..<0)
    }
    checkOneTenant()
  }

  /// All parts are restricted by the same parameter.
  private func checkOneTenant() {
    guard var common = settled.first?.tokens else { return }
    for other in settled.dropFirst() {
      let rest = common.intersection(other.tokens)
      if rest.isEmpty {
        let obligation = other.obligation
        return report(
          .several, table: obligation.table, column: obligation.column,
          "this is restricted by another parameter than what stands before", at: obligation.range)
      }
      common = rest
    }
  }
}
