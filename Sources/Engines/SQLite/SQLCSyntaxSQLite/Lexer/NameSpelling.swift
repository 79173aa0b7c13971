// How a name is written so that it is read as that name: the one place where the tool decides on quotes for SQLite.

import SQLCDiagnostics

/// Which words stand in double quotes when they are names.
public enum QuotedWords: Sendable {
  /// Those that the grammar takes for its own where a name may stand: for SQL that people go on writing.
  case reserved
  /// Every keyword of SQLite, and TRUE and FALSE: for SQL that is generated, which other versions with other reserved words read, too.
  case everyKeyword
}

/// SQLite, lang_keywords.html: in double quotes where it has other characters than those of a word, or is a word that `words` names.
public func spelledName(_ name: String, quoting words: QuotedWords = .reserved) -> String {
  isPlainName(name, words) ? name : "\"" + name.replacingScalars("\"", with: "\"\"") + "\""
}

private func isPlainName(_ name: String, _ words: QuotedWords) -> Bool {
  let bytes = Array(name.utf8)
  guard let first = bytes.first, !(0x30...0x39).contains(first) else { return false }
  guard
    bytes.allSatisfy({ $0 >= 0x80 || $0 == 0x5F || (0x30...0x39).contains($0) || (0x41...0x5A).contains($0 & 0xDF) })
  else { return false }
  let kind = bytes.withUnsafeBufferPointer { KeywordTable.shared.kind(of: $0, from: 0, to: $0.count) }
  guard let kind else { return words == .reserved || !["true", "false"].contains(name.asciiLowercased) }
  guard words == .reserved else { return false }
  // WITH begins a query in a parenthesis; RECURSIVE is read behind it, and IF behind CREATE TABLE.
  return kind.isFallbackKeyword && !kind.startsExpressionItself && ![.with, .recursive, .if].contains(kind)
}
