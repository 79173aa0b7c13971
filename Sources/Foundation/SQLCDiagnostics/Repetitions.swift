// One mistake in a schema can be an error in each of thousands of queries: people are shown the first ones.

/// So often is one message shown, wherever it points.
private let mostOfOneMessage = 10
/// So often is one diagnostic shown, whatever its messages.
private let mostOfOneName = 100

/// Diagnostics of one name that are not shown.
struct HiddenDiagnostics: CustomStringConvertible {
  var id: DiagnosticID
  var severity: Severity
  var count: Int

  var description: String {
    "\n\(count) more \(severity.rawValue)\(count == 1 ? "" : "s") '\(id)' \(count == 1 ? "is" : "are") not shown; "
      + "'--diagnostics json' has all"
  }
}

private struct Message: Hashable {
  var id: DiagnosticID
  var text: String
}

extension [Diagnostic] {
  /// The diagnostics to show, in their order, and how many are left out of each name.
  func withoutRepetitions() -> (shown: [Diagnostic], hidden: [HiddenDiagnostics]) {
    var messages: [Message: Int] = [:]
    var names: [DiagnosticID: Int] = [:]
    var shown: [Diagnostic] = []
    var hidden: [HiddenDiagnostics] = []
    for diagnostic in self {
      let message = Message(id: diagnostic.id, text: diagnostic.message)
      if messages[message, default: 0] < mostOfOneMessage, names[diagnostic.id, default: 0] < mostOfOneName {
        messages[message, default: 0] += 1
        names[diagnostic.id, default: 0] += 1
        shown.append(diagnostic)
      } else if let place = hidden.firstIndex(where: { $0.id == diagnostic.id && $0.severity == diagnostic.severity }) {
        hidden[place].count += 1
      } else {
        hidden.append(HiddenDiagnostics(id: diagnostic.id, severity: diagnostic.severity, count: 1))
      }
    }
    return (shown, hidden)
  }
}
