// How a name is written so that it is read as that name.

import SQLCDiagnostics

/// SQLite, lang_keywords.html: in double quotes where it has other characters than those of a word, or is a word that the grammar
/// takes for its own where a name may stand.
public func spelledName(_ name: String) -> String {
  isPlainName(name) ? name : "\"" + name.replacingScalars("\"", with: "\"\"") + "\""
}

private func isPlainName(_ name: String) -> Bool {
  let bytes = Array(name.utf8)
  guard let first = bytes.first, !(0x30...0x39).contains(first) else { return false }
  guard
    bytes.allSatisfy({ $0 >= 0x80 || $0 == 0x5F || (0x30...0x39).contains($0) || (0x41...0x5A).contains($0 & 0xDF) })
  else { return false }
  let kind = bytes.withUnsafeBufferPointer { KeywordTable.shared.kind(of: $0, from: 0, to: $0.count) }
  guard let kind else { return true }
  // WITH begins a query in a parenthesis; RECURSIVE is read behind it, and IF behind CREATE TABLE.
  return kind.isFallbackKeyword && !kind.startsExpressionItself && ![.with, .recursive, .if].contains(kind)
}
