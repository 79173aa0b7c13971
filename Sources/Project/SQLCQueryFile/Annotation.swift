// The line `-- name: GetAgent :one`, its spellings, and its misspellings.

import SQLCDiagnostics
import SQLCModel

/// What a comment says about a query.
///
/// | comment | reading |
/// |---|---|
/// | `-- name: GetAgent :one`, `/* name: GetAgent :one */` | annotation |
/// | `--name:GetAgent :one`, `-- Name: GetAgent one`, `-- :name GetAgent :one`, `-- name: GetAgent` | malformed, mended as … |
/// | `-- name: the agent's name`, `-- the name of the agent` | prose |
enum AnnotationReading: Hashable {
  /// Ranges count bytes from the comment's first.
  case annotation(name: ByteRange, command: ByteRange)
  case malformed(MalformedAnnotation)
  case prose
}

/// What is wrong with a line that is plainly meant as an annotation.
struct MalformedAnnotation: Hashable {
  enum Kind: Hashable {
    case spelling, missingName, missingCommand, nameWithSpaces
  }
  var kind: Kind
  /// The smallest part at fault, in bytes from the comment's first.
  var range: ByteRange
  /// The whole annotation as it should be, when that can be known.
  var mended: String?
}

/// Reads one comment, its marks included. Of a block comment the first line counts.
///
/// sqlc asks for exactly `-- name: Name :command`, and so do we; more blanks between the parts are let through.
func readAnnotation(_ comment: String) -> AnnotationReading {
  guard let marks = CommentMarks(comment) else { return .prose }
  let words = words(of: comment, marks)
  guard let lead = AnnotationLead(words) else { return .prose }
  let rest = words.dropFirst(lead.wordCount)
  let commandIndex = rest.firstIndex { $0.text.hasPrefix(":") && $0.text.count > 1 }

  func mend(_ name: String, _ command: String) -> String { marks.wrap("name: \(name) \(command)") }

  guard let commandIndex else {
    switch rest.count {
    case 0: return lead.isColonGlued ? .malformed(malformed(.missingName, words[0].range, nil)) : .prose
    case 1:
      guard let name = rest.first, isQueryName(name.text) else { return .prose }
      return .malformed(malformed(.missingCommand, name.range, mend(name.text, ":many")))
    default:
      guard rest.count == 2, let name = rest.first, let last = rest.last, isQueryName(name.text),
        QueryCommand(rawValue: last.text.lowercased()) != nil
      else { return .prose }
      return .malformed(malformed(.spelling, last.range, mend(name.text, ":" + last.text.lowercased())))
    }
  }

  let command = rest[commandIndex]
  let names = rest[..<commandIndex]
  guard commandIndex == rest.endIndex - 1 else {
    // Words after the command: an annotation all the same when what stands before them is one.
    guard names.count == 1, let name = names.first, isQueryName(name.text),
      QueryCommand(rawValue: String(command.text.dropFirst())) != nil
    else { return .prose }
    let extra = ByteRange(rest[commandIndex + 1].range.lower, rest[rest.endIndex - 1].range.upper)
    return .malformed(malformed(.spelling, extra, mend(name.text, command.text)))
  }
  guard let name = names.first else { return .malformed(malformed(.missingName, command.range, nil)) }
  guard names.count == 1 else {
    let joined = names.map { $0.text.prefix(1).uppercased() + $0.text.dropFirst() }.joined()
    let range = ByteRange(name.range.lower, names[names.endIndex - 1].range.upper)
    return .malformed(malformed(.nameWithSpaces, range, isQueryName(joined) ? mend(joined, command.text) : nil))
  }
  guard lead.isExact, comment.utf8.dropFirst(2).first == UInt8(ascii: " ") else {
    let range = ByteRange(0, words[lead.wordCount - 1].range.upper)
    return .malformed(malformed(.spelling, range, mend(name.text, command.text)))
  }
  return .annotation(name: name.range, command: command.range)

  func malformed(_ kind: MalformedAnnotation.Kind, _ range: ByteRange, _ mended: String?) -> MalformedAnnotation {
    MalformedAnnotation(kind: kind, range: range, mended: mended)
  }
}

/// A name that is one in Swift and in sqlc: letters, digits, underscores, no digit first.
func isQueryName(_ text: String) -> Bool {
  guard let first = text.unicodeScalars.first else { return false }
  func isStart(_ scalar: Unicode.Scalar) -> Bool { scalar == "_" || scalar.properties.isXIDStart }
  return isStart(first) && text.unicodeScalars.allSatisfy { isStart($0) || $0.properties.isXIDContinue }
}

/// What surrounds a comment's text.
private struct CommentMarks {
  var isBlock: Bool

  init?(_ comment: String) {
    if comment.hasPrefix("--") {
      isBlock = false
    } else if comment.hasPrefix("/*") {
      isBlock = true
    } else {
      return nil
    }
  }

  func wrap(_ text: String) -> String { isBlock ? "/* \(text) */" : "-- \(text)" }
}

private struct Word {
  var text: String
  var range: ByteRange
}

/// The words of the comment's first line. `name:Get` and `name :` are cut at the colon as `name:` is.
private func words(of comment: String, _ marks: CommentMarks) -> [Word] {
  var words: [Word] = []
  var current: [UInt8] = []
  var start = 2
  func flush(at offset: Int) {
    if !current.isEmpty {
      words.append(Word(text: String(decoding: current, as: UTF8.self), range: ByteRange(start, offset)))
    }
    current = []
  }
  let bytes = Array(comment.utf8)
  var offset = 2
  while offset < bytes.count, bytes[offset] != UInt8(ascii: "\n") {
    let byte = bytes[offset]
    if marks.isBlock, byte == UInt8(ascii: "*"), offset + 1 < bytes.count, bytes[offset + 1] == UInt8(ascii: "/") {
      break
    }
    switch byte {
    // Blank, tab, carriage return, and the vertical tab and form feed that a text may end with.
    case UInt8(ascii: " "), 0x09, 0x0B, 0x0C, UInt8(ascii: "\r"):
      flush(at: offset)
    case UInt8(ascii: ":") where words.isEmpty && !current.isEmpty:
      current.append(byte)
      flush(at: offset + 1)
    default:
      if current.isEmpty { start = offset }
      current.append(byte)
    }
    offset += 1
  }
  flush(at: offset)
  return words
}

/// The beginning by which a comment is known to be meant as an annotation.
private struct AnnotationLead {
  /// How many words it takes: `name:` is one, `name :` two.
  var wordCount: Int
  /// Spelt as it should be.
  var isExact: Bool
  /// The colon stands at the word: `name:` on its own is not prose.
  var isColonGlued: Bool

  init?(_ words: [Word]) {
    guard let first = words.first else { return nil }
    switch first.text.lowercased() {
    case "name:":
      self.init(wordCount: 1, isExact: first.text == "name:", isColonGlued: true)
    case ":name":
      self.init(wordCount: 1, isExact: false, isColonGlued: false)
    case "name" where words.count > 1 && words[1].text == ":":
      self.init(wordCount: 2, isExact: false, isColonGlued: false)
    case "name" where words.count == 3 && words[2].text.hasPrefix(":"):
      self.init(wordCount: 1, isExact: false, isColonGlued: false)
    default: return nil
    }
  }

  private init(wordCount: Int, isExact: Bool, isColonGlued: Bool) {
    self.wordCount = wordCount
    self.isExact = isExact
    self.isColonGlued = isColonGlued
  }
}
