// `vet`: rules over facts.

import SQLCAnalysis
import SQLCConcurrency
public import SQLCDiagnostics
import SQLCPlans
import SQLCVet

/// How `vet` is asked.
public struct VetRequest: Sendable {
  /// What ends the process with 1.
  public enum Denied: Sendable, Hashable { case errors, warnings }

  public enum Fixes: Sendable, Hashable { case made, shown }

  public var denied = Denied.errors
  public var fixes = Fixes.shown
  /// Where the facts are written, seen from where the user stands.
  public var dump: String?
  /// A database whose statistics plans are made with, seen from where the user stands.
  public var database: String?
  public var plans = Plans.compared
  public var format: ReportFormat

  /// What becomes of the plans that were written down.
  public enum Plans: Sendable, Hashable { case compared, written }

  public init(format: ReportFormat = .text(.plain)) { self.format = format }
}

/// Asks the project's rules about its schema and queries.
public func vet(_ context: CommandContext, _ request: VetRequest) throws -> CommandOutcome {
  try onDeepStack {
    var run = try VetRun(context, request)
    if run.isSound, let path = request.dump { try run.dump(to: path, context) }
    var fixed: [String] = []
    if request.fixes == .made, run.isSound {
      fixed = try run.fix(context).map { "fixed \($0)" }
      run = try VetRun(context, request)
    }
    if request.plans == .written, run.isSound {
      fixed += try run.writePlans(context)
      run = try VetRun(context, request)
    }
    var outcome = run.outcome(request)
    outcome.standardOutput = fixed.map { "\($0)\n" }.joined() + outcome.standardOutput
    return outcome
  }
}

/// The rules that come with the tool, as `explain` shows them: their names, or the pages of one.
public func vetPages(of name: String? = nil) -> [VetRulePage] {
  shippedRules.filter { name == nil || $0.id.description == name || $0.id.name == name }.map(VetRulePage.init)
}

/// A rule that comes with the tool.
public struct VetRulePage: Sendable {
  public var id: DiagnosticID
  public var level: Severity
  public var why: String
  public var fix: String
  public var example: String
  public var corrected: String
  public var select: String

  init(_ rule: VetRule) {
    id = rule.id
    level = rule.level
    why = rule.page.why
    fix = rule.page.fix
    example = rule.page.example
    corrected = rule.page.corrected
    select = rule.select
  }
}

/// One run over a project.
struct VetRun {
  private let snapshot: Snapshot
  private var vetting: Vetting?
  private let plan: VetPlan
  /// What is wrong with the project itself: nothing is asked then.
  private(set) var problems: [Diagnostic]
  /// What is wrong with queries: of the others all is asked, but for what needs to know every query.
  private var mistakes: [Diagnostic] = []
  private(set) var found: [Diagnostic] = []

  var isSound: Bool { !problems.hasErrors }

  init(_ context: CommandContext, _ request: VetRequest) throws {
    let workspace = Workspace(at: context.location, files: context.fileSystem, engines: context.engines)
    try self.init(workspace.snapshot(progress: context.progress), context, request)
  }

  /// - Parameter addition: the fix that adds a definition to the schema.
  init(
    _ snapshot: Snapshot, _ context: CommandContext, _ request: VetRequest,
    addition: (Violation) -> FixIt? = { _ in nil }
  ) throws {
    self.snapshot = snapshot
    let project = snapshot.project
    plan = VetPlan(project.vet, files: project.vetFiles) { ruleRegistry[$0] != nil }
    problems = project.judged(
      snapshot.diagnostics.filter { $0.severity == .error } + plan.diagnostics, tried: .analysis
    )
    .filter { $0.severity == .error }
    // The plans of some queries are not what is to be written down.
    if request.plans == .compared {
      let files = Set(snapshot.blocks.flatMap(\.block.queries).map(\.path))
        .subtracting(snapshot.blocks.flatMap(\.block.schema).map(\.path))
      mistakes = problems.filter { files.contains($0.primary.source.path) }
      problems.removeAll { files.contains($0.primary.source.path) }
    }
    guard isSound else { return }
    var planning = plan.planning
    if planning == nil, request.dump != nil || request.plans == .written {
      planning = VetPlanning()
      planning?.options = plan.planOptions
    }
    if planning != nil, let path = project.vet.plans {
      let target = outputFolder(path, base: project.base, on: context.fileSystem)
      problems += target.diagnostics
      let file = target.value
      guard isSound else { return }
      if context.fileSystem.kind(of: file) != nil {
        planning?.baseline = (String(decoding: try context.fileSystem.read(file), as: UTF8.self), path.source)
      } else if request.plans == .compared {
        problems.append(missingPlans(path.value, at: path.source))
      }
    } else if request.plans == .written, project.vet.plans == nil {
      problems.append(
        missingPlans(nil, at: SourceRange(path: project.configuration ?? "", range: ByteRange(at: 0))))
    }
    guard isSound else { return }
    if let database = request.database {
      guard planning != nil else {
        throw StatisticsProblem(
          description: "'--database' is for rules that ask about plans, and none is on: 'vet.packs' lacks 'plans'")
      }
      let known = try planStatistics(of: database, for: snapshot.blocks, context)
      planning?.statistics = [known.engine: known.statistics]
    }
    let vetting = try Vetting(
      snapshot, in: makeFactDatabase(), policies: plan.policies, options: plan.options, planning: planning,
      scope: request.dump != nil ? .syntax : VetScope(neededBy: plan.rules))
    self.vetting = vetting
    problems += vetting.check(plan.rules)
    guard isSound else { return }
    ask(vetting, addition)
  }

