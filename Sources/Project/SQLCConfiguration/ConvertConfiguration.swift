// `sqlc-swift init --from sqlc.yaml`: an sqlc configuration as one of ours.

public import SQLCDiagnostics
import SQLCEngine
import Yams

/// Converts sqlc's configuration, version 1 or 2, YAML or JSON. Blocks of other engines than SQLite and PostgreSQL are left
/// out and remarked.
///
/// - Parameter path: how a path of the original is written where the new file will lie.
public func convertSQLCConfiguration(
  _ source: SourceFile, path: @escaping (String) -> String = { $0 }
) -> Diagnosed<ConvertedConfiguration?> {
  var reader = YAMLReader(source)
  guard let root = reader.root() else { return Diagnosed(nil, reader.diagnostics) }
  guard let top = reader.allMembers(root) else { return Diagnosed(nil, reader.diagnostics) }
  var converter = ConfigurationConverter(path: path)
  switch top["version"]?.scalar?.string {
  case "2": converter.convertVersion2(top, &reader)
  case "1": converter.convertVersion1(top, &reader)
  case let other?: reader.say(.unsupportedVersion(other), top["version"] ?? root)
  case nil: reader.say(.missingKey("version", in: "the configuration"), reader.range(of: root))
  }
  guard !reader.diagnostics.hasErrors else { return Diagnosed(nil, reader.diagnostics) }
  guard converter.hasBlocks else {
    reader.say(
      .invalidValue("sql", reason: "has no block for SQLite or PostgreSQL: nothing to convert"), reader.range(of: root))
    return Diagnosed(nil, reader.diagnostics)
  }
  return Diagnosed(converter.converted, reader.diagnostics)
}

extension YAMLReader {
  /// Every member of a mapping, whatever its name.
  fileprivate mutating func allMembers(_ node: Node) -> [String: Node]? {
    guard let mapping = node.mapping else {
      wrongType("a mapping", node)
      return nil
    }
    return Dictionary(mapping.compactMap { key, value in key.scalar.map { ($0.string, value) } }) { first, _ in first }
  }
}

/// Gathers blocks and remarks; the text is written when all of them are known, for several need different folders.
private struct ConfigurationConverter {
  typealias Line = ConvertedConfiguration.Line

  private struct Block {
    var name: String
    var engine: EngineName
    var lines: [String]
    var swiftLines: [Line]
  }
  private let path: (String) -> String
  private var blocks: [Block] = []
  private var sharedLines: [Line] = []
  /// What each override and each new name is called in a remark.
  private var entries: [String] = []
  private(set) var remarks: [String] = []

  init(path: @escaping (String) -> String) { self.path = path }

  var hasBlocks: Bool { !blocks.isEmpty }

  // MARK: Version 2

  mutating func convertVersion2(_ top: [String: Node], _ reader: inout YAMLReader) {
    for key in top.keys.sorted() where !["version", "sql", "overrides"].contains(key) {
      remarks.append("\(key): \(sqlcTopLevelAdvice[key] ?? "has no meaning here")")
    }
    if let overrides = top["overrides"].flatMap({ reader.allMembers($0) }) {
      if let go = overrides["go"].flatMap({ reader.allMembers($0) }) {
        sharedLines =
          renameLines(go["rename"], "overrides.go.rename", &reader)
          + overrideLines(go["overrides"], "overrides.go", of: nil, &reader)
      }
    }
    guard let entries = top["sql"].flatMap({ reader.list($0) }) else { return }
    for (index, entry) in entries.enumerated() {
      guard var keys = reader.allMembers(entry) else { continue }
      let owner = "sql[\(index)]"
      guard let engine = engine(keys, owner, &reader), var paths = pathLines(keys, &reader) else { continue }
      if engine == .postgresql { paths += databaseLines(keys.removeValue(forKey: "database"), owner, &reader) }
      for key in keys.keys.sorted() where !["engine", "schema", "queries", "gen", "name"].contains(key) {
        remarks.append("\(owner).\(key): \(sqlcBlockAdvice[key] ?? "has no meaning here")")
      }
      let targets = keys["gen"].flatMap { reader.allMembers($0) } ?? [:]
      for target in targets.keys.sorted() where target != "go" {
        remarks.append("\(owner).gen.\(target): \(sqlcGenAdvice[target] ?? "has no meaning here")")
      }
      let go = targets["go"].flatMap { reader.allMembers($0) } ?? [:]
      let name = keys["name"]?.scalar?.string ?? go["package"]?.scalar?.string ?? "db\(index + 1)"
      blocks.append(
        Block(
          name: name, engine: engine, lines: paths, swiftLines: goLines(go, "\(owner).gen.go", of: engine, &reader)))
    }
  }

