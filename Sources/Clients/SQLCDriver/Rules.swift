// The project's diagnostics as it wants them.

import SQLCAnalysis
import SQLCDiagnostics
import SQLCExercise
import SQLCMigrationCheck
import SQLCQueryFile

/// What a command has tried, and so what it can say that a suppression has no use.
enum RulesTried: Sendable {
  /// Schema and queries.
  case analysis
  case migrations
  case exercise

  func covers(_ pass: String) -> Bool {
    switch self {
    case .analysis: ![MigrateRule.pass, ExerciseRule.pass].contains(pass)
    case .migrations: pass == MigrateRule.pass
    case .exercise: pass == ExerciseRule.pass
    }
  }
}

extension Project {
  /// The diagnostics as the project's `rules` and the comments in its files want them.
  func judged(_ diagnostics: [Diagnostic], tried: RulesTried) -> [Diagnostic] {
    let judge = RuleJudge(ruleRegistry, settings: rules)
    var seen: Set<String> = []
    let files = blocks.flatMap { block in
      (block.schema + block.downs + block.queries).filter { seen.insert($0.path).inserted }
        .map { (source: $0, lexicalRules: block.lexicalRules) }
    }
    let settled = judge.judge(diagnostics, in: files, isFinal: tried.covers)
    return switch tried {
    case .analysis: settled + judge.diagnostics
    // The settings and the comments themselves are the analysis's to speak of.
    case .migrations, .exercise:
      settled.filter { $0.id.pass != RulesRule.pass || $0.id == RulesRule.unusedSuppression.id }
    }
  }
}
