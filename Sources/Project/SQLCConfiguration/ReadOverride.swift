// One entry of `overrides`.

import SQLCDiagnostics
import SQLCModel
import Yams

extension YAMLReader {
  /// ```yaml
  /// - column: agents.spec            # or db_type: UUID, or result: GetAgent.spec
  ///   swift_type: { name: AgentSpec, import: AgentModels }     # or just a name
  ///   codec: json
  ///   nullable: true                 # only where NULL is possible; false: only where not; absent: both
  /// ```
  mutating func typeOverride(_ node: Node) -> SwiftOverride? {
    guard let keys = members(node, of: .override, advice: sqlcOverrideAdvice) else { return nil }
    let start = node.mapping?.first.map { range(of: $0.key) } ?? range(of: node)
    let target = overrideTarget(keys, start)
    guard let type = keys["swift_type"] else {
      say(.missingKey("swift_type", in: "this override"), start)
      return nil
    }
    guard let target, let (name, module) = swiftType(type.value) else { return nil }
    var codec = SwiftOverride.Codec.natural
    if let member = keys["codec"], let text = string(member.value) {
      if let known = SwiftOverride.Codec.spellings.first(where: { $0.0 == text }) {
        codec = known.1
      } else if text.first?.isUppercase == true {
        if isType(text, at: member.value) { codec = .custom(text) }
      } else {
        let spellings = SwiftOverride.Codec.spellings.map(\.0)
        say(.unknownValue(text, of: "codec", known: spellings + ["the name of a type"]), member.value)
      }
    }
    var scope = SwiftOverride.Scope.all
    if let member = keys["nullable"], let value = bool(member.value) { scope = value ? .nullableOnly : .nonNullOnly }
    return SwiftOverride(target, typeName: name, module: module, codec: codec, scope: scope, source: place(start))
  }

  private mutating func overrideTarget(_ keys: [String: Member], _ start: ByteRange) -> SwiftOverride.Target? {
    let given = ["column", "db_type", "result"].compactMap { key in keys[key].map { (key, $0) } }
    guard let (key, member) = given.first else {
      say(.missingKey("column' or 'db_type", in: "this override"), start)
      return nil
    }
    if given.count > 1 {
      say(.invalidValue(given[1].0, reason: "cannot stand beside '\(key)'"), given[1].1.key)
      return nil
    }
    guard let text = string(member.value) else { return nil }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    switch key {
    case "column":
      // sqlc lets a schema stand before the table; SQLite's is always `main`.
      guard parts.count == 2 || (parts.count == 3 && (parts[0] == "main" || parts[0] == "*")) else {
        say(.invalidValue(text, reason: "is not written 'table.column'"), member.value)
        return nil
      }
      return .column(parts.suffix(2).joined(separator: "."))
    case "result":
      guard parts.count == 2 else {
        say(.invalidValue(text, reason: "is not written 'Query.name'"), member.value)
        return nil
      }
      return .result(query: String(parts[0]), name: String(parts[1]))
    default: return .databaseType(text)
    }
  }

  private mutating func swiftType(_ node: Node) -> (String, String?)? {
    guard node.mapping != nil else {
      guard let name = string(node), isType(name, at: node) else { return nil }
      return (name, nil)
    }
    guard let keys = members(node, of: .swiftType) else { return nil }
    guard let name = keys["name"] else {
      say(.missingKey("name", in: "'swift_type'"), node)
      return nil
    }
    var module: String?
    if let member = keys["import"], let text = string(member.value), !text.isEmpty, isModule(text, at: member.value) {
      module = text
    }
    guard let text = string(name.value), isType(text, at: name.value) else { return nil }
    return (text, module)
  }
}
