// What the tests ask of the formatter.

import Foundation
import SQLCDiagnostics
import SQLCFormat
import SQLCFormatSQLite

let packageRoot = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

func outcome(
  of text: String, _ options: FormatOptions = FormatOptions(), range: ByteRange? = nil
) -> FormatOutcome {
  SQLiteFormatter().format(SourceFile(path: "a.sql", text: text), options: options, range: range)
}

/// The text laid out; nothing when there is a reason why not.
func formatted(_ text: String, _ options: FormatOptions = FormatOptions(), range: ByteRange? = nil) -> String? {
  guard case .edits(let edits) = outcome(of: text, options, range: range) else { return nil }
  return applying(edits, to: text)
}
