// `-- row: …` beside an annotation: what the query asks its row to be.
//
// | line | reading |
// |---|---|
// | `-- row: own` | a struct of its own |
// | `-- row: AgentSummary` | a struct that it shares with those that say the same; the name begins with a capital |
// | `-- row: AgentSummary widen email: invited users have none` | the same, and a column may be NULL for others' sake |
// | `-- row: the whole agent` | prose |

import SQLCDiagnostics
import SQLCModel

/// A line of a comment that asks for a row.
struct RowLine: Equatable {
  var request: RowRequest
  /// `widen` is there, but what must follow is not.
  var isMalformed = false

  /// Nothing where the line is prose.
  init?(_ line: String) {
    let words = line.split(maxSplits: 3, whereSeparator: \.isWhitespace).map(String.init)
    guard words.count >= 2, words[0] == "row:" else { return nil }
    if words.count == 2, words[1] == "own" {
      request = .own
      return
    }
    guard isQueryName(words[1]), words[1].first?.isUppercase == true, words.count == 2 || words[2] == "widen" else {
      return nil
    }
    request = .shared(SharedRow(name: words[1]))
    guard words.count > 2 else { return }
    let parts = words.count == 4 ? words[3].split(separator: ":", maxSplits: 1) : []
    let columns = (parts.first ?? "").split(separator: ",", omittingEmptySubsequences: false)
      .map { $0.trimming(while: \.isWhitespace) }
    let reason = parts.count == 2 ? parts[1].trimming(while: \.isWhitespace) : ""
    isMalformed = reason.isEmpty || columns.contains { $0.isEmpty || $0.contains(where: \.isWhitespace) }
    request = .shared(SharedRow(name: words[1], widened: columns, reason: reason))
  }
}

extension Substring {
  fileprivate func trimming(while isLeftOut: (Character) -> Bool) -> String {
    var rest = drop(while: isLeftOut)
    while let last = rest.last, isLeftOut(last) { rest.removeLast() }
    return String(rest)
  }
}

/// What the comments around an annotation ask the row to be.
func rowRequest(in comments: [LexicalToken], of source: SourceFile) -> Diagnosed<RowRequest> {
  var found: RowLine?
  for comment in comments {
    for case let line? in textLines(of: comment, in: source).map(RowLine.init) {
      if line.isMalformed {
        return Diagnosed(.automatic, [QueryFileDiagnostic.malformedRow.at(comment.range, in: source)])
      }
      if found != nil {
        return Diagnosed(.automatic, [QueryFileDiagnostic.secondRow.at(comment.range, in: source)])
      }
      found = line
    }
  }
  return Diagnosed(found?.request ?? .automatic)
}
