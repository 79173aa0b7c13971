// What stands between two statements: comments, annotations, empty lines.

import SQLCSyntaxSQLite

extension Layout {
  /// The text between the statement before and the one behind, or an end of the file.
  ///
  /// Empty lines stay, several as one. Under a statement there is one above an annotation and its documentation. What would
  /// become an annotation at the beginning of a line stays behind the statement.
  func gapText(before index: Int, isFirst: Bool, isLast: Bool, lineEnd: String) -> String {
    let gap = script.gaps[index]
    var text = ""
    var isSameLine = !isFirst
    var isApart = isFirst
    let hasAnnotation = gap.comments.contains(where: isAnnotation)
    for comment in gap.comments {
      if isSameLine, comment.lineEndsBefore == 0, comment.endsLine || isLast {
        text += " " + comment.text
        isSameLine = comment.form == .block && !comment.endsLine
        continue
      }
      if isSameLine, comment.lineEndsBefore == 0, script.headingPlace(of: comment) == .behindText {
        text += (text.hasSuffix(" ") ? "" : " ") + comment.text + " "
        continue
      }
      if !(isFirst && text.isEmpty), !text.hasSuffix("*/ ") {
        text += lineEnd
        if comment.lineEndsBefore > 1 || (hasAnnotation && !isApart) { text += lineEnd }
      }
      isApart = true
      isSameLine = false
      text += comment.text
      if !comment.endsLine { text += " " }
    }
    // A comment that nothing closes would take the line end for its own.
    if isLast { return gap.comments.last?.isClosed == false ? text : text + lineEnd }
    if text.hasSuffix("*/ ") || isFirst && text.isEmpty { return text }
    text += lineEnd
    return gap.lineEndsAfter > 1 ? text + lineEnd : text
  }

  private func isAnnotation(_ comment: Comment) -> Bool { script.headingPlace(of: comment) == .lineStart }
}
