// The definitions of the keys against the reader: what they promise is taken, and what they do not know is an error.

import Foundation
import SQLCConfiguration
import SQLCDiagnostics
import SQLCEngine
import Testing

@Suite struct ConfigurationFormTests {
  private static let root = ConfigurationForm.configuration(engines: [.postgresql, .sqlite])

  private func diagnostics(_ text: String) -> [Diagnostic] {
    readConfiguration(SourceFile(path: "sqlc-swift.yaml", text: text), engines: [.postgresql, .sqlite]).diagnostics
  }

  /// A value of a form as JSON, which is YAML; mappings have the keys that must be there, and one more.
  private func sample(_ form: ConfigurationForm, _ path: String, with more: ConfigurationKey? = nil) -> String {
    switch form {
    case .text: Self.texts[path.split(separator: ".").last.map(String.init) ?? ""] ?? "\"a\""
    case .flag: "true"
    case .number(let range): "\(range.lowerBound)"
    case .choice(let values), .suggestion(let values): "\"\(values[0])\""
    case .rule: "\"binder/unused-common-table\""
    case .list(let form, _), .oneOrMore(let form, _): "[\(sample(form, path))]"
    case .names(let key, let value): "{\(sample(key, path)): \(sample(value, path))}"
    case .either(let first, _): sample(first, path)
    case .mapping(let mapping): sample(mapping, path, with: more)
    }
  }

  private func sample(_ mapping: ConfigurationMapping, _ path: String, with more: ConfigurationKey?) -> String {
    var keys = mapping.keys.filter { $0.presence == .required && $0.name != more?.name }
    if let alternative = mapping.alternatives.first, !mapping.alternatives.contains(more?.name ?? "") {
      keys += mapping.keys.filter { $0.name == alternative }
    }
    if let more { keys.append(more) }
    let engine = more?.engine ?? .sqlite
    return "{"
      + keys.map { key in
        let value =
          key.name == "engine" && mapping["schema"] != nil ? "\"\(engine)\"" : sample(key.form, "\(path).\(key.name)")
        return "\"\(key.name)\": \(value)"
      }.joined(separator: ", ") + "}"
  }

  /// Texts that are more than any text.
  private static let texts = [
    "column": "\"a.b\"", "result": "\"Get.a\"", "min_sqlite": "\"3.40\"", "swift_type": "\"Int\"", "name": "\"A\"",
    "queries_type": "\"Store\"", "rename": "\"a\"",
  ]

  /// Every mapping of the configuration, with the way to it.
  private func mappings(
    in form: ConfigurationForm, _ path: String = ""
  ) -> [(path: String, mapping: ConfigurationMapping)] {
    switch form {
    case .text, .flag, .number, .choice, .suggestion, .rule: []
    case .list(let form, _), .oneOrMore(let form, _): mappings(in: form, path + "[]")
    case .names(_, let form): mappings(in: form, path + "{}")
    case .either(let first, let second): mappings(in: first, path) + mappings(in: second, path)
    case .mapping(let mapping):
      [(path, mapping)] + mapping.keys.flatMap { mappings(in: $0.form, "\(path).\($0.name)") }
    }
  }

  /// A whole configuration in which a mapping, named by its path, is the given text.
  private func whole(_ form: ConfigurationForm, _ target: String, _ text: String, _ path: String = "") -> String {
    if path == target, !form.mappings.isEmpty { return text }
    switch form {
    case .list(let form, _), .oneOrMore(let form, _): return "[\(whole(form, target, text, path + "[]"))]"
    case .either(let first, let second):
      return whole(first.mappings.isEmpty ? second : first, target, text, path)
    case .mapping(let mapping):
      let next = mapping.keys.first { key in
        let inner = "\(path).\(key.name)"
        return target == inner || target.hasPrefix(inner + ".") || target.hasPrefix(inner + "[")
      }
      let needed = mapping.keys.filter { $0.presence == .required && $0.name != next?.name }
      let engine = next?.engine ?? .sqlite
      let members = needed.map { key in
        key.name == "engine" && mapping["schema"] != nil
          ? "\"engine\": \"\(engine)\"" : "\"\(key.name)\": \(sample(key.form, "\(path).\(key.name)"))"
      }
      let inner = next.map { ["\"\($0.name)\": \(whole($0.form, target, text, "\(path).\($0.name)"))"] } ?? []
      // One of these must be there.
      let alternative = mapping.alternatives.first { name in next?.name != name }.flatMap { mapping[$0] }
      let more = alternative.map { ["\"\($0.name)\": \(sample($0.form, $0.name))"] } ?? []
      return "{" + (members + inner + more).joined(separator: ", ") + "}"
    case .text, .flag, .number, .choice, .suggestion, .rule, .names: return sample(form, path)
    }
  }