  private mutating func ask(_ vetting: Vetting, _ addition: (Violation) -> FixIt?) {
    let project = snapshot.project
    var used: Set<Int> = []
    var diagnostics = vetting.diagnostics + vetting.unreadSyntax(of: plan.rules)
    for rule in plan.rules {
      for violation in vetting.violations(of: rule) {
        let place = plan.exceptions.firstIndex { $0.excepts(violation, of: rule) }
        if let place {
          used.insert(place)
        } else {
          var diagnostic = violation.diagnostic
          if let fix = addition(violation) { diagnostic.fixIts.append(fix) }
          diagnostics.append(diagnostic)
        }
      }
    }
    for (index, exception) in plan.exceptions.enumerated() where !used.contains(index) && mistakes.isEmpty {
      diagnostics.append(exception.unused)
    }
    let source = SourceRange(path: project.configuration ?? "", range: ByteRange(at: 0))
    let preset = plan.levels.sorted { $0.key < $1.key }.map {
      RuleSetting(name: $0.key, level: $0.value, source: source)
    }
    // What is said of a query with errors, or would be, nobody knows.
    let asked = mistakes.isEmpty ? Set(plan.rules.map(\.id.pass)) : []
    found = project.judged(diagnostics, tried: .vet(asked), after: preset)
  }

  func outcome(_ request: VetRequest) -> CommandOutcome {
    let sources = snapshot.project.sources
    guard isSound else {
      return CommandOutcome(standardError: render(problems, in: sources, as: request.format.plain), exit: .failure)
    }
    let worst = request.denied == .warnings ? Severity.warning : .error
    let report = Report(
      diagnostics: mistakes + found, sources: sources,
      rules: plan.rules.map { ReportRule(id: $0.id, level: $0.level, summary: $0.page.why, help: $0.page.fix) })
    var text = report.render(as: request.format)
    if case .text = request.format { text += summary }
    return CommandOutcome(
      standardOutput: text,
      exit: !mistakes.isEmpty ? .failure : found.contains { $0.severity >= worst } ? .drift : .success)
  }

  /// `vetted 12 tables and 40 queries by 46 rules: 1 error, 3 warnings`
  private var summary: String {
    let tables = snapshot.blocks.reduce(0) { $0 + $1.schema.tables.count }
    let queries = snapshot.blocks.reduce(0) { $0 + $1.queryCount }
    let counts = [(Severity.error, "error"), (.warning, "warning"), (.note, "note")].compactMap { level, word in
      let number = (mistakes + found).count { $0.severity == level }
      return number > 0 ? count(number, word) : nil
    }
    let vetted = snapshot.blocks.reduce(0) { $0 + $1.queries.count { $0.model != nil } }
    let those = vetted == queries ? "" : "\(vetted) of "
    return
      "vetted \(count(tables, "table")) and \(those)\(count(queries, "query", "queries")) by \(count(plan.rules.count, "rule")): "
      + (counts.isEmpty ? "nothing to say" : counts.joined(separator: ", ")) + "\n"
  }

  // MARK: Files

  /// Writes the plans down that are compared from now on.
  func writePlans(_ context: CommandContext) throws -> [String] {
    guard let vetting, let path = snapshot.project.vet.plans else { return [] }
    let text = PlanBaseline.text(of: vetting.plans.flatMap(\.queries))
    try replace(join(snapshot.project.base, path.value), with: Array(text.utf8), on: context.fileSystem)
    return [
      "wrote the plans of \(count(vetting.plans.reduce(0) { $0 + $1.queries.count }, "query", "queries")) to \(path.value)"
    ]
  }

  func dump(to path: String, _ context: CommandContext) throws {
    guard let vetting else { return }
    let target = join(context.location.workingDirectory, path)
    try replace(target, with: try vetting.database.bytes(), on: context.fileSystem)
  }

  /// Makes the safe fixes in query files, and in schemas that are no migrations, since a migration that has run somewhere must
  /// stay what it was.
  func fix(_ context: CommandContext) throws -> [String] {
    var files: Set<String> = []
    for block in snapshot.blocks {
      files.formUnion(block.block.queries.map(\.path))
      if !hasMigrationSteps(block.block, rules: block.engine.lexicalRules) {
        files.formUnion(block.block.schema.map(\.path))
      }
    }
    var edits: [String: [FixIt.Edit]] = [:]
    var lines: [String] = []
    for diagnostic in found {
      guard let fix = diagnostic.fixIts.first(where: { $0.applicability == .safe }), let edit = fix.edits.first,
        fix.edits.count == 1, files.contains(edit.source.path),
        edits[edit.source.path, default: []].allSatisfy({
          $0.source.range.upper < edit.source.range.lower || edit.source.range.upper < $0.source.range.lower
        })
      else { continue }
      edits[edit.source.path, default: []].append(edit)
      lines.append("\(edit.source.path): \(fix.message)")
    }
    var changes = ChangeSet()
    for (path, edits) in edits.sorted(by: { $0.key < $1.key }) {
      let absolute = join(snapshot.project.base, path)
      let old = try context.fileSystem.read(absolute)
      let new = applied(edits, to: old)
      changes.changes.append(
        FileChange(
          path: absolute,
          kind: .modify(old: String(decoding: old, as: UTF8.self), new: String(decoding: new, as: UTF8.self))))
    }
    try apply(changes, on: context.fileSystem)
    return lines
  }
}
