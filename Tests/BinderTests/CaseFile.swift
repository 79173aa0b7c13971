// Case files: a schema, a line `-- query`, statements. What is expected stands in comments under the code:
//
//     SELECT nosuch FROM t;
//     --     ^^^^^^ error[unknown-column] no column 'nosuch'
//     SELECT * FROM t;
//     --= columns a, b
//     --= star a, b
//
// Carets point into the nearest line above that is no such comment. Every diagnostic must be expected and the other way round.

import SQLCDiagnostics
import SQLCSemanticsSQLite
import SQLCSyntaxSQLite

/// A diagnostic that is expected, or that came.
struct Marker: Hashable, CustomStringConvertible {
  var line: Int
  var columns: Range<Int>
  var severity: String
  var id: String
  var text: String

  var description: String { "\(line):\(columns.lowerBound)-\(columns.upperBound) \(severity)[\(id)] \(text)" }
}

struct Fact: Hashable {
  var line: Int
  var key: String
  var value: String
}

struct CaseFile {
  var schema: SourceFile
  var queries: SourceFile
  var markers: [Marker] = []
  var facts: [Fact] = []

  init(path: String, text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let border = lines.firstIndex(of: "-- query") ?? lines.count
    // Both halves keep their lines, so that positions need no shifting.
    let head = lines.enumerated().map { $0.offset < border ? $0.element : "" }.joined(separator: "\n")
    let tail = lines.enumerated().map { $0.offset > border ? $0.element : "" }.joined(separator: "\n")
    schema = SourceFile(path: "schema of \(path)", text: head)
    queries = SourceFile(path: path, text: tail)
    var above = 0
    for (index, line) in lines.enumerated() {
      if line.hasPrefix("--=") {
        let words = line.dropFirst(3).drop { $0 == " " }
        let key = words.prefix { $0 != " " }
        let value = words.dropFirst(key.count).drop { $0 == " " }
        facts.append(Fact(line: above, key: String(key), value: String(value)))
      } else if line.hasPrefix("--"), let start = line.utf8.firstIndex(of: UInt8(ascii: "^")) {
        let lower = line.utf8.distance(from: line.utf8.startIndex, to: start)
        let carets = line[start...].prefix { $0 == "^" }
        let rest = line[start...].dropFirst(carets.count).drop { $0 == " " }
        let severity = rest.prefix { $0 != "[" }
        let id = rest.dropFirst(severity.count + 1).prefix { $0 != "]" }
        let message = rest.dropFirst(severity.count + id.count + 2).drop { $0 == " " }
        markers.append(
          Marker(
            line: above, columns: lower..<(lower + carets.count), severity: String(severity), id: String(id),
            text: String(message)))
      } else {
        above = index
      }
    }
  }

  /// Diagnostics as markers; only the part of the message that is expected is compared.
  func unexpected(_ diagnostics: [Diagnostic]) -> [String] {
    var missing = markers
    var problems: [String] = []
    for diagnostic in diagnostics {
      let marker = marker(of: diagnostic)
      if let index = missing.firstIndex(where: {
        $0.line == marker.line && $0.columns == marker.columns && $0.severity == marker.severity && $0.id == marker.id
          && marker.text.hasPrefix($0.text)
      }) {
        missing.remove(at: index)
      } else {
        problems.append("unexpected \(marker)")
      }
    }
    return problems + missing.map { "missing \($0)" }
  }

  private func marker(of diagnostic: Diagnostic) -> Marker {
    position(diagnostic, in: diagnostic.primary.source.path == schema.path ? schema.text : queries.text)
  }

  private func position(_ diagnostic: Diagnostic, in text: String) -> Marker {
    var line = 0
    var start = 0
    for (offset, byte) in text.utf8.enumerated() {
      if offset >= diagnostic.primary.source.range.lower { break }
      if byte == UInt8(ascii: "\n") {
        line += 1
        start = offset + 1
      }
    }
    let range = diagnostic.primary.source.range
    return Marker(
      line: line, columns: (range.lower - start)..<(range.upper - start), severity: diagnostic.severity.rawValue,
      id: diagnostic.id.name, text: diagnostic.message)
  }
}