  // MARK: Version 1

  mutating func convertVersion1(_ top: [String: Node], _ reader: inout YAMLReader) {
    for key in top.keys.sorted() where !["version", "packages", "overrides", "rename"].contains(key) {
      remarks.append("\(key): \(sqlcTopLevelAdvice[key] ?? "has no meaning here")")
    }
    sharedLines =
      renameLines(top["rename"], "rename", &reader)
      + overrideLines(top["overrides"], "overrides", of: nil, &reader)
    guard let entries = top["packages"].flatMap({ reader.list($0) }) else { return }
    for (index, entry) in entries.enumerated() {
      guard var keys = reader.allMembers(entry) else { continue }
      let owner = "packages[\(index)]"
      guard let engine = engine(keys, owner, &reader), let lines = pathLines(keys, &reader) else { continue }
      let name = keys["name"]?.scalar?.string ?? "db\(index + 1)"
      keys["out"] = keys["path"]
      for key in ["name", "path", "engine", "schema", "queries"] { keys[key] = nil }
      blocks.append(
        Block(name: name, engine: engine, lines: lines, swiftLines: goLines(keys, owner, of: engine, &reader)))
    }
  }

  // MARK: Parts

  private mutating func engine(_ keys: [String: Node], _ owner: String, _ reader: inout YAMLReader) -> EngineName? {
    let engine = EngineName(rawValue: keys["engine"].flatMap { reader.string($0) } ?? "postgresql")
    if engine == .sqlite || engine == .postgresql { return engine }
    remarks.append("\(owner): skipped, since its engine is \(engine)")
    return nil
  }

  /// `database: {uri: …}`; a managed one is what there is without.
  private mutating func databaseLines(_ node: Node?, _ owner: String, _ reader: inout YAMLReader) -> [String] {
    guard let keys = node.flatMap({ reader.allMembers($0) }) else { return [] }
    for key in keys.keys.sorted() where key != "uri" && key != "managed" {
      remarks.append("\(owner).database.\(key): has no meaning here")
    }
    return keys["uri"].flatMap { reader.string($0) }.map { ["database: { uri: \(yaml($0)) }"] } ?? []
  }

  private func pathLines(_ keys: [String: Node], _ reader: inout YAMLReader) -> [String]? {
    guard let schema = keys["schema"].flatMap({ reader.strings($0) }),
      let queries = keys["queries"].flatMap({ reader.strings($0) })
    else { return nil }
    return [
      "schema: " + yaml(schema.map { path($0.value) }), "queries: " + yaml(queries.map { path($0.value) }),
    ]
  }

