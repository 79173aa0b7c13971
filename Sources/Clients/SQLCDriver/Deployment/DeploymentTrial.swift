// The queries of one revision on the schema of another.

import SQLCAnalysis
import SQLCDiagnostics
import SQLCEngine
import SQLCExercise
import SQLCModel

struct DeploymentTrial {
  let options: ExerciseOptions

  /// Runs the queries as the code of `revision` has them, with what that code claims of them, on the other's schema; what was
  /// so on its own schema already is no fault of the other.
  func queries(of revision: BlockAnalysis, on other: BlockAnalysis) throws -> [QueryVerdict] {
    if revision.model.queries.isEmpty { return [] }
    let engine = trialEngine(of: revision.block.settings)
    let own = try exercise(
      revision.model, schema: schemaStatements(of: revision.block), on: engine, options: options)
    // Rows are made for the tables that are there.
    var model = other.model
    model.queries = revision.model.queries
    model.enumerations = revision.model.enumerations
    let there: ExerciseReport
    do throws(ExerciseError) {
      there = try exercise(model, schema: schemaStatements(of: other.block), on: engine, options: options)
    } catch {
      let reason = "the schema cannot be made where this code registers what it does: \(error.message)"
      return revision.model.queries.map { QueryVerdict(name: $0.name, outcome: .fails([reason])) }
    }
    let readings = try readings(of: revision, on: other)
    let keys = try NewKeys(on: other.block, since: revision.block, engine)
    return zip(revision.model.queries, zip(own.queries, there.queries)).map { query, outcomes in
      let judged = Judged(
        query: query, own: outcomes.0, there: outcomes.1, reading: readings[query.name] ?? Diagnosed(nil))
      return QueryVerdict(name: query.name, outcome: judged.outcome(newKeys: keys))
    }
  }

  /// What the analysis says of the queries' text over the other schema.
  private func readings(
    of revision: BlockAnalysis, on other: BlockAnalysis
  ) throws -> [String: Diagnosed<QueryModel?>] {
    let schema = try revision.engine.load(other.block.schema)
    if schema.diagnostics.hasErrors { return [:] }
    let queries = revision.snapshot.queries.map(\.analyzed)
    let found = try schema.value.analyze(queries, progress: { _ in })
    return Dictionary(zip(queries.map(\.name), found), uniquingKeysWith: { first, _ in first })
  }
}

/// Keys of tables that the other schema has and this one has not.
private struct NewKeys {
  private var byTable: [String: [[String]]] = [:]

  init(on other: ProjectBlock, since block: ProjectBlock, _ engine: any TrialEngine) throws {
    byTable = try Self.keys(on: other, since: block, engine)
  }

  private static func keys(
    on other: ProjectBlock, since block: ProjectBlock, _ engine: some TrialEngine
  ) throws -> [String: [[String]]] {
    let new = try engine.open(until: .none)
    let old = try new.makeAnother()
    for statement in schemaStatements(of: other) { try new.execute(statement) }
    for statement in schemaStatements(of: block) { try old.execute(statement) }
    let (after, before) = (try new.schema(), try old.schema())
    var found: [String: [[String]]] = [:]
    for table in after.objects.filter({ $0.kind == .table }).map(\.name) where before.hasTable(table) {
      let had = before.uniqueKeys(of: table)
      let columns = Set(before.columns(of: table))
      found[table.lowercased()] = after.uniqueKeys(of: table)
        .filter { key in !had.contains { $0.implies(key) } && columns.isSuperset(of: key.columns.keys) }
        .map { $0.columns.keys.sorted() }
    }
    return found
  }

  /// Those that can refuse what a query writes.
  func refusing(_ query: QueryModel) -> [String] {
    query.writes.flatMap { table in
      (byTable[table.name.lowercased()] ?? []).map { columns in
        "a new key of '\(table.name)' (\(columns.joined(separator: ", "))) can refuse what it writes"
      }
    }
  }
}

private struct Judged {
  let query: QueryModel
  let own: QueryOutcome
  let there: QueryOutcome
  let reading: Diagnosed<QueryModel?>

  func outcome(newKeys: NewKeys) -> QueryVerdict.Outcome {
    var reasons: [String] = []
    func add(_ reason: String) { if !reasons.contains(reason) { reasons.append(reason) } }
    for failure in there.failures.keys.sorted() where own.failures[failure] == nil { add(failure) }
    for refusal in there.refusals.keys.sorted() where own.refusals[refusal] == nil && !isKey(refusal) { add(refusal) }
    let differences = reading.value.map(differences) ?? []
    differences.forEach(add)
    for finding in there.findings where !own.findings.contains(where: { $0.kind == finding.kind }) {
      // The difference says what is behind it.
      if case .value = finding.kind, !differences.isEmpty { continue }
      add(finding.kind.words)
    }
    newKeys.refusing(query).forEach(add)
    if reasons.isEmpty, there.executions == 0 {
      if own.executions > 0 { reasons = ["no run comes to its end"] }
      // The time was up: what the analysis says is all there is.
      if there.failures.isEmpty, there.refusals.isEmpty {
        reasons += reading.diagnostics.filter { $0.severity == .error }.map(\.message).prefix(1)
      }
    }
    if !reasons.isEmpty { return .fails(reasons) }
    return there.executions > 0 ? .holds : .prepared
  }

  /// Equal values come by chance; keys that are new are found by looking at both schemas.
  private func isKey(_ refusal: String) -> Bool { refusal.lowercased().contains("unique") }

  /// What the code reads otherwise than it was compiled for.
  private func differences(from other: QueryModel) -> [String] {
    let columns = Dictionary(other.columns.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    var found: [String] = []
    let hasWrongValues = there.findings.contains { if case .value = $0.kind { true } else { false } }
    for column in query.columns {
      guard let new = columns[column.name] else { continue }
      // Values of some types can be read as another: an integer as a floating-point number.
      if new.typeName != column.typeName, hasWrongValues || there.rows == 0 {
        found.append("'\(column.name)' is \(new.typeName), and the code reads \(column.typeName)")
      }
      if new.nullability.isOptional, !column.nullability.isOptional {
        found.append("'\(column.name)' can be NULL, and the code does not expect it")
      }
    }
    for (parameter, new) in zip(query.parameters, other.parameters) where parameter.name == new.name {
      if new.typeName != parameter.typeName {
        found.append("'\(parameter.name)' is \(new.typeName), and the code gives \(parameter.typeName)")
      }
      if parameter.nullability.isOptional, !new.nullability.isOptional {
        found.append("'\(parameter.name)' cannot be NULL, and the code may give it")
      }
    }
    return found
  }
}

extension QueryModel {
  fileprivate var columns: [ResultColumnModel] {
    results.flatMap { result in
      switch result {
      case .column(let column): [column]
      case .embed(let embed):
        embed.columns.map { column in
          var column = column
          column.name = "\(embed.name).\(column.name)"
          return column
        }
      }
    }
  }
}

extension Finding.Kind {
  fileprivate var words: String {
    switch self {
    case .value(let column, let claim, let found): "'\(column.name)' is said to be \(claim), and gave \(found)"
    case .assertion(let column, _): "'\(column)' is said by its author never to be NULL, and was"
    case .rowCount(let claim, let found): "\(claim.rawValue) is claimed, and \(found) rows came"
    case .parents(let keys, let found): "its key tells \(keys) parents apart, and there were \(found)"
    case .page(let row, let count, _): "behind row \(row) of \(count) come other rows by its cursor"
    case .writes(let tables): "it changes rows of \(tables.joined(separator: ", ")) besides"
    }
  }
}
