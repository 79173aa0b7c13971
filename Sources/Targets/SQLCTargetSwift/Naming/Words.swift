// A database name, cut into the words it was made of.

import SQLCModel

/// The words of a name in lower case: cut at everything that cannot stand in a Swift identifier, at underscores, and
/// where the case says that a word begins.
///
/// | name | words |
/// |---|---|
/// | `environment_id` | environment, id |
/// | `createdAt` | created, at |
/// | `HTTPServer2` | http, server2 |
/// | `count(*)` | count |
/// | `größe (cm)` | größe, cm |
func words(of name: String) -> [String] {
  // Most names are written so: nothing but underscores cuts them.
  if name.allBytes({ ($0 >= 0x61 && $0 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x5F }) {
    return name.utf8.split(separator: 0x5F).map { String($0) ?? "" }
  }
  var words: [String] = []
  var current: [Character] = []
  func flush() {
    if !current.isEmpty { words.append(String(current).lowercased()) }
    current = []
  }
  let characters = Array(name)
  for (index, character) in characters.enumerated() {
    guard isIdentifierCharacter(character), character != "_" else {
      flush()
      continue
    }
    if let previous = current.last, character.isUppercase {
      let next = index + 1 < characters.count ? characters[index + 1] : nil
      // `createdAt` begins a word at A; `HTTPServer` at the S that a lower-case letter follows, but not `IDs`.
      let endsAcronym =
        previous.isUppercase && next.map { $0.isLowercase } == true && !isPluralMark(characters, index + 1)
      if previous.isLowercase || previous.isNumber || endsAcronym { flush() }
    }
    current.append(character)
  }
  flush()
  return words
}

/// Is the character at that place the `s` of `IDs`: a lone `s` at the end of its word?
private func isPluralMark(_ characters: [Character], _ index: Int) -> Bool {
  guard characters[index] == "s" else { return false }
  guard index + 1 < characters.count else { return true }
  let next = characters[index + 1]
  return next.isUppercase || !isIdentifierCharacter(next) || next == "_"
}
