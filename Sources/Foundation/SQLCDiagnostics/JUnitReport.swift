// JUnit's XML, as CI servers read it: each rule is a case, which fails where it found something.

extension Report {
  var junit: String {
    var indexes: [String: LineIndex] = [:]
    let byRule = Dictionary(grouping: diagnostics, by: \.id)
    let rules = allRules
    let failures = rules.count { byRule[$0.id] != nil }
    var text = #"<?xml version="1.0" encoding="UTF-8"?>"# + "\n"
    text += "<testsuites>\n"
    text += #"<testsuite name="sqlc-swift vet" tests="\#(rules.count)" failures="\#(failures)" errors="0">"# + "\n"
    for rule in rules {
      let name = #"<testcase classname="\#(escaped(rule.id.pass))" name="\#(escaped(rule.id.name))""#
      guard let found = byRule[rule.id] else {
        text += name + "/>\n"
        continue
      }
      text += name + ">\n"
      let kind = found.map(\.severity).max()?.rawValue ?? ""
      text += #"<failure type="\#(kind)" message="\#(escaped(found[0].message))">"#
      for diagnostic in found {
        let start = positions(of: diagnostic.primary.source, &indexes).start
        let path = sources[diagnostic.primary.source.path]?.displayPath ?? diagnostic.primary.source.path
        text += escaped(
          "\(path):\(start.line):\(start.column): \(diagnostic.severity.rawValue): \(diagnostic.message)\n")
      }
      text += "</failure>\n</testcase>\n"
    }
    return text + "</testsuite>\n</testsuites>\n"
  }

  /// XML 1.0 has no control characters but these three, and no U+FFFE and U+FFFF (§2.2).
  private func escaped(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\n", "\t", "\r": result.unicodeScalars.append(scalar)
      case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF: result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
  }
}