  /// The options of sqlc's Go generator, in the order of their names.
  private mutating func goLines(
    _ go: [String: Node], _ owner: String, of engine: EngineName, _ reader: inout YAMLReader
  ) -> [Line] {
    var lines: [Line] = []
    func add(_ text: String) { lines.append(Line(text: text)) }
    for key in go.keys.sorted() {
      guard let value = go[key] else { continue }
      switch key {
      case "out", "package": continue
      case "emit_interface": if reader.bool(value) == true { add("emit_protocol: true") }
      case "emit_json_tags": if reader.bool(value) == true { add("emit_codable: column_names") }
      case "emit_exact_table_names", "omit_unused_structs":
        if reader.bool(value) == true { add("\(key): true") }
      case "query_parameter_limit": if let limit = reader.integer(value) { add("\(key): \(limit)") }
      case "inflection_exclude_table_names", "initialisms":
        if let names = reader.strings(value) { add("\(key): " + yamlList(names.map(\.value))) }
      case "rename": lines += renameLines(value, owner + ".rename", &reader)
      case "overrides": lines += overrideLines(value, owner + ".overrides", of: engine, &reader)
      default:
        // What is switched off has nothing to be carried over.
        if let scalar = value.scalar, scalar.string == "false" { continue }
        remarks.append("\(owner).\(key): \(sqlcGoAdvice[key] ?? "has no meaning in Swift")")
      }
    }
    return lines
  }

  private mutating func renameLines(_ node: Node?, _ owner: String, _ reader: inout YAMLReader) -> [Line] {
    guard let map = node.flatMap({ reader.stringMap($0) }) else { return [] }
    return section(
      "rename",
      map.sorted { $0.key < $1.key }.map { item in
        ("\(owner).\(item.key)", ["\(yaml(item.key)): \(yaml(item.value))"])
      })
  }

  /// A key with its entries: each can be left out, and the last one takes the key along.
  private mutating func section(_ key: String, _ found: [(name: String, lines: [String])]) -> [Line] {
    guard !found.isEmpty else { return [] }
    let first = entries.count
    entries += found.map(\.name)
    var lines = [Line(text: key + ":", entries: first..<entries.count)]
    for (offset, item) in found.enumerated() {
      lines += item.lines.map { Line(text: "  " + $0, entries: (first + offset)..<(first + offset + 1)) }
    }
    return lines
  }

  /// - Parameter engine: of the block; nil for what all blocks share.
  private mutating func overrideLines(
    _ node: Node?, _ owner: String, of engine: EngineName?, _ reader: inout YAMLReader
  ) -> [Line] {
    guard let items = node.flatMap({ reader.list($0) }) else { return [] }
    var found: [(name: String, lines: [String])] = []
    for (index, entry) in items.enumerated() {
      guard let keys = reader.allMembers(entry) else { continue }
      let owner = "\(owner)[\(index)]"
      if let other = keys["engine"]?.scalar?.string,
        engine.map({ $0.rawValue != other }) ?? ![.sqlite, .postgresql].contains(EngineName(rawValue: other))
      {
        remarks.append("\(owner): skipped, since its engine is \(other)")
        continue
      }
      guard let target = overrideTarget(keys, &reader) else {
        remarks.append("\(owner): names neither a column nor a db_type")
        continue
      }
      guard let goNode = keys["go_type"], let go = goType(goNode, &reader) else {
        remarks.append("\(owner) (\(target)): only a struct tag, which Swift does not have")
        continue
      }
      guard let swift = SwiftCounterpart(goType: go) else {
        remarks.append("\(owner) (\(target)): the Go type \(go) has no Swift counterpart; add 'swift_type' by hand")
        continue
      }
      // PostgreSQL's JSON and numbers have types of their own, which need no override.
      if swift.module == "SQLCRuntime", engine == .postgresql || keys["engine"]?.scalar?.string == "postgresql" {
        remarks.append("\(owner) (\(target)): \(go) is what the column's own type gives in Swift")
        continue
      }
      let module = swift.module.map { ", import: \($0)" } ?? ""
      var lines = ["- \(target)", "  swift_type: { name: \(yaml(swift.name))\(module) }"]
      if let nullable = (keys["nullable"] ?? keys["null"]).flatMap({ reader.bool($0) }), nullable {
        lines.append("  nullable: true")
      }
      found.append(("\(owner) (\(target))", lines))
    }
    return section("overrides", found)
  }

