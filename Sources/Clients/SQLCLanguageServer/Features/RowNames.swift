// `-- row: Name`: a struct that several queries share, named in comments.

import SQLCAnalysis
import SQLCDiagnostics
import SQLCModel

/// A name behind `-- row:`.
struct RowName {
  var name: String
  /// Of the name alone.
  var range: ByteRange
  var block: BlockSnapshot
}

extension DocumentContext {
  /// The name at a place, where that is one; `own` is none.
  func rowName(at offset: Int) -> RowName? {
    guard let (_, block, query) = query(at: offset) ?? query(below: offset),
      let name = query.annotated.row.shared?.name,
      let range = rowRange(of: query), range.lower <= offset, offset <= range.upper
    else { return nil }
    return RowName(name: name, range: range, block: block)
  }

  /// Comments above an annotation belong to it.
  private func query(below offset: Int) -> (Int, BlockSnapshot, QuerySnapshot)? {
    for (index, block) in blocks {
      let next = block.queries.filter { $0.annotated.source.path == path && $0.annotated.nameRange.lower > offset }
      if let query = next.min(by: { $0.annotated.nameRange.lower < $1.annotated.nameRange.lower }) {
        return (index, block, query)
      }
    }
    return nil
  }

  /// The queries of a block whose rows have that name.
  func queries(sharing row: RowName) -> [QuerySnapshot] {
    row.block.queries.filter { $0.annotated.row.shared?.name == row.name }
  }

  /// Where the row's name stands in each of them.
  func places(of row: RowName) -> [SourceRange] {
    queries(sharing: row).compactMap { query in
      rowRange(of: query).map { SourceRange(path: query.annotated.source.path, range: $0) }
    }
  }

  func describe(_ row: RowName) -> String {
    let names = queries(sharing: row).map { "`\($0.name)`" }
    return "```swift\nstruct \(row.name)\n```\n\nThe row of \(names.joined(separator: ", "))."
  }

  /// The comment stands above the annotation's line or under it, among the other comments there.
  private func rowRange(of query: QuerySnapshot) -> ByteRange? {
    guard let text = snapshot.project.sources[query.annotated.source.path]?.source,
      let name = query.annotated.row.shared?.name
    else { return nil }
    let bytes = Array(text.text.utf8)
    var lines: [ByteRange] = []
    // Up from the annotation's line, then down from it.
    var start = lineStart(query.annotated.nameRange.lower, bytes)
    while start > 0 {
      let above = lineStart(start - 1, bytes)
      guard let line = commentLine(from: above, bytes) else { break }
      lines.append(line)
      start = above
    }
    var end = lineEnd(query.annotated.nameRange.lower, bytes)
    while end < bytes.count, let line = commentLine(from: end + 1, bytes) {
      lines.append(line)
      end = line.upper
    }
    return lines.lazy.compactMap { self.place(of: name, in: $0, bytes) }.first
  }

  private func lineStart(_ offset: Int, _ bytes: [UInt8]) -> Int {
    bytes[..<min(offset, bytes.count)].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
  }

  private func lineEnd(_ offset: Int, _ bytes: [UInt8]) -> Int {
    bytes[min(offset, bytes.count)...].firstIndex(of: 0x0A) ?? bytes.count
  }

  private func commentLine(from start: Int, _ bytes: [UInt8]) -> ByteRange? {
    guard start < bytes.count else { return nil }
    let line = ByteRange(start, lineEnd(start, bytes))
    let text = bytes[line.lower..<line.upper].drop { $0 == 0x20 || $0 == 0x09 }
    // The next query's own line ends what belongs to this one.
    guard text.starts(with: "--".utf8), !text.dropFirst(2).drop(while: { $0 == 0x20 }).starts(with: "name:".utf8)
    else { return nil }
    return line
  }

  private func place(of name: String, in line: ByteRange, _ bytes: [UInt8]) -> ByteRange? {
    var at = line.lower
    func skip(_ skipped: [UInt8]) {
      while at < line.upper, skipped.contains(bytes[at]) { at += 1 }
    }
    let blanks: [UInt8] = [0x20, 0x09]
    skip(blanks)
    skip([UInt8(ascii: "-")])
    skip(blanks)
    guard bytes[at..<line.upper].starts(with: "row:".utf8) else { return nil }
    at += 4
    skip(blanks)
    guard bytes[at..<line.upper].starts(with: name.utf8) else { return nil }
    return ByteRange(at, at + name.utf8.count)
  }
}
