// What can be wrong with rules themselves.

public import SQLCDiagnostics

/// What can be wrong with `vet` in the configuration, and with rules.
public enum VetProblem: String, RuleSet {
  case invalidRule = "invalid-rule"
  case duplicateRule = "duplicate-rule"
  case unusedException = "unused-exception"
  case unprovenQuery = "unproven-query"
  case unplannedQuery = "unplanned-query"
  case unreadSyntax = "unread-syntax"
  case missingPlans = "missing-plans"

  public static let pass = "vet"

  public var level: Severity {
    switch self {
    case .invalidRule, .duplicateRule, .missingPlans: .error
    case .unusedException, .unprovenQuery, .unreadSyntax: .warning
    case .unplannedQuery: .note
    }
  }

  public var summary: String {
    switch self {
    case .invalidRule: "a rule without name, message or SELECT, or with one that the facts cannot answer"
    case .duplicateRule: "two rules of one name, or one that is called like a diagnostic of the tool"
    case .unusedException: "an exception of `vet.except` that nothing is excepted by"
    case .unprovenQuery: "a query of which the rules on isolation cannot say anything, as its engine gives no relations"
    case .unreadSyntax: "rules about expressions where no block's engine takes statements apart: they can find nothing"
    case .missingPlans: "no file of plans where `vet.plans` says, or no `vet.plans` to write them to"
    case .unplannedQuery: "a query whose plan is not known, so that the rules on plans cannot say anything of it"
    }
  }
}

enum VetDiagnostic {
  case namelessRule
  case invalidName(String)
  case invalidLevel(String)
  case missingMessage(String)
  case missingSelect(String)
  case refusedSelect(rule: String, reason: String)
  case missingPlace(rule: String)
  case unknownField(String, rule: String, columns: [String])
  case failedSelect(rule: String, reason: String)
  case duplicate(String)
  case unusedException(String)
  case unproven(engine: String, count: Int)
  /// Of one query, where others of the block are proven.
  case unprovenQuery(String)
  case unplanned(String, Int)
  case missingPlans(String?)
  case unreadSyntax

  var rule: Rule {
    switch self {
    case .duplicate: VetProblem.duplicateRule.rule
    case .unusedException: VetProblem.unusedException.rule
    case .unproven, .unprovenQuery: VetProblem.unprovenQuery.rule
    case .missingPlans: VetProblem.missingPlans.rule
    case .unplanned: VetProblem.unplannedQuery.rule
    case .unreadSyntax: VetProblem.unreadSyntax.rule
    default: VetProblem.invalidRule.rule
    }
  }

  var message: String {
    switch self {
    case .namelessRule: "a statement without '-- rule: pass/name' above it"
    case .invalidName(let name): "'\(name)' is no name of a rule: two words with a slash between them"
    case .invalidLevel(let level): "'\(level)' is no level: note, warning or error"
    case .missingMessage(let name): "the rule '\(name)' has no message"
    case .missingSelect(let name): "the rule '\(name)' has no SELECT"
    case .refusedSelect(let rule, let reason): "the SELECT of '\(rule)' cannot be prepared: \(reason)"
    case .missingPlace(let rule): "the SELECT of '\(rule)' gives no column 'place'"
    case .unknownField(let field, let rule, _):
      "the message of '\(rule)' names '{\(field)}', and its SELECT gives no such column"
    case .failedSelect(let rule, let reason): "the SELECT of '\(rule)' fails: \(reason)"
    case .duplicate(let name): "there is another rule '\(name)'"
    case .unusedException(let rule): "nothing is excepted from '\(rule)' here"
    case .unreadSyntax: "no block is of SQLite, whose statements the rules about expressions look at"
    case .missingPlans(let path?): "there is no file '\(path)'"
    case .missingPlans(nil): "'vet.plans' names no file to write the plans to"
    case .unplanned(let reason, let count):
      "\(count == 1 ? "the plan of a query is" : "the plans of \(count) queries are") not known: \(reason)"
    case .unproven(let engine, let count):
      "isolation of \(count) \(count == 1 ? "query" : "queries") is not proven: '\(engine)' gives no relations of \(count == 1 ? "it" : "them")"
    case .unprovenQuery(let name):
      "isolation of '\(name)' is not proven: it does what the proof has no words for"
    }
  }

  var notes: [String] {
    switch self {
    case .refusedSelect: ["'sqlc-swift vet --dump facts.db' writes the tables, to be explored with sqlite3"]
    case .missingPlace: ["'place' is an id of 'places': select the one of the table or query that is meant"]
    case .unknownField(_, _, let columns): ["columns: \(columns.joined(separator: ", "))"]
    case .missingPlans(_?): ["'sqlc-swift vet --write-plans' writes it, to be committed"]
    case .unusedException: ["take it out, or mend the names"]
    default: []
    }
  }

  func at(_ source: SourceRange) -> Diagnostic { Diagnostic(rule, message, at: DiagnosticLabel(source), notes: notes) }
}

/// Where plans should be written down and are not: at the file's name in the configuration, or at the beginning of it.
public func missingPlans(_ path: String?, at source: SourceRange) -> Diagnostic {
  VetDiagnostic.missingPlans(path).at(source)
}
