// The difference of two texts in the unified format that `patch` and every review tool reads.

/// Lines removed and added, with three lines of context around each group.
///
/// Lines end with LF and are compared byte by byte: to Swift's strings CR LF is one character, and two spellings of one
/// accented letter are equal.
struct UnifiedDiff {
  private enum Line {
    case same(Text)
    case removed(Text)
    case added(Text)
  }

  private struct Text: Hashable, CustomStringConvertible {
    var bytes: ArraySlice<UInt8>
    /// The file ends within this line, which makes it another line than the same with a line break.
    var isUnfinished = false

    /// As `diff` writes it.
    var description: String {
      String(decoding: bytes, as: UTF8.self) + (isUnfinished ? "\n\\ No newline at end of file" : "")
    }
  }

  private let lines: [Line]
  private let context = 3

  init(from old: String, to new: String) {
    lines = Self.compare(Self.split(old), Self.split(new))
  }

  /// - Parameters:
  ///   - oldName: as `a/…`, or `/dev/null` for a file that is not there yet.
  ///   - newName: as `b/…`, or `/dev/null` for one that goes.
  func render(oldName: String, newName: String) -> String {
    var text = "--- \(oldName)\n+++ \(newName)\n"
    var oldLine = 1
    var newLine = 1
    var index = 0
    while index < lines.count {
      guard let first = lines[index...].firstIndex(where: { !isSame($0) }) else { break }
      let start = max(index, first - context)
      oldLine += start - index
      newLine += start - index
      let end = endOfHunk(from: first)
      var body = ""
      var oldCount = 0
      var newCount = 0
      for line in lines[start..<end] {
        switch line {
        case .same(let content):
          body += " \(content)\n"
          oldCount += 1
          newCount += 1
        case .removed(let content):
          body += "-\(content)\n"
          oldCount += 1
        case .added(let content):
          body += "+\(content)\n"
          newCount += 1
        }
      }
      text += "@@ -\(span(oldLine, oldCount)) +\(span(newLine, newCount)) @@\n" + body
      oldLine += oldCount
      newLine += newCount
      index = end
    }
    return text
  }

  private func span(_ line: Int, _ count: Int) -> String {
    count == 0 ? "\(line - 1),0" : count == 1 ? "\(line)" : "\(line),\(count)"
  }

  /// A hunk goes on while changes are no further apart than their contexts.
  private func endOfHunk(from first: Int) -> Int {
    var last = first
    var index = first
    while index < lines.count, index - last <= 2 * context {
      if !isSame(lines[index]) { last = index }
      index += 1
    }
    return min(last + 1 + context, lines.count)
  }

  private func isSame(_ line: Line) -> Bool {
    if case .same = line { true } else { false }
  }

  private static func split(_ text: String) -> [Text] {
    var lines = Array(text.utf8).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { Text(bytes: $0) }
    if lines.last?.bytes.isEmpty == true {
      lines.removeLast()
    } else if let last = lines.indices.last {
      lines[last].isUnfinished = true
    }
    return lines
  }

  /// What both begin and end with is the same; between, the standard library's minimal edit script.
  private static func compare(_ old: [Text], _ new: [Text]) -> [Line] {
    var prefix = 0
    while prefix < old.count, prefix < new.count, old[prefix] == new[prefix] { prefix += 1 }
    var suffix = 0
    while suffix < old.count - prefix, suffix < new.count - prefix,
      old[old.count - 1 - suffix] == new[new.count - 1 - suffix]
    {
      suffix += 1
    }
    let oldMiddle = Array(old[prefix..<(old.count - suffix)])
    let newMiddle = Array(new[prefix..<(new.count - suffix)])
    let difference = newMiddle.difference(from: oldMiddle)
    var removed: Set<Int> = []
    var added: Set<Int> = []
    for change in difference {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): added.insert(offset)
      }
    }
    var result = old[..<prefix].map(Line.same)
    var o = 0
    var n = 0
    while o < oldMiddle.count || n < newMiddle.count {
      if o < oldMiddle.count, removed.contains(o) {
        result.append(.removed(oldMiddle[o]))
        o += 1
      } else if n < newMiddle.count, added.contains(n) {
        result.append(.added(newMiddle[n]))
        n += 1
      } else {
        result.append(.same(oldMiddle[o]))
        o += 1
        n += 1
      }
    }
    return result + old[(old.count - suffix)...].map(Line.same)
  }
}
