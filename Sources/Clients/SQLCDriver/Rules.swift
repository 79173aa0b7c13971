// The project's diagnostics as it wants them.

import SQLCAnalysis
import SQLCDiagnostics
import SQLCExercise
import SQLCMigrationCheck
import SQLCQueryFile
import SQLCTargetSwift
import SQLCVet

/// What a command has tried, and so what it can say that a suppression has no use.
enum RulesTried: Sendable {
  /// Schema and queries.
  case analysis
  /// The code that is made of them too.
  case generation
  case migrations
  case exercise
  /// The rules of these passes, beside schema and queries.
  case vet(Set<String>)
  /// Less than there is to try: what was not found may yet be.
  case part

  func covers(_ pass: String) -> Bool {
    switch self {
    case .analysis:
      isShipped(pass)
        && ![MigrateRule.pass, ExerciseRule.pass, SwiftRule.pass, FaceRule.pass, OutputRule.pass]
          .contains(pass)
    case .generation: isShipped(pass) && ![MigrateRule.pass, ExerciseRule.pass].contains(pass)
    case .vet(let passes): passes.contains(pass)
    case .migrations: pass == MigrateRule.pass
    case .exercise: pass == ExerciseRule.pass
    case .part: false
    }
  }

  /// The passes of `vet`, and those of the project's own rules, are none of these.
  private func isShipped(_ pass: String) -> Bool { ruleRegistry.rules.contains { $0.id.pass == pass } }
}

extension Project {
  /// The diagnostics as the project's `rules` and the comments in its files want them.
  ///
  /// - Parameters:
  ///   - more: settings that those of the project come after.
  ///   - memo: what was read of the comments before.
  func judged(
    _ diagnostics: [Diagnostic], tried: RulesTried, after more: [RuleSetting] = [],
    remembering memo: SuppressionMemo = SuppressionMemo()
  ) -> [Diagnostic] {
    let judge = RuleJudge(ruleRegistry.adding(vetRules), settings: more + rules)
    var seen: Set<String> = []
    let files = blocks.flatMap { block in
      (block.schema + block.downs + block.queries).filter { seen.insert($0.path).inserted }
        .map { (source: $0, lexicalRules: block.lexicalRules) }
    }
    // After an error what comes later was not tried; of rules each is asked, whatever others find.
    let isWhole = if case .vet = tried { true } else { !diagnostics.hasErrors }
    let settled = judge.judge(diagnostics, in: files, remembering: memo) { isWhole && tried.covers($0) }
    return switch tried {
    case .analysis, .generation: settled + judge.diagnostics
    // The settings and the comments themselves are the analysis's to speak of.
    case .migrations, .exercise, .vet, .part:
      settled.filter { $0.id.pass != RulesRule.pass || $0.id == RulesRule.unusedSuppression.id }
    }
  }

  /// Every rule that `vet` can be asked, those of the project among them.
  private var vetRules: [Rule] {
    let own = vet.rules.compactMap { setting -> Rule? in
      let parts = setting.name.split(separator: "/").map(String.init)
      guard parts.count == 2 else { return nil }
      return Rule(DiagnosticID(parts[0], parts[1]), .warning, setting.message, adjustment: .adjustable)
    }
    return (shippedRules + vetFiles.flatMap { readRules($0).value }).map(\.rule) + own
  }
}
