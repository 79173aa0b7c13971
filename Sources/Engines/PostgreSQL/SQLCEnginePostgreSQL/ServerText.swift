// From positions that the server counts to places in files.

import SQLCDiagnostics
import SQLCPostgreSQLHandle

/// The byte at which the character of that number (from 1) begins.
func byteOffset(ofCharacter number: Int, in text: String) -> Int {
  var characters = 0
  var bytes = 0
  for byte in text.utf8 {
    // Continuation bytes begin no character.
    if byte & 0xC0 != 0x80 {
      characters += 1
      if characters == number { return bytes }
    }
    bytes += 1
  }
  return bytes
}

extension ServerError {
  /// What the server adds to its message.
  var notes: [String] {
    var notes: [String] = []
    if let detail { notes.append(detail) }
    if let hint { notes.append("hint: " + hint) }
    // `PL/pgSQL function f() line 3 at RAISE`, the innermost first.
    if let context, let line = context.split(separator: "\n").first { notes.append(String(line)) }
    return notes
  }
}
