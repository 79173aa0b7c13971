// What the configuration and the files make of diagnostics: other levels, and what is meant as it is.

public import SQLCDiagnostics
public import SQLCEngine

/// Which diagnostics a project wants to see, and as what.
public struct RuleJudge: Sendable {
  public let registry: RuleRegistry
  /// What is wrong with the settings themselves.
  public private(set) var diagnostics: [Diagnostic] = []
  private var levels: [DiagnosticID: RuleLevel] = [:]

  public init(_ registry: RuleRegistry, settings: [RuleSetting]) {
    self.registry = registry
    for setting in settings {
      let rules = registry.rules(named: setting.name)
      if rules.isEmpty { diagnostics.append(unknownRule(setting.name, at: setting.source)) }
      for rule in rules {
        if rule.adjustment == .adjustable {
          levels[rule.id] = setting.level
        } else if rules.count == 1 {
          diagnostics.append(fixedRule(rule, at: setting.source))
        }
      }
    }
  }

  /// The diagnostics that remain, as what the project wants them to be, and what is wrong with the suppressions.
  ///
  /// - Parameters:
  ///   - files: whose comments count, each with the dialect that it is written in.
  ///   - memo: what was read of them before.
  ///   - isFinal: whether all was found that a pass can find, so that a suppression of its rules without use is told.
  public func judge(
    _ found: [Diagnostic], in files: [(source: SourceFile, lexicalRules: LexicalRules)],
    remembering memo: SuppressionMemo = SuppressionMemo(), isFinal: (_ pass: String) -> Bool
  ) -> [Diagnostic] {
    var said: [Diagnostic] = []
    var used: Set<SourceRange> = []
    var byPath: [String: [Suppression]] = [:]
    let names = registry.rules.map(\.id)
    for (file, lexicalRules) in files {
      let here = memo.suppressions(of: file, lexicalRules: lexicalRules, registry: registry, names: names)
      byPath[file.path] = here.isEmpty ? nil : here
    }
    let kept = found.compactMap { diagnostic -> Diagnostic? in
      guard let rule = registry[diagnostic.id] else { return diagnostic }
      var diagnostic = diagnostic
      if rule.adjustment == .adjustable || diagnostic.severity < .error {
        for suppression in byPath[diagnostic.primary.source.path] ?? [] {
          guard let name = suppression.name(of: rule, at: diagnostic.primary.source.range) else { continue }
          used.insert(SourceRange(path: diagnostic.primary.source.path, range: name.range))
          return nil
        }
        switch levels[diagnostic.id] {
        case .off?: return nil
        case .warning?: diagnostic.severity = .warning
        case .error?: diagnostic.severity = .error
        case nil: break
        }
      }
      return diagnostic
    }
    for (file, _) in files {
      for suppression in byPath[file.path] ?? [] { said += problems(of: suppression, in: file, used, isFinal) }
    }
    return kept + said
  }

  private func problems(
    of suppression: Suppression, in file: SourceFile, _ used: Set<SourceRange>, _ isFinal: (String) -> Bool
  ) -> [Diagnostic] {
    var result: [Diagnostic] = []
    for name in suppression.rules {
      let place = SourceRange(path: file.path, range: name.range)
      let rules = registry.rules(named: name.text)
      if rules.isEmpty {
        result.append(unknownRule(name.text, at: place))
      } else if !used.contains(place), rules.allSatisfy({ isFinal($0.id.pass) }) {
        if rules.allSatisfy({ $0.adjustment == .fixed }) {
          result.append(fixedRule(rules[0], at: place))
        } else {
          result.append(
            Diagnostic(
              RulesRule.unusedSuppression.rule, "'\(name.text)' is not given here, so there is nothing to ignore",
              at: DiagnosticLabel(place), notes: ["take it out, or put it above the statement that it is about"]))
        }
      }
    }
    if suppression.rules.isEmpty {
      result.append(
        Diagnostic(
          RulesRule.missingName.rule, "this names no rule, and so ignores nothing",
          at: DiagnosticLabel(SourceRange(path: file.path, range: suppression.comment)),
          notes: ["write '-- sqlc:ignore rule: reason'; 'sqlc-swift explain' lists the rules"]))
    } else if suppression.reason.isEmpty {
      result.append(
        Diagnostic(
          RulesRule.missingReason.rule, "this says what to ignore, and not why",
          at: DiagnosticLabel(SourceRange(path: file.path, range: suppression.comment)),
          notes: ["write '-- sqlc:ignore rule: reason'"]))
    }
    return result
  }

  private func unknownRule(_ name: String, at place: SourceRange) -> Diagnostic {
    let names = registry.rules.map { name.contains("/") ? $0.id.description : $0.id.name }
    let near = nearestNames(to: name, among: names)
    return Diagnostic(
      RulesRule.unknownRule.rule, "there is no rule '\(name)'",
      at: DiagnosticLabel(
        place, near.isEmpty ? "" : "did you mean \(near.map { "'\($0)'" }.joined(separator: " or "))?"),
      notes: ["'sqlc-swift explain' lists them"])
  }

  private func fixedRule(_ rule: Rule, at place: SourceRange) -> Diagnostic {
    let isError = rule.level == .error
    return Diagnostic(
      RulesRule.fixedRule.rule,
      isError ? "'\(rule.id)' is an error and stays one" : "'\(rule.id)' is about rules, and no rule changes it",
      at: DiagnosticLabel(place), notes: isError ? ["after it there is no sound code to write"] : [])
  }
}

extension Suppression {
  /// The name under which the rule is suppressed at that place.
  fileprivate func name(of rule: Rule, at place: ByteRange) -> RuleName? {
    guard rule.scope == .file || (scope.lower <= place.lower && place.lower <= scope.upper) else { return nil }
    return rules.first { $0.text == rule.id.description || $0.text == rule.id.name }
  }
}
