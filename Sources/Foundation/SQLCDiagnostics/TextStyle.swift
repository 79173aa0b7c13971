// Colour, or none.

/// Whether rendered text carries terminal colours.
public enum TextStyle: Sendable, Hashable {
  case plain, ansi
}

/// What a piece of rendered text is, from which follows its colour.
enum TextRole: Sendable, Hashable {
  case plain, strong, gutter, error, warning, note, secondary

  private var code: String {
    switch self {
    case .plain: ""
    case .strong: "1"
    case .gutter: "34"
    case .error: "1;31"
    case .warning: "1;33"
    case .note: "1;36"
    case .secondary: "34"
    }
  }

  func paint(_ text: String, in style: TextStyle) -> String {
    switch style {
    case .plain: text
    case .ansi: code.isEmpty || text.isEmpty ? text : "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }
  }
}

extension Severity {
  var role: TextRole {
    switch self {
    case .note: .note
    case .warning: .warning
    case .error: .error
    }
  }
}