  @Test func everyKeyIsReadAsItIsDefined() {
    var keys = 0
    for (path, mapping) in mappings(in: Self.root) {
      for key in mapping.keys {
        keys += 1
        var text = whole(Self.root, path, sample(mapping, path, with: key))
        // A face is one of those that are listed.
        if key.name == "face" { text = text.dropLast() + ", \"faces\": [{\"module\": \"a\", \"out\": \"Store\"}]}" }
        let errors = diagnostics(text).filter { $0.severity == .error }
        #expect(errors.isEmpty, "\(path).\(key.name): \(errors.map(\.message)) in \(text)")
      }
      // And no other.
      let sampled = sample(mapping, path, with: nil).dropLast()
      let text = whole(Self.root, path, sampled + (sampled == "{" ? "" : ", ") + "\"nonsense_key\": 1}")
      #expect(diagnostics(text).contains { $0.message == "unknown key 'nonsense_key'" }, "\(path): \(text)")
    }
    #expect(keys > 100)
  }

  /// What has another form is an error; that a list of texts takes a text, and a text a number, is part of the form.
  @Test func anotherFormIsAnError() {
    for (path, mapping) in mappings(in: Self.root) {
      // Keys that sqlc has and nothing here reads.
      for key in mapping.keys
      where !["name", "engine", "options"].contains(key.name) && !Self.isLenient(path, key.name) {
        for (value, isWrong) in Self.wrong(key.form) where isWrong {
          var sampled = sample(mapping, path, with: nil)
          let good = "\"\(key.name)\": "
          if let place = sampled.range(of: good + sample(key.form, "\(path).\(key.name)")) {
            sampled.replaceSubrange(place, with: good + value)
          } else {
            sampled = sampled.dropLast() + (sampled == "{}" ? "" : ", ") + good + value + "}"
          }
          if let engine = key.engine { sampled = sampled.replacing("\"sqlite\"", with: "\"\(engine)\"") }
          let text = whole(Self.root, path, sampled)
          #expect(diagnostics(text).hasErrors, "\(path).\(key.name): \(value) is taken in \(text)")
        }
      }
    }
  }

  /// Patterns of exceptions are taken as they are written.
  private static func isLenient(_ path: String, _ name: String) -> Bool {
    path == ".vet.except[]" && ["table", "query", "file"].contains(name)
  }

  private static func wrong(_ form: ConfigurationForm) -> [(String, Bool)] {
    switch form {
    case .text, .rule, .suggestion: [("[1]", true), ("{}", true), ("true", true), ("null", true)]
    case .flag: [("1", true), ("\"yes\"", true), ("[]", true), ("null", true)]
    case .number(let range):
      [("\"a\"", true), ("true", true), ("\(range.lowerBound - 1)", true), ("1.5", true), ("[]", true)]
    case .choice: [("\"nonsense\"", true), ("[]", true), ("{}", true), ("null", true)]
    case .list(_, let minimum): [("1", true), ("{}", true), ("[]", minimum > 0), ("[null]", true)]
    case .oneOrMore(_, let minimum): [("{}", true), ("true", true), ("[]", minimum > 0), ("[null]", true)]
    case .names: [("1", true), ("[]", true)]
    case .mapping: [("1", true), ("[]", true), ("null", true)]
    case .either: [("[]", true), ("true", true)]
    }
  }

  /// The article has every key.
  @Test func theArticleHasEveryKey() throws {
    let article = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources/Clients/sqlc-swift/Documentation.docc")
    let text = try ["Configuration.md", "Vet.md"].map {
      try String(contentsOf: article.appending(path: $0), encoding: .utf8)
    }.joined()
    for (path, mapping) in mappings(in: Self.root) {
      for key in mapping.keys where !["name", "engine"].contains(key.name) {
        #expect(text.contains("`\(key.name)`") || text.contains("\(key.name):"), "\(path).\(key.name)")
      }
    }
  }
}
