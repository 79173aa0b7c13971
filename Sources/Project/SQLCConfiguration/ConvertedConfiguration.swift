// What `init --from` writes: lines, some of which belong to an entry that can still be left out.

public import SQLCEngine

/// A configuration made from sqlc's, and what of that has no place in it.
public struct ConvertedConfiguration: Sendable, Hashable {
  struct Line: Sendable, Hashable {
    var text: String
    /// The overrides and new names that the line is there for; it goes when all of them are left out.
    var entries: Range<Int>?

    init(text: String, entries: Range<Int>? = nil) {
      self.text = text
      self.entries = entries
    }
  }

  private let lines: [Line]
  private let entries: [String]
  private var leftOut: Set<Int> = []
  /// What a block writes.
  public struct Output: Sendable, Hashable {
    public let folder: String
    public let engine: EngineName
  }
  /// In the order of the blocks.
  public let outs: [Output]
  /// One line for each option that was left out or changed its meaning, and why.
  public private(set) var remarks: [String]

  init(lines: [Line], entries: [String], outs: [Output], remarks: [String]) {
    self.lines = lines
    self.entries = entries
    self.outs = outs
    self.remarks = remarks
  }

  /// The text of `sqlc-swift.yaml`.
  public var text: String { kept.map { $0.text + "\n" }.joined() }

  /// Leaves out the override or the new name that a line of ``text`` belongs to, and remarks it.
  ///
  /// - Parameter line: counted from 1.
  /// - Returns: false when the line belongs to none.
  public mutating func leaveOut(line: Int, because reason: String) -> Bool {
    let kept = kept
    guard kept.indices.contains(line - 1), let found = kept[line - 1].entries, found.count == 1,
      let entry = found.first, leftOut.insert(entry).inserted
    else { return false }
    remarks.append("\(entries[entry]): \(reason)")
    return true
  }

  /// Adds a line to ``remarks``.
  public mutating func remark(_ text: String) { remarks.append(text) }

  private var kept: [Line] {
    lines.filter { line in line.entries.map { !$0.allSatisfy(leftOut.contains) } ?? true }
  }
}
