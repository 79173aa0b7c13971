// SARIF 2.1.0: docs.oasis-open.org/sarif/sarif/v2.1.0.

extension Report {
  /// Columns count UTF-16 code units, as §3.14.17 `columnKind` says.
  var sarif: String {
    var indexes: [String: LineIndex] = [:]
    let rules = allRules
    let places = Dictionary(uniqueKeysWithValues: rules.enumerated().map { ($0.element.id, $0.offset) })
    var json = JSONWriter()
    json.object { json in
      json.member("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
      json.member("version", "2.1.0")
      json.array("runs") { json in
        json.object { json in
          json.object("tool") { json in
            json.object("driver") { json in
              json.member("name", "sqlc-swift")
              json.array("rules") { json in for rule in rules { json.object { describe(rule, in: &$0) } } }
            }
          }
          json.member("columnKind", "utf16CodeUnits")
          json.array("results") { json in
            for diagnostic in diagnostics {
              json.object { describe(diagnostic, places[diagnostic.id] ?? 0, in: &$0, &indexes) }
            }
          }
        }
      }
    }
    return json.text + "\n"
  }

  private func describe(_ rule: ReportRule, in json: inout JSONWriter) {
    json.member("id", rule.id.description)
    json.object("shortDescription") { $0.member("text", rule.summary.isEmpty ? rule.id.description : rule.summary) }
    if !rule.help.isEmpty { json.object("help") { $0.member("text", rule.help) } }
    json.object("defaultConfiguration") { $0.member("level", rule.level.rawValue) }
  }

  private func describe(
    _ diagnostic: Diagnostic, _ rule: Int, in json: inout JSONWriter, _ indexes: inout [String: LineIndex]
  ) {
    json.member("ruleId", diagnostic.id.description)
    json.member("ruleIndex", rule)
    json.member("level", diagnostic.severity.rawValue)
    json.object("message") { $0.member("text", ([diagnostic.message] + diagnostic.notes).joined(separator: "\n")) }
    json.array("locations") { json in
      json.object { locate(diagnostic.primary, in: &$0, &indexes) }
    }
    let secondary = diagnostic.secondary
    if !secondary.isEmpty {
      json.array("relatedLocations") { json in
        for label in secondary { json.object { locate(label, in: &$0, &indexes) } }
      }
    }
  }

  private func locate(_ label: DiagnosticLabel, in json: inout JSONWriter, _ indexes: inout [String: LineIndex]) {
    let (start, end) = positions(of: label.source, &indexes)
    let path = sources[label.source.path]?.displayPath ?? label.source.path
    let columns = (units(label.source, start, indexes), units(label.source, end, indexes))
    json.object("physicalLocation") { json in
      json.object("artifactLocation") { $0.member("uri", uri(path)) }
      json.object("region") { json in
        json.member("startLine", start.line)
        json.member("startColumn", columns.0)
        json.member("endLine", end.line)
        json.member("endColumn", columns.1)
      }
    }
    if !label.text.isEmpty { json.object("message") { $0.member("text", label.text) } }
  }

  private func units(_ source: SourceRange, _ position: LinePosition, _ indexes: [String: LineIndex]) -> Int {
    guard let file = sources[source.path]?.source, let index = indexes[source.path] else { return position.column }
    let line = index.range(ofLine: position.line)
    return file.slice(ByteRange(line.lower, line.lower + position.column - 1)).utf16.count + 1
  }

  /// RFC 3986: what is no letter, digit or mark of a path is written by its bytes.
  private func uri(_ path: String) -> String {
    path.utf8.reduce(into: "") { result, byte in
      let isPlain =
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || "-._~/".utf8.contains(byte)
      if isPlain {
        result.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        result += "%" + (digits.count == 1 ? "0" : "") + digits
      }
    }
  }
}
