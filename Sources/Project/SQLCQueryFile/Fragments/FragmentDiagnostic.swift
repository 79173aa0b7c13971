// What is said of fragments and their uses.

import SQLCDiagnostics

enum FragmentDiagnostic {
  case malformedFragment
  case missingBody(String)
  case duplicateFragment(String)
  case unfitBody(String)
  case undeclaredParameter(String, near: String?)
  case unusedParameter(String)
  case foreignParameter(String)
  case unusedFragment(String)
  /// Through other fragments, in order; none where it uses itself.
  case recursiveFragment(String, through: [String])
  case unknownFragment(String, near: String?)
  case malformedUse
  case missingArgument(String, fragment: String)
  case unknownArgument(String, fragment: String, near: String?)
  case repeatedArgument(String)
  case unnumberedArgument
  case unnamedArgument(String)
  case misplacedList(String)
  case capturedName(String, fragment: String)
  /// A column without its table, which may be another one inside a SELECT of the fragment.
  case unqualifiedName(String, fragment: String)
  case oversizedStatement(limit: Int)

  private var rule: FragmentRule {
    switch self {
    case .malformedFragment: .malformedFragment
    case .missingBody: .missingBody
    case .duplicateFragment: .duplicateFragment
    case .unfitBody: .unfitBody
    case .undeclaredParameter: .undeclaredParameter
    case .unusedParameter: .unusedParameter
    case .foreignParameter: .foreignParameter
    case .unusedFragment: .unusedFragment
    case .recursiveFragment: .recursiveFragment
    case .unknownFragment: .unknownFragment
    case .malformedUse: .malformedUse
    case .missingArgument: .missingArgument
    case .unknownArgument: .unknownArgument
    case .repeatedArgument: .repeatedArgument
    case .unnumberedArgument: .unnumberedArgument
    case .unnamedArgument: .unnamedArgument
    case .misplacedList: .misplacedList
    case .capturedName, .unqualifiedName: .capturedName
    case .oversizedStatement: .oversizedStatement
    }
  }

  func at(_ range: ByteRange, in source: SourceFile, _ secondary: [DiagnosticLabel] = []) -> Diagnostic {
    let place = SourceRange(path: source.path, range: range)
    return Diagnostic(
      rule.rule, message, at: DiagnosticLabel(place, label), secondary: secondary, notes: notes,
      fixIts: replacement.map { text in
        [FixIt("write '\(text)'", .unsafe, edits: [FixIt.Edit(place, replacement: text)])]
      } ?? [])
  }

  private var message: String {
    switch self {
    case .malformedFragment: "a fragment's head is written '-- fragment: name(parameter, …)'"
    case .missingBody(let name): "no SQL under the head of the fragment '\(name)'"
    case .duplicateFragment(let name): "two fragments are named '\(name)'"
    case .unfitBody(let word):
      switch word {
      case "(", ")": "the parentheses of this fragment do not match"
      case ";": "a fragment is one expression, one list or one part of FROM"
      default: "\(word) cannot stand in a fragment outside of parentheses"
      }
    case .undeclaredParameter(let name, _): "the fragment has no parameter '\(name)'"
    case .unusedParameter(let name): "the fragment does not use its parameter '\(name)'"
    case .foreignParameter(let text): "'\(text)' cannot stand in a fragment"
    case .unusedFragment(let name): "no query uses the fragment '\(name)'"
    case .recursiveFragment(let name, _): "the fragment '\(name)' would be used inside itself"
    case .unknownFragment(let name, _): "there is no fragment '\(name)'"
    case .malformedUse: "a fragment is used with 'sqlc.use(name, parameter => value)'"
    case .missingArgument(let name, _): "the parameter '\(name)' is given no value"
    case .unknownArgument(let name, _, _): "the fragment has no parameter '\(name)'"
    case .repeatedArgument(let name): "the parameter '\(name)' is given two values"
    case .unnumberedArgument: "'?' would be another parameter wherever the fragment has it"
    case .unnamedArgument(let text): "'\(text)' is not the name of a table"
    case .misplacedList(let name): "'\(name)' is a list or a part of FROM, and one value is wanted here"
    case .capturedName(let name, let fragment): "'\(name)' means something else inside '\(fragment)'"
    case .unqualifiedName(let name, let fragment):
      "'\(name)' may be a column of another table inside '\(fragment)'"
    case .oversizedStatement(let limit): "with its fragments this statement is longer than \(limit) bytes"
    }
  }

  private var label: String {
    switch self {
    case .duplicateFragment: "defined again"
    case .undeclaredParameter(_, let near?), .unknownFragment(_, let near?), .unknownArgument(_, _, let near?):
      "did you mean '\(near)'?"
    case .undeclaredParameter(let name, nil): "add '\(name)' to the parentheses of its head"
    case .foreignParameter: "give the fragment a parameter: '@name'"
    case .recursiveFragment(_, let through): through.isEmpty ? "" : "through '\(through.joined(separator: "', '"))'"
    case .missingArgument(let name, _): "add '\(name) => …'"
    case .unnumberedArgument: "give it a name: '@name'"
    case .capturedName: "give one of the two another alias"
    case .unqualifiedName(let name, _): "write 'table.\(name)'"
    case .malformedFragment, .missingBody, .unfitBody, .unusedParameter, .unusedFragment, .unknownFragment,
      .malformedUse, .unknownArgument, .repeatedArgument, .unnamedArgument, .misplacedList, .oversizedStatement:
      ""
    }
  }

  private var notes: [String] {
    switch self {
    case .unfitBody(let word) where !["(", ")", ";"].contains(word):
      ["a SELECT in parentheses is an expression, or a part of FROM"]
    case .foreignParameter: ["a use says what it is: 'sqlc.use(fragment, ids => sqlc.slice(ids))'"]
    case .missingArgument(_, let fragment), .unknownArgument(_, let fragment, _): ["the fragment is '\(fragment)'"]
    default: []
    }
  }

  private var replacement: String? {
    switch self {
    case .unknownFragment(_, let near), .unknownArgument(_, _, let near): near
    case .undeclaredParameter(_, let near): near.map { "@" + $0 }
    default: nil
    }
  }
}
