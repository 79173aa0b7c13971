// What a server said of a block's schema and queries, kept in a file that is committed: who has no server can check all the
// same.

import Foundation
import SQLCDiagnostics
import SQLCModel
import SQLCQueryFile

/// A block's answers: a line about the schema, and one for each query.
///
/// An answer belongs to a text: that of the schema's files, and that of the query. When either changes, it is stale.
struct Snapshot: Equatable {
  /// Of the lines' form; another one is not read.
  static let format = 1

  struct Header: Codable, Equatable {
    var format: Int
    var schema: String
    var model: SchemaModel
  }

  struct Entry: Codable, Equatable {
    var name: String
    var text: String
    /// Absent for a query with errors, which no snapshot is made of.
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
  var entries: [Entry]

  /// The answers for a schema and its queries; nil where a query has errors.
  init?(schema: [SourceFile], model: SchemaModel, _ answers: [(AnnotatedQuery, Diagnosed<QueryModel?>)]) {
    header = Header(format: Self.format, schema: fingerprint(of: schema), model: model)
    entries = []
    for (query, answer) in answers {
      guard let model = answer.value else { return nil }
      let move = { relative($0, to: query) }
      let warnings = answer.diagnostics.map {
        Warning(
          pass: $0.id.pass, rule: $0.id.name, message: $0.message, label: $0.primary.text,
          source: move($0.primary.source), notes: $0.notes)
      }
      var kept = model.movingPlaces(move)
      // It is read from the file whenever it is needed.
      kept.documentation = []
      entries.append(Entry(name: query.name, text: fingerprint(of: query), model: kept, warnings: warnings))
    }
    entries.sort { $0.name < $1.name }
  }

  /// The text of the file: JSON, a line for each answer, so that two people who add queries add lines.
  func render() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    func line(_ value: some Encodable) throws -> String {
      String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
    }
    return try line(header) + entries.map(line).joined()
  }

  /// Nil when the text is no snapshot of this form.
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

  /// The answer for a query as it stands; nil when there is none for this text.
  func answer(for query: AnnotatedQuery) -> Diagnosed<QueryModel?>? {
    guard let entry = entries.first(where: { $0.name == query.name }), entry.text == fingerprint(of: query) else {
      return nil
    }
    let move = { absolute($0, in: query) }
    var model = entry.model.movingPlaces(move)
    model.documentation = query.documentation
    let warnings = entry.warnings.compactMap { warning -> Diagnostic? in
      guard let rule = ruleRegistry[DiagnosticID(warning.pass, warning.rule)] else { return nil }
      return Diagnostic(
        rule, warning.message, at: DiagnosticLabel(move(warning.source), warning.label), notes: warning.notes)
    }
    return Diagnosed(model, warnings)
  }
}

/// Where in a query's own file a place is, counted from its annotation; others stay as they are, since they are in the schema.
private func relative(_ place: SourceRange, to query: AnnotatedQuery) -> SourceRange {
  guard place.path == query.source.path else { return place }
  let start = query.nameRange.lower
  return SourceRange(path: "", range: ByteRange(place.range.lower - start, place.range.upper - start))
}

private func absolute(_ place: SourceRange, in query: AnnotatedQuery) -> SourceRange {
  guard place.path.isEmpty else { return place }
  let start = query.nameRange.lower
  return SourceRange(
    path: query.source.path, range: ByteRange(place.range.lower + start, place.range.upper + start))
}

// MARK: Fingerprints

/// Tells texts apart; it is no proof against forgers.
private func fingerprint(_ parts: [String]) -> String {
  // FNV-1a, twice with different beginnings.
  var first: UInt64 = 0xcbf2_9ce4_8422_2325
  var second: UInt64 = 0x6c62_272e_07bb_0142
  for part in parts {
    for byte in part.utf8 {
      first = (first ^ UInt64(byte)) &* 0x100_0000_01b3
      second = (second ^ UInt64(byte)) &* 0x100_0000_01b3
    }
    first = (first ^ 0xFF) &* 0x100_0000_01b3
    second = (second ^ 0xFE) &* 0x100_0000_01b3
  }
  func hex(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
  return hex(first) + hex(second)
}

private func fingerprint(of schema: [SourceFile]) -> String { fingerprint(schema.flatMap { [$0.path, $0.text] }) }

private func fingerprint(of query: AnnotatedQuery) -> String {
  let text = query.source.slice(ByteRange(query.nameRange.lower, query.bodyRange.upper))
  let end = text.lastIndex { !$0.isWhitespace }.map { text.index(after: $0) } ?? text.startIndex
  return fingerprint(["\(query.row)", String(text[..<end])])
}

extension Snapshot {
  /// Is it of this schema?
  func isOf(_ schema: [SourceFile]) -> Bool { header.schema == fingerprint(of: schema) }
}
