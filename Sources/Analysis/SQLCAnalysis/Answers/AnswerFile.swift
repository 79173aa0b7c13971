// What a server said of a block's schema and queries, kept in a file that is committed: who has no server can check all the
// same.

import Foundation
import SQLCDiagnostics
import SQLCEngine
import SQLCModel
import SQLCRuntimeKit

/// A block's answers: a line about the schema, and one for each query.
///
/// An answer belongs to a text: that of the schema's files, and that of the query, whatever comments stand around it. When
/// either changes, it is stale.
package struct AnswerFile: Equatable, Sendable {
  /// Of the lines' form; another one is not read.
  static let format = 3

  struct Header: Codable, Equatable {
    var format: Int
    var schema: String
    var model: SchemaModel
  }

  struct Entry: Codable, Equatable {
    var name: String
    var text: String
    /// Absent for a query with errors, which no answer is kept of. Its places are those of `Placement.alone`.
    var model: QueryModel
    var warnings: [Warning]
  }

  /// A warning about the query, to be given again.
  struct Warning: Codable, Equatable {
    var pass: String
    var rule: String
    var message: String
    var label: String
    var source: SourceRange
    var notes: [String]
  }

  var header: Header
  /// By the names of their queries.
  private(set) var entries: [Entry]
  package var count: Int { entries.count }

  /// The answers for a schema and its queries; nil where a query has errors.
  init?(schema: [SourceFile], model: SchemaModel, _ queries: [QuerySnapshot]) {
    header = Header(format: Self.format, schema: fingerprint(of: schema), model: model)
    entries = []
    for query in queries {
      guard let model = query.analyzedModel else { return nil }
      let move = Move(from: Placement(of: query.analyzed), to: .alone(query.analyzed))
      let place = { (source: SourceRange) in move?(source) ?? source }
      let warnings = query.analyzedDiagnostics.map {
        Warning(
          pass: $0.id.pass, rule: $0.id.name, message: $0.message, label: $0.primary.text,
          source: place($0.primary.source), notes: $0.notes)
      }
      var kept = model.movingPlaces(place)
      // It is read from the file whenever it is needed.
      kept.documentation = []
      entries.append(
        Entry(name: query.name, text: fingerprint(of: query.analyzed), model: kept, warnings: warnings))
    }
    entries.sort { $0.name < $1.name }
  }

  /// The text of the file: JSON, a line for each answer, so that two people who add queries add lines.
  package func render() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    func line(_ value: some Encodable) throws -> String {
      String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
    }
    return try line(header) + entries.map(line).joined()
  }

  /// Nil when the text is no file of answers of this form.
  init?(parsing text: String) {
    let lines = text.split(separator: "\n")
    let decoder = JSONDecoder()
    guard let first = lines.first, let header = try? decoder.decode(Header.self, from: Data(first.utf8)),
      header.format == Self.format
    else { return nil }
    self.header = header
    entries = []
    for line in lines.dropFirst() {
      guard let entry = try? decoder.decode(Entry.self, from: Data(line.utf8)) else { return nil }
      entries.append(entry)
    }
  }

  /// Is it of this schema?
  func isOf(_ schema: [SourceFile]) -> Bool { header.schema == fingerprint(of: schema) }
}

extension AnswerFile.Entry {
  /// The answer for a query as it stands; nil when it is for another text.
  ///
  /// - Parameter rules: of every warning that can have been kept.
  func answer(for query: AnnotatedQuery, rules: RuleRegistry) -> Diagnosed<QueryModel?>? {
    guard text == fingerprint(of: query) else { return nil }
    let move = Move(from: .alone(query), to: Placement(of: query))
    let place = { (source: SourceRange) in move?(source) ?? source }
    var model = model.movingPlaces(place)
    model.documentation = query.documentation
    let given = warnings.compactMap { warning -> Diagnostic? in
      guard let rule = rules[DiagnosticID(warning.pass, warning.rule)] else { return nil }
      return Diagnostic(
        rule, warning.message, at: DiagnosticLabel(place(warning.source), warning.label), notes: warning.notes)
    }
    return Diagnosed(model, given)
  }
}

/// Where the file of the block with that output folder lies, which no other block has:
/// `sqlc-snapshots/Sources-Store-Generated.jsonl`.
///
/// A hyphen is a slash, and what could be taken for one is escaped: `a/b` and `a-b` have files of their own.
package func answerFilePath(out: String) -> String {
  let name = out.unicodeScalars.reduce(into: "") { name, scalar in
    switch scalar {
    case "/": name += "-"
    case "-": name += "%2D"
    case "\\": name += "%5C"
    case "%": name += "%25"
    default: name.unicodeScalars.append(scalar)
    }
  }
  return "sqlc-snapshots/\(name).jsonl"
}

// MARK: Fingerprints

/// Tells texts apart; it is no proof against forgers.
private func fingerprint(_ parts: [String]) -> String {
  // Twice with different beginnings.
  var first = Fingerprint()
  var second = Fingerprint(from: 0x6C62_272E_07BB_0142)
  for part in parts {
    first.add(part.utf8)
    second.add(part.utf8)
    first.add(0xFF)
    second.add(0xFE)
  }
  return first.hexadecimal + second.hexadecimal
}

private func fingerprint(of schema: [SourceFile]) -> String { fingerprint(schema.flatMap { [$0.path, $0.text] }) }

private func fingerprint(of query: AnnotatedQuery) -> String {
  let assertions = query.assertions.map {
    let place = $0.counted(from: query.statementRange.lower)
    return "\(place.claim.rawValue) \(place.range.lower) \(place.range.upper)"
  }
  return fingerprint(
    [
      "\(query.row)", query.command.rawValue, String(query.source.slice(query.commandRange)),
      String(query.source.slice(query.statementRange)),
    ] + assertions)
}
