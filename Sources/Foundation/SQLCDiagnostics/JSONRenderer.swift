// Diagnostics for programs: the same facts as the text, with positions in every unit.

/// Renders diagnostics as one JSON array, or writes them where a document wants them.
///
/// Each is `{"id", "severity", "message", "location", "label", "related": [{"location", "label"}], "notes",
/// "fixIts": [{"message", "applicability", "edits": [{"location", "replacement"}]}]}`; a location is `{"file", "line",
/// "column", "endLine", "endColumn", "start", "end"}` with lines and UTF-8 columns from 1 and byte offsets from 0, or the
/// file alone when it could not be read.
public struct JSONRenderer {
  private let sources: SourceSet
  private var indexes: [String: LineIndex] = [:]

  public init(sources: SourceSet) { self.sources = sources }

  public mutating func render(_ diagnostics: [Diagnostic]) -> String {
    var json = JSONWriter()
    write(diagnostics, to: &json)
    return json.text
  }

  /// The array, as the next value of `json`.
  public mutating func write(_ diagnostics: [Diagnostic], to json: inout JSONWriter) {
    json.array { json in
      for diagnostic in diagnostics {
        json.object { json in write(diagnostic, to: &json) }
      }
    }
  }

  private mutating func write(_ diagnostic: Diagnostic, to json: inout JSONWriter) {
    json.member("id", diagnostic.id.description)
    json.member("severity", diagnostic.severity.rawValue)
    json.member("message", diagnostic.message)
    location(diagnostic.primary.source, to: &json)
    json.member("label", diagnostic.primary.text)
    json.array("related") { json in
      for label in diagnostic.secondary {
        json.object { json in
          location(label.source, to: &json)
          json.member("label", label.text)
        }
      }
    }
    json.member("notes", diagnostic.notes)
    json.array("fixIts") { json in
      for fixIt in diagnostic.fixIts {
        json.object { json in
          json.member("message", fixIt.message)
          json.member("applicability", fixIt.applicability.rawValue)
          json.array("edits") { json in
            for edit in fixIt.edits {
              json.object { json in
                location(edit.source, to: &json)
                json.member("replacement", edit.replacement)
              }
            }
          }
        }
      }
    }
  }

  private mutating func location(_ range: SourceRange, to json: inout JSONWriter) {
    json.object("location") { json in
      guard let entry = sources[range.path] else {
        json.member("file", range.path)
        return
      }
      let index = lineIndex(of: entry.source)
      let (start, end) = (index.position(at: range.range.lower), index.position(at: range.range.upper))
      json.member("file", entry.displayPath)
      json.member("line", start.line)
      json.member("column", start.column)
      json.member("endLine", end.line)
      json.member("endColumn", end.column)
      json.member("start", range.range.lower)
      json.member("end", range.range.upper)
    }
  }

  private mutating func lineIndex(of source: SourceFile) -> LineIndex {
    if let known = indexes[source.path] { return known }
    let made = LineIndex(source.text)
    indexes[source.path] = made
    return made
  }
}