  private func overrideTarget(_ keys: [String: Node], _ reader: inout YAMLReader) -> String? {
    if let column = keys["column"].flatMap({ reader.string($0) }) {
      return "column: " + yaml(column.split(separator: ".").suffix(2).joined(separator: "."))
    }
    return (keys["db_type"] ?? keys["sqlite_type"] ?? keys["postgres_type"]).flatMap { reader.string($0) }.map {
      // sqlc writes the schema of PostgreSQL's own types.
      "db_type: " + yaml($0.hasPrefix("pg_catalog.") ? String($0.dropFirst("pg_catalog.".count)) : $0)
    }
  }

  /// A text such as `github.com/google/uuid.UUID`, or a mapping of its parts.
  private func goType(_ node: Node, _ reader: inout YAMLReader) -> String? {
    guard node.mapping != nil else { return reader.string(node) }
    guard let keys = reader.allMembers(node), let type = keys["type"]?.scalar?.string else { return nil }
    let path = keys["import"]?.scalar?.string ?? ""
    let name = path.isEmpty || type.contains(".") ? type : "\(path).\(type)"
    return keys["slice"]?.scalar?.string == "true" ? "[]" + name : name
  }

  // MARK: Text

  /// One block writes to `Generated`; several write to folders of their own in it. The code is public, for it is a module
  /// of its own.
  var converted: ConvertedConfiguration {
    var lines = [Line(text: "version: \"2\"")]
    func add(_ more: [Line], indentedBy width: Int) {
      lines += more.map { Line(text: String(repeating: " ", count: width) + $0.text, entries: $0.entries) }
    }
    if let all = sharedLines.first?.entries, let last = sharedLines.last?.entries {
      let shared = all.lowerBound..<last.upperBound
      lines += [Line(text: "overrides:", entries: shared), Line(text: "  swift:", entries: shared)]
      add(sharedLines, indentedBy: 4)
    }
    lines.append(Line(text: "sql:"))
    var outs: [ConvertedConfiguration.Output] = []
    for block in blocks {
      var out = blocks.count == 1 ? "Generated" : "Generated/" + folderName(block.name)
      while outs.contains(where: { $0.folder.lowercased() == out.lowercased() }) { out += "2" }
      outs.append(ConvertedConfiguration.Output(folder: out, engine: block.engine))
      lines.append(Line(text: "  - engine: \(block.engine)"))
      add(block.lines.map { Line(text: $0) }, indentedBy: 4)
      add(["gen:", "  swift:", "    out: " + yaml(out), "    access: public"].map { Line(text: $0) }, indentedBy: 4)
      add(block.swiftLines, indentedBy: 8)
    }
    return ConvertedConfiguration(lines: lines, entries: entries, outs: outs, remarks: remarks)
  }

  /// A block's name without what would lead elsewhere or make a path that nobody wants to type.
  private func folderName(_ name: String) -> String {
    let letters = name.map { character -> Character in
      character.isASCII && (character.isLetter || character.isNumber || "_-".contains(character)) ? character : "_"
    }
    return letters.isEmpty ? "db" : String(letters)
  }

  private func yaml(_ texts: [String]) -> String { texts.count == 1 ? yaml(texts[0]) : yamlList(texts) }

  private func yamlList(_ texts: [String]) -> String { "[" + texts.map(yaml).joined(separator: ", ") + "]" }

  /// Plain where that can be nothing else, quoted otherwise.
  private func yaml(_ text: String) -> String {
    let isPlain =
      text.first?.isLetter == true && text.utf8.allSatisfy { isPlainByte($0) }
      && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(text.lowercased())
    if isPlain { return text }
    var json = JSONWriter()
    json.element(text)
    return json.text
  }

  private func isPlainByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"):
      true
    default: false
    }
  }
}
