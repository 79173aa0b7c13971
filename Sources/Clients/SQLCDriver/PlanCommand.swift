// `plan`: how the engine would run one query, and the index that it wants.

import SQLCAnalysis
import SQLCConcurrency
import SQLCDiagnostics
import SQLCEngine
import SQLCFacts
import SQLCPlans
import SQLCVet

/// Prints the plan of a query: of each combination that has another one, with the advice.
///
/// - Parameters:
///   - name: the query's, in any block.
///   - database: whose statistics plans are made with, seen from where the user stands.
public func plan(_ context: CommandContext, of name: String, database: String? = nil) throws -> CommandOutcome {
  try onDeepStack {
    let workspace = Workspace(at: context.location, files: context.fileSystem, engines: context.engines)
    let snapshot = try workspace.snapshot(progress: context.progress)
    let project = snapshot.project
    let errors = project.judged(snapshot.diagnostics.filter { $0.severity == .error }, tried: .analysis)
      .filter { $0.severity == .error }
    guard errors.isEmpty else {
      return CommandOutcome(standardError: render(errors, in: project.sources, as: context.format), exit: .failure)
    }
    let settings = VetPlan(project.vet, files: project.vetFiles) { ruleRegistry[$0] != nil }
    let statistics = try database.map { try planStatistics(of: $0, for: snapshot.blocks, context) }
    var text = ""
    for block in snapshot.blocks {
      guard let query = block.query(named: name), let model = query.model else { continue }
      guard let engine = block.engine as? any PlanningEngine, block.witness == .engine else {
        return failure("'\(block.engine.name)' is not there to tell plans")
      }
      let inspector = block.inspector as? any FactInspector
      let plans = BlockPlans(
        [QueryToPlan(query.analyzed, model)], over: inspector?.schemaFacts() ?? SchemaFacts(), inspector: inspector,
        by: try engine.planner(
          over: block.block.schema, statistics: statistics?.statistics(for: block.engine.name)),
        options: settings.planOptions)
      guard var found = plans.queries.first else { continue }
      found.query = query.annotated
      if let reason = found.failure { return failure("'\(name)' has no plan: \(reason.message)") }
      text += (text.isEmpty ? "" : "\n") + printed(found, plans)
    }
    return text.isEmpty ? failure("there is no query '\(name)'") : CommandOutcome(standardOutput: text)
  }
}

private func failure(_ message: String) -> CommandOutcome {
  CommandOutcome(standardError: "sqlc-swift: error: \(message)\n", exit: .failure)
}

private func printed(_ query: QueryPlans, _ plans: BlockPlans) -> String {
  var lines: [String] = []
  let source = query.query.source
  let line = LineIndex(source.text).position(at: query.query.nameRange.lower).line
  lines.append("\(query.model.name)  \(source.path):\(line)")
  // Combinations with one plan stand together.
  var groups: [(tree: [String], combinations: [String])] = []
  for statement in query.statements {
    let tree = planTree(of: statement.steps)
    if let place = groups.firstIndex(where: { $0.tree == tree }) {
      groups[place].combinations.append(statement.combination)
    } else {
      groups.append((tree, [statement.combination]))
    }
  }
  for group in groups {
    if groups.count > 1 { lines.append("with \(group.combinations.joined(separator: " | "))") }
    lines += group.tree.isEmpty ? ["no table is read"] : group.tree
  }
  for wanted in plans.wanted {
    lines.append("")
    lines.append("wanted, as the plan with it is better:")
    lines += wanted.definitions.map { "  \($0);" }
    if let replaces = wanted.replaces { lines.append("  DROP INDEX \(replaces);  -- the new one does what it did") }
  }
  for (combination, advice) in query.advice {
    lines.append(combination.isEmpty ? "the plan then:" : "the plan of '\(combination)' then:")
    lines += planTree(of: advice.steps)
  }
  return lines.joined(separator: "\n") + "\n"
}
