// What sqlc's macros are for, and what the names in them become.

import SQLCAnalysis
import SQLCDiagnostics

extension DocumentContext {
  /// `sqlc.patch`, or either word of it.
  func macro(at offset: Int) -> (text: [String], range: ByteRange)? {
    guard let block = blocks.first else { return nil }
    let text = SQLText(source, block.block.block.lexicalRules)
    guard let (index, _) = text.token(at: offset) else { return nil }
    for last in index...(index + 2) {
      guard let macro = KnownMacro.named(by: last, in: text), last + 1 < text.tokens.count,
        text.tokens[last + 1].kind == .symbol(UInt8(ascii: "("))
      else { continue }
      let range = ByteRange(text.tokens[last - 2].range.lower, text.tokens[last].range.upper)
      return (["```sql\n\(macro.text)\n```", macro.meaning], range)
    }
    return nil
  }

  /// The name of a predicate of `sqlc.optional`, of an order of `sqlc.order`, of an assignment of `sqlc.patch`.
  func choice(at offset: Int) -> (text: [String], range: ByteRange)? {
    guard let (index, block, query) = query(at: offset) else { return nil }
    let text = SQLText(source, block.block.lexicalRules)
    guard let (token, found) = text.token(at: offset), text.isName(found) else { return nil }
    let scope = StatementScope(text, text.statement(at: offset), tables: [:])
    guard let open = scope.groups(around: offset).first?.open, let macro = KnownMacro.called(before: open, in: text)
    else { return nil }
    let name = text.name(of: found)
    let isBehindAs = token > 0 && text.keyword(text.tokens[token - 1]) == "AS"
    let meaning: String
    switch macro.name {
    case "optional"
    where token == open + 1 && token + 1 < text.tokens.count
      && text.tokens[token + 1].kind == .symbol(UInt8(ascii: ",")):
      meaning = "A predicate that is there when the caller gives `\(name)`."
    case "order" where isBehindAs: meaning = "An order that the caller can choose."
    case "patch" where isBehindAs: meaning = "An assignment that is made when the caller gives `\(name)`."
    default: return nil
    }
    let signatures = query.hasErrors ? [:] : view.project.memo.signatures(of: index, in: snapshot, session.environment)
    return ((signatures[query.name].map { ["```swift\n\($0)\n```"] } ?? []) + [meaning], found.range)
  }
}
