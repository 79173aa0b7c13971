// Words put together as Swift does: `environmentID`, `AgentRun`.

/// Makes Swift names of words.
struct Casing: Sendable {
  let initialisms: Set<String>

  /// `agent_run` → `AgentRun`, `api_key` → `APIKey`.
  func upperCamel(_ words: [String]) -> String {
    words.map(capitalized).joined()
  }

  /// `environment_id` → `environmentID`, `url` → `url`, `api_key` → `apiKey`.
  func lowerCamel(_ words: [String]) -> String {
    guard let first = words.first else { return "" }
    return first + words.dropFirst().map(capitalized).joined()
  }

  /// One word inside a name. The plural of an initialism keeps its small s: `ids` → `IDs`.
  private func capitalized(_ word: String) -> String {
    if initialisms.contains(word) { return word.uppercased() }
    if word.hasSuffix("s"), initialisms.contains(String(word.dropLast())) {
      return word.dropLast().uppercased() + "s"
    }
    // `utf8`, `sha256`: an initialism with a number.
    if !word.isASCII || word.utf8.contains(where: { $0 >= 0x30 && $0 <= 0x39 }) {
      let letters = word.prefix { !$0.isNumber }
      if letters.count < word.count, initialisms.contains(String(letters)) { return word.uppercased() }
    }
    return upperFirst(word)
  }
}

extension Casing {
  /// `APIURL` → `apiURL`: of capitals that are several initialisms, the first alone is the first word. Otherwise as
  /// ``SQLCTargetSwift/lowerFirst(_:)``.
  func lowerFirst(_ name: String) -> String {
    // Several initialisms are several capitals, or a digit among them.
    if name.isASCII, !name.utf8.prefix(2).allSatisfy(isCapitalOrDigit) { return SQLCTargetSwift.lowerFirst(name) }
    let run = name.prefix { $0.isUppercase || $0.isNumber }
    let rest = name.dropFirst(run.count)
    // The last capital before a small letter begins the next word, but for the s of a plural.
    let isPlural = rest.first == "s" && (rest.count == 1 || rest.dropFirst().first?.isUppercase == true)
    let acronyms = rest.first?.isLowercase == true && !isPlural ? run.dropLast() : run
    guard acronyms.count <= 40, let first = initialism(leading: acronyms.lowercased()[...]),
      first.count < acronyms.count
    else {
      return SQLCTargetSwift.lowerFirst(name)
    }
    return first + name.dropFirst(first.count)
  }

  /// The first of the two or more initialisms that a text is made of, the longest that leaves a rest of such.
  private func initialism(leading text: Substring) -> String? {
    (1..<max(text.count, 1)).reversed().lazy.map { String(text.prefix($0)) }.first { head in
      initialisms.contains(head) && isMadeOfInitialisms(text.dropFirst(head.count))
    }
  }

  private func isMadeOfInitialisms(_ text: Substring) -> Bool {
    text.isEmpty
      || (1...text.count).contains {
        initialisms.contains(String(text.prefix($0)))
          && isMadeOfInitialisms(text.dropFirst($0))
      }
  }
}

private func isASCIICapital(_ byte: UInt8?) -> Bool { byte.map { $0 >= 0x41 && $0 <= 0x5A } ?? false }

private func isCapitalOrDigit(_ byte: UInt8) -> Bool { isASCIICapital(byte) || (byte >= 0x30 && byte <= 0x39) }

/// `getAgent` → `GetAgent`.
func upperFirst(_ name: String) -> String {
  if name.isASCII {
    guard let first = name.utf8.first, first >= 0x61, first <= 0x7A else { return name }
    return String(decoding: [first & 0xDF] + name.utf8.dropFirst(), as: UTF8.self)
  }
  guard let first = name.first else { return name }
  // The German ß and the like grow when upper-cased; a name is left alone rather than misspelt.
  let upper = first.uppercased()
  return (upper.count == 1 ? upper : String(first)) + name.dropFirst()
}

/// `GetAgent` → `getAgent`, `URLForUser` → `urlForUser`, `IDs` → `ids`, `SpotifyURL` → `spotifyURL`.
func lowerFirst(_ name: String) -> String {
  if name.isASCII, let first = name.utf8.first, !isASCIICapital(name.utf8.dropFirst().first) {
    guard isASCIICapital(first) else { return name }
    return String(decoding: [first | 0x20] + name.utf8.dropFirst(), as: UTF8.self)
  }
  let run = name.prefix { $0.isUppercase }
  let rest = name.dropFirst(run.count)
  switch run.count {
  case 0: return name
  case 1: return run.lowercased() + rest
  default:
    // The last capital of the run begins the next word when a letter follows, except in a plural initialism.
    let isPlural = rest.first == "s" && (rest.count == 1 || rest.dropFirst().first?.isUppercase == true)
    guard let next = rest.first, next.isLowercase, !isPlural else { return run.lowercased() + rest }
    return run.dropLast().lowercased() + run.suffix(1) + rest
  }
}
