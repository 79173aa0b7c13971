// How many terminal cells a character takes, so that underlines stand under what they mean.

/// Cells of one character: 0 for what joins another, 2 for East Asian wide and emoji, else 1. Tabs are the caller's business.
///
/// The standard library knows general categories and emoji but not East Asian width; the table below has the blocks that
/// Unicode's EastAsianWidth.txt marks W or F, coarsely.
func displayWidth(of character: Character) -> Int {
  guard let scalar = character.unicodeScalars.first else { return 0 }
  if scalar.isASCII { return 1 }
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark, .format: return 0
  default: break
  }
  let hasEmojiSelector = character.unicodeScalars.contains { $0.value == 0xFE0F }
  if scalar.properties.isEmojiPresentation || hasEmojiSelector { return 2 }
  return wideRanges.contains { $0.contains(scalar.value) } ? 2 : 1
}

private let wideRanges: [ClosedRange<UInt32>] = [
  0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
  0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
  0x17000...0x18AFF, 0x1B000...0x1B2FF, 0x1F200...0x1F2FF, 0x20000...0x3FFFD,
]

/// A control character as its picture (U+2400 block), so that no input can steer the reader's terminal.
func visible(_ character: Character) -> Character {
  guard let scalar = character.unicodeScalars.first else { return character }
  let picture: UInt32
  switch scalar.value {
  case 0x00...0x1F: picture = 0x2400 + scalar.value
  case 0x7F: picture = 0x2421
  case 0x80...0x9F, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: picture = 0xFFFD
  default: return character
  }
  return Unicode.Scalar(picture).map(Character.init) ?? "?"
}

/// A text with every control character as its picture: what a message quotes comes from files, and may not end its line
/// or steer the terminal.
public func visibleText(_ text: String) -> String {
  text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F } ? text : String(text.map(visible))
}

/// The same for text of several lines, which stay lines.
public func visibleLines(_ text: String) -> String {
  text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
    line.split(separator: "\t", omittingEmptySubsequences: false).map { visibleText(String($0)) }.joined(
      separator: "\t")
  }.joined(separator: "\n")
}
