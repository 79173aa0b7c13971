// YAML nodes with byte ranges, read with types. JSON is YAML, so it is read too.

import SQLCDiagnostics
import Yams

/// Reads nodes as the types a configuration wants; what is not of its type is diagnosed where it stands.
struct YAMLReader {
  let source: SourceFile
  private let index: LineIndex
  private(set) var diagnostics: [Diagnostic] = []

  init(_ source: SourceFile) {
    self.source = source
    index = LineIndex(source.text)
  }

  /// The document's root; nothing when it is empty or is no YAML.
  mutating func root() -> Node? {
    do {
      guard let node = try Yams.compose(yaml: source.text) else {
        say(.empty, ByteRange(at: 0))
        return nil
      }
      return node
    } catch let error as YamlError {
      report(error)
    } catch {
      say(.syntax("\(error)"), ByteRange(at: 0))
    }
    return nil
  }

  mutating func say(_ problem: ConfigurationDiagnostic, _ range: ByteRange) {
    diagnostics.append(problem.at(place(range)))
  }

  mutating func say(_ problem: ConfigurationDiagnostic, _ node: Node) { say(problem, range(of: node)) }

  func place(_ range: ByteRange) -> SourceRange { SourceRange(path: source.path, range: range) }
  func place(_ node: Node) -> SourceRange { place(range(of: node)) }

  // MARK: Ranges

  /// A scalar's text with its quotes; of a mapping or list where it begins.
  func range(of node: Node) -> ByteRange {
    guard let mark = node.mark else { return ByteRange(at: 0) }
    let start = offset(of: mark)
    guard let scalar = node.scalar else { return ByteRange(at: start) }
    let line = source.slice(ByteRange(start, index.range(ofLine: mark.line).upper)).utf8
    switch scalar.style {
    case .doubleQuoted, .singleQuoted:
      guard let quote = line.first else { return ByteRange(at: start) }
      let inner = line.dropFirst().prefix { $0 != quote }
      return ByteRange(start, start + min(inner.count + 2, line.count))
    case .any, .plain, .literal, .folded:
      return ByteRange(start, start + min(scalar.string.utf8.count, line.count))
    }
  }

  /// Yams counts Unicode scalars from 1.
  private func offset(of mark: Mark) -> Int {
    let line = index.range(ofLine: mark.line)
    let before = source.slice(line).unicodeScalars.prefix(max(mark.column - 1, 0))
    return line.lower + before.reduce(0) { $0 + UTF8.width($1) }
  }

  // MARK: Types

  /// The members of a mapping by key, unknown keys diagnosed.
  mutating func members(
    _ node: Node, of definition: ConfigurationMapping, advice: [String: String] = [:]
  ) -> [String: Member]? {
    let known = definition.names
    guard let mapping = node.mapping else {
      wrongType("a mapping", node)
      return nil
    }
    var result: [String: Member] = [:]
    for (key, value) in mapping {
      guard let name = key.scalar?.string else {
        wrongType("a name", key)
        continue
      }
      if known.contains(name) {
        result[name] = Member(key: key, value: value)
      } else {
        say(.unknownKey(name, known: known, advice: advice[name]), key)
      }
    }
    return result
  }

  mutating func string(_ node: Node) -> String? {
    guard let scalar = node.scalar, !isNull(scalar), !(isPlain(scalar) && boolValues[scalar.string] != nil) else {
      wrongType("a text", node)
      return nil
    }
    return scalar.string
  }

  mutating func located(_ node: Node) -> Located<String>? { string(node).map { Located($0, place(node)) } }

  mutating func bool(_ node: Node) -> Bool? {
    guard let scalar = node.scalar, isPlain(scalar), let value = boolValues[scalar.string] else {
      wrongType("true or false", node)
      return nil
    }
    return value
  }

  mutating func integer(_ node: Node) -> Int? {
    guard let scalar = node.scalar, isPlain(scalar), let value = Int(scalar.string) else {
      wrongType("a whole number", node)
      return nil
    }
    return value
  }

  /// A text, or a list of them.
  mutating func strings(_ node: Node) -> [Located<String>]? {
    guard let sequence = node.sequence else { return located(node).map { [$0] } }
    return sequence.compactMap { located($0) }
  }

  mutating func list(_ node: Node) -> [Node]? {
    guard let sequence = node.sequence else {
      wrongType("a list", node)
      return nil
    }
    return Array(sequence)
  }

  mutating func stringMap(_ node: Node) -> [String: String]? {
    guard let mapping = node.mapping else {
      wrongType("a mapping of names", node)
      return nil
    }
    var result: [String: String] = [:]
    for (key, value) in mapping {
      if let name = string(key), let text = string(value) { result[name] = text }
    }
    return result
  }

  mutating func choice<Choice: RawRepresentable & CaseIterable>(_ node: Node, key: String, of: Choice.Type) -> Choice?
  where Choice.RawValue == String {
    guard let scalar = node.scalar, !isNull(scalar) else {
      wrongType("a text", node)
      return nil
    }
    if let choice = Choice(rawValue: scalar.string) { return choice }
    say(.unknownValue(scalar.string, of: key, known: Choice.allCases.map(\.rawValue)), node)
    return nil
  }

  mutating func wrongType(_ expected: String, _ node: Node) {
    let found: String
    switch node {
    case .mapping: found = "a mapping"
    case .sequence: found = "a list"
    case .alias: found = "an alias"
    case .scalar(let scalar):
      found = isNull(scalar) ? "nothing" : "'\(scalar.string)'"
    }
    say(.wrongType(expected: expected, found: found), node)
  }

  private func isPlain(_ scalar: Node.Scalar) -> Bool { scalar.style == .plain || scalar.style == .any }

  func isNull(_ scalar: Node.Scalar) -> Bool {
    isPlain(scalar) && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
  }

  // MARK: Errors of the YAML itself

  private mutating func report(_ error: YamlError) {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      say(.syntax(problem), ByteRange(at: offset(of: mark)))
    case .duplicatedKeysInMapping(let duplicates, let context):
      for key in duplicates.sorted() { say(.duplicateKey(key), secondKey(key, from: context.mark)) }
    case .reader(let problem, let offset, _, _):
      say(.syntax(problem), ByteRange(at: offset ?? 0))
    default:
      say(.syntax("\(error)"), ByteRange(at: 0))
    }
  }

  /// Yams says which key is doubled and where its mapping begins; the second line that begins with it is shown.
  private func secondKey(_ key: String, from mark: Mark) -> ByteRange {
    var found: [ByteRange] = []
    for line in mark.line...max(mark.line, index.lineCount) {
      let range = index.range(ofLine: line)
      let text = source.slice(range)
      let lead = text.utf8.prefix { " -{,\"'\t".utf8.contains($0) }.count
      if text.utf8.dropFirst(lead).starts(with: key.utf8) {
        found.append(ByteRange(range.lower + lead, range.lower + lead + key.utf8.count))
      }
    }
    return found.dropFirst().first ?? found.first ?? ByteRange(at: offset(of: mark))
  }
}

/// One entry of a mapping.
struct Member {
  var key: Node
  var value: Node
}

// YAML 1.2 §10.3.2: true and false in three spellings.
private let boolValues = [
  "true": true, "True": true, "TRUE": true, "false": false, "False": false, "FALSE": false,
]
