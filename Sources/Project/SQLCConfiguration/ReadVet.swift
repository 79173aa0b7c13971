// `vet` of the configuration.

import SQLCDiagnostics
import Yams

extension YAMLReader {
  mutating func vet(_ node: Node) -> VetSettings {
    var settings = VetSettings()
    guard let keys = members(node, of: .vet) else { return settings }
    if let member = keys["preset"] { settings.preset = choice(member.value, key: "preset", of: VetPresetName.self) }
    if let member = keys["packs"], let nodes = list(member.value) {
      settings.packs = nodes.compactMap { choice($0, key: "packs", of: VetPackName.self) }
    }
    if let member = keys["tenant"] { settings.tenant = vetGuard(member.value) }
    if let member = keys["soft_delete"] { settings.softDelete = vetGuard(member.value) }
    if let member = keys["options"], let mapping = member.value.mapping {
      for (key, value) in mapping {
        if let name = string(key), let text = value.scalar?.string {
          settings.options[name] = Located(text, place(key))
        } else {
          wrongType("a text", value)
        }
      }
    }
    if let member = keys["plans"], let path = string(member.value) {
      let path = Located(path, place(member.value))
      checkWrittenPath(path)
      settings.plans = path
    }
    if let member = keys["rules"], let nodes = list(member.value) { settings.rules = nodes.compactMap { vetRule($0) } }
    if let member = keys["files"] { settings.files = strings(member.value) ?? [] }
    if let member = keys["except"], let nodes = list(member.value) {
      settings.exceptions = nodes.compactMap { vetException($0) }
    }
    return settings
  }

  /// A column's name, or a mapping with `column`, `tables` and `shared`.
  private mutating func vetGuard(_ node: Node) -> VetGuard? {
    guard node.mapping != nil else { return string(node).map { VetGuard(column: $0) } }
    guard let keys = members(node, of: .tenant) else { return nil }
    guard let column = keys["column"].flatMap({ string($0.value) }) else {
      say(.missingKey("column", in: "this"), range(of: node))
      return nil
    }
    var result = VetGuard(column: column)
    if let member = keys["tables"] { result.tables = stringMap(member.value) ?? [:] }
    if let member = keys["shared"] { result.shared = (strings(member.value) ?? []).map(\.value) }
    return result
  }

  private mutating func vetRule(_ node: Node) -> VetRuleSetting? {
    guard let keys = members(node, of: .ownRule) else { return nil }
    for key in ["name", "message", "sql"] where keys[key] == nil {
      say(.missingKey(key, in: "this rule"), range(of: node))
    }
    guard let name = keys["name"].flatMap({ string($0.value) }),
      let message = keys["message"].flatMap({ string($0.value) }), let member = keys["sql"],
      let sql = string(member.value)
    else { return nil }
    let level = keys["level"].flatMap { string($0.value) } ?? "warning"
    return VetRuleSetting(name: name, level: level, message: message, sql: sql, source: place(member.value))
  }

  private mutating func vetException(_ node: Node) -> VetException? {
    guard let keys = members(node, of: .exception) else { return nil }
    for key in ["rule", "reason"] where keys[key] == nil {
      say(.missingKey(key, in: "this exception"), range(of: node))
    }
    guard let member = keys["rule"], let rule = string(member.value),
      let reason = keys["reason"].flatMap({ string($0.value) })
    else { return nil }
    func text(_ key: String) -> String? { keys[key].flatMap { $0.value.scalar?.string } }
    return VetException(
      rule: rule, table: text("table"), query: text("query"), file: text("file"), reason: reason,
      source: place(member.value))
  }
}
