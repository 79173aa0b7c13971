// What is said of keys, in words.

import SQLCDiagnostics
import SQLCModel

enum KeyDiagnostic {
  case mixed(KeyMeeting)
  case misplaced(KeyMeeting, column: String)
  case parameter(name: String, KeyMeeting)
  case ambiguousColumn(ColumnReference, [ColumnReference])
  case otherType(ColumnReference, type: String, key: ColumnReference, keyType: String)
  case unchecked(query: String)

  var rule: Rule {
    switch self {
    case .mixed: KeyRule.mixedKeys.rule
    case .misplaced: KeyRule.misplacedKey.rule
    case .parameter: KeyRule.ambiguousParameter.rule
    case .ambiguousColumn: KeyRule.ambiguousColumn.rule
    case .otherType: KeyRule.otherType.rule
    case .unchecked: KeyRule.uncheckedQuery.rule
    }
  }

  var message: String {
    switch self {
    case .mixed(let meeting): "a key of \(meeting.first.owner) is compared with a key of \(meeting.second.owner)"
    case .misplaced(let meeting, let column):
      "'\(column)' holds keys of \(meeting.first.owner), and is given a key of \(meeting.second.owner)"
    case .parameter(let name, let meeting):
      "'\(name)' is a key of \(meeting.first.owner) and a key of \(meeting.second.owner)"
    case .ambiguousColumn(let column, let keys):
      "'\(column)' refers to \(keys.map(\.owner).joined(separator: " and to ")): it keeps the type that it is stored as"
    case .otherType(let column, let type, let key, let keyType):
      "'\(column)' is \(type) where the key '\(key)' is \(keyType): it keeps the type that it is stored as"
    case .unchecked(let query):
      "the keys that '\(query)' compares are not checked: its statement is of a kind that is not followed"
    }
  }

  var notes: [String] {
    switch self {
    case .mixed, .misplaced:
      [
        "where both are the same thing, a foreign key says so; where it is meant, `+ 0` behind a number or `|| ''` behind a "
          + "text makes a plain value of a key"
      ]
    case .parameter: ["use two parameters, one for each"]
    case .ambiguousColumn, .otherType, .unchecked: []
    }
  }

  /// - Parameter labels: with the place that the message is about first.
  func diagnostic(_ labels: [DiagnosticLabel]) -> Diagnostic {
    Diagnostic(rule, message, at: labels[0], secondary: Array(labels.dropFirst()), notes: notes)
  }
}

extension ColumnReference {
  /// The table whose key it is, as messages name it.
  fileprivate var owner: String { "'\(table)'" }
}
