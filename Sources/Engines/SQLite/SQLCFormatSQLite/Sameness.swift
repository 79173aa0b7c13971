// Whether two texts say the same.

import SQLCFormat
import SQLCQueryFile
import SQLCSyntaxSQLite

/// What is told apart though it must not be.
func difference(between before: ReadScript, and after: ReadScript) -> FormatDifference? {
  if !haveSameTokens(before, after) { return .tokens }
  if places(ofCommentsIn: before) != places(ofCommentsIn: after) { return .comments }
  let areSame = before.items.count == after.items.count && zip(before.items, after.items).allSatisfy(areSameTrees)
  if !areSame { return .tree }
  return haveSameQueries(before, after) ? nil : .queries
}

private func haveSameTokens(_ before: ReadScript, _ after: ReadScript) -> Bool {
  guard before.tokens.count == after.tokens.count else { return false }
  return zip(before.tokens, after.tokens).allSatisfy { old, new in
    guard old.kind == new.kind, old.range.count == new.range.count else { return false }
    let pairs = zip(
      before.bytes[old.range.lower..<old.range.upper], after.bytes[new.range.lower..<new.range.upper])
    if pairs.allSatisfy({ $0 == $1 }) { return true }
    // Words of the grammar that are no keywords. Where they are names, the tree tells them apart.
    let text = String(decoding: before.bytes[old.range.lower..<old.range.upper], as: UTF8.self).uppercased()
    let isWord = old.kind.isKeyword || ["STRICT", "ROWID", "STORED"].contains(text)
    return isWord && pairs.allSatisfy { $0 | 0x20 == $1 | 0x20 }
  }
}

/// Each comment, and how many tokens stand before it. Commas are not counted: a comment may come to stand behind its comma.
private func places(ofCommentsIn script: ReadScript) -> [String] {
  var places: [String] = []
  var count = 0
  for (index, gap) in script.gaps.enumerated() {
    for comment in gap.comments { places.append("\(count) \(comment.text)") }
    if index < script.tokens.count, script.tokens[index].kind != .comma { count += 1 }
  }
  return places
}

private func areSameTrees(_ before: any SyntaxNode, _ after: any SyntaxNode) -> Bool {
  guard before.syntaxKind == after.syntaxKind, before.attributes == after.attributes else { return false }
  let (old, new) = (before.children, after.children)
  return old.count == new.count && zip(old, new).allSatisfy(areSameTrees)
}

private func haveSameQueries(_ before: ReadScript, _ after: ReadScript) -> Bool {
  // Those that are no query too: what is nearly an annotation is an error where it begins a line, and prose where it does not.
  before.headings.map(\.place) == after.headings.map(\.place)
    && before.queries.count == after.queries.count
    && zip(before.queries, after.queries).allSatisfy { old, new in
      old.name == new.name && old.command == new.command && old.documentation == new.documentation
        && old.row == new.row
    }
}
