// What can be wrong with a configuration.

import SQLCDiagnostics
import SQLCEngine

enum ConfigurationDiagnostic {
  case syntax(String)
  case empty
  case duplicateKey(String)
  case unknownKey(String, known: [String], advice: String?)
  case missingKey(String, in: String)
  case wrongType(expected: String, found: String)
  case unknownValue(String, of: String, known: [String])
  case unsupportedVersion(String)
  case unsupportedEngine(String, known: [EngineName])
  case invalidValue(String, reason: String)
  case ineffectiveOrderBy

  var rule: Rule {
    switch self {
    case .syntax: ConfigurationRule.invalidYAML.rule
    case .empty: ConfigurationRule.emptyFile.rule
    case .duplicateKey: ConfigurationRule.duplicateKey.rule
    case .unknownKey: ConfigurationRule.unknownKey.rule
    case .missingKey: ConfigurationRule.missingKey.rule
    case .wrongType: ConfigurationRule.wrongType.rule
    case .unknownValue: ConfigurationRule.unknownValue.rule
    case .unsupportedVersion: ConfigurationRule.unsupportedVersion.rule
    case .unsupportedEngine: ConfigurationRule.unsupportedEngine.rule
    case .invalidValue: ConfigurationRule.invalidValue.rule
    case .ineffectiveOrderBy: ConfigurationRule.ineffectiveKey.rule
    }
  }

  func at(_ place: SourceRange) -> Diagnostic {
    Diagnostic(rule, message, at: DiagnosticLabel(place, label), notes: notes, fixIts: fixIts(at: place))
  }

  private var message: String {
    switch self {
    case .syntax(let problem): "this is not YAML: \(problem)"
    case .empty: "the configuration is empty"
    case .duplicateKey(let key): "'\(key)' is given twice"
    case .unknownKey(let key, _, _): "unknown key '\(key)'"
    case .missingKey(let key, let owner): "\(owner) has no '\(key)'"
    case .wrongType(let expected, let found): "expected \(expected), found \(found)"
    case .unknownValue(let value, let key, _): "'\(value)' is no value of '\(key)'"
    case .unsupportedVersion(let version): "version '\(version)' of the configuration is not supported"
    case .unsupportedEngine(let engine, _): "the engine '\(engine)' is not supported"
    case .invalidValue(let value, let reason): "'\(value)' \(reason)"
    case .ineffectiveOrderBy: "'strict_order_by: false' has no effect, since SQLite rejects unknown names in ORDER BY"
    }
  }

  private var label: String {
    switch self {
    case .unknownKey(let key, let known, _): didYouMean(key, known)
    case .unknownValue(let value, _, let known): didYouMean(value, known)
    case .syntax, .empty, .duplicateKey, .missingKey, .wrongType, .unsupportedVersion, .unsupportedEngine,
      .invalidValue, .ineffectiveOrderBy:
      ""
    }
  }

  private var notes: [String] {
    switch self {
    case .unknownKey(_, let known, let advice):
      (advice.map { [$0] } ?? []) + (known.isEmpty ? [] : ["known here: \(known.sorted().joined(separator: ", "))"])
    case .unknownValue(_, _, let known): ["one of: \(known.joined(separator: ", "))"]
    case .unsupportedVersion: ["write version: \"2\"; 'sqlc-swift init --from sqlc.yaml' converts older ones"]
    case .unsupportedEngine(_, let known): ["engines: \(known.map(\.rawValue).joined(separator: ", "))"]
    case .empty, .missingKey:
      ["the smallest configuration has version, and sql with engine, schema, queries and gen.swift.out"]
    case .syntax, .duplicateKey, .wrongType, .invalidValue, .ineffectiveOrderBy: []
    }
  }

  private func fixIts(at place: SourceRange) -> [FixIt] {
    let near: [String]
    switch self {
    case .unknownKey(let key, let known, nil): near = nearestNames(to: key, among: known, limit: 1)
    case .unknownValue(let value, _, let known): near = nearestNames(to: value, among: known, limit: 1)
    case .unknownKey, .syntax, .empty, .duplicateKey, .missingKey, .wrongType, .unsupportedVersion, .unsupportedEngine,
      .invalidValue, .ineffectiveOrderBy:
      near = []
    }
    return near.map { FixIt("write '\($0)'", .unsafe, edits: [FixIt.Edit(place, replacement: $0)]) }
  }

  private func didYouMean(_ word: String, _ known: [String]) -> String {
    let near = nearestNames(to: word, among: known)
    return near.isEmpty ? "" : "did you mean \(near.map { "'\($0)'" }.joined(separator: " or "))?"
  }
}
