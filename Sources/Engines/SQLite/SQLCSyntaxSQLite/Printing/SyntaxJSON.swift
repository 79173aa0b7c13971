// The tree as JSON, for `sqlc-swift parse`.

import SQLCDiagnostics

/// The tree of a script as one line of JSON: `{"kind":…,"range":[lower,upper],…attributes…,"children":[…]}`. Ranges are
/// byte offsets in the file.
public func renderTree(_ script: ScriptSyntax) -> String {
  var json = JSONText()
  json.append(script)
  return json.text
}

/// The answer to one line of `sqlc-swift parse --lines`: `{"ok":true}` or `{"ok":false,"diagnostics":[…]}`.
public func checkLine(_ sql: String, path: String = "<standard input>") -> String {
  let errors = parseScript(SourceFile(path: path, text: sql)).diagnostics.filter { $0.severity == .error }
  guard !errors.isEmpty else { return #"{"ok":true}"# }
  var json = JSONText()
  json.text += #"{"ok":false,"diagnostics":["#
  for (index, error) in errors.enumerated() {
    if index > 0 { json.text += "," }
    json.append(error)
  }
  json.text += "]}"
  return json.text
}

/// JSON as it grows.
struct JSONText {
  var text = ""

  mutating func append(_ node: any SyntaxNode) {
    text += #"{"kind":"\#(node.syntaxKind.rawValue)","range":[\#(node.range.lower),\#(node.range.upper)]"#
    for attribute in node.attributes {
      text += #","\#(attribute.name)":"#
      text += attribute.value == "true" ? "true" : Self.quoted(attribute.value)
    }
    let children = node.children
    if !children.isEmpty {
      text += #","children":["#
      for (index, child) in children.enumerated() {
        if index > 0 { text += "," }
        append(child)
      }
      text += "]"
    }
    text += "}"
  }

  mutating func append(_ diagnostic: Diagnostic) {
    let range = diagnostic.primary.source.range
    text += #"{"id":\#(Self.quoted(diagnostic.id.description)),"message":\#(Self.quoted(diagnostic.message))"#
    text += #","label":\#(Self.quoted(diagnostic.primary.text)),"range":[\#(range.lower),\#(range.upper)]}"#
  }

  static func quoted(_ string: String) -> String {
    var result = "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default:
        if scalar.value < 0x20 || scalar.value == 0x7F {
          let digits = String(scalar.value, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }

  /// Plain words stay as they are; everything else is quoted.
  static func quotedIfNeeded(_ string: String) -> String {
    let isPlain = !string.isEmpty && string.utf8.allSatisfy { $0.continuesName || $0 == 0x2E || $0 == 0x2A }
    return isPlain ? string : quoted(string)
  }
}
