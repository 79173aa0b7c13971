// What can be wrong with how rules are set and suppressed.

package import SQLCDiagnostics

/// What can be wrong with how rules are set in the configuration and suppressed in comments.
package enum RulesRule: String, RuleSet {
  case unknownRule = "unknown-rule"
  case fixedRule = "fixed-rule"
  case missingName = "missing-name"
  case missingReason = "missing-reason"
  case unusedSuppression = "unused-suppression"

  package static let pass = "rules"

  package var level: Severity { .warning }

  /// Suppressing what is said of suppressions would have no end.
  package var adjustment: RuleAdjustment { .fixed }

  package var summary: String {
    switch self {
    case .unknownRule: "`rules` or `-- sqlc:ignore` names no rule"
    case .fixedRule:
      "`rules` or `-- sqlc:ignore` names an error, after which there is no sound code to write, or a rule about rules"
    case .missingName: "`-- sqlc:ignore` without the name of a rule"
    case .missingReason: "`-- sqlc:ignore` without a reason"
    case .unusedSuppression: "`-- sqlc:ignore` of what is not given there"
    }
  }
}
