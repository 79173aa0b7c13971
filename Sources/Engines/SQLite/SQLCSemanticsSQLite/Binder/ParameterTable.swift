// The parameters of a statement, sorted in under their numbers (`ParameterNumbering`).

import SQLCDiagnostics
import SQLCSyntaxSQLite

/// The parameters of a statement. Equal names are one parameter whatever their prefix or macro, as sqlc has it.
struct ParameterTable {
  private(set) var list: [BoundParameter] = []
  /// Index by the offset of an occurrence.
  private var byOffset: [Int: Int] = [:]
  private var used: [Int: BoundParameter] = [:]

  func index(at range: ByteRange) -> Int { byOffset[range.lower] ?? 0 }

  /// Sorts in one more occurrence; false when a slice and a single value share a name.
  mutating func add(_ occurrence: ParameterOccurrence, index: Int) -> Bool {
    let range = occurrence.range
    byOffset[range.lower] = index
    guard var parameter = used[index] else {
      used[index] = BoundParameter(
        index: index, kind: occurrence.kind, name: occurrence.name, occurrences: [range])
      return true
    }
    parameter.occurrences.append(range)
    let isConsistent = (parameter.kind == .slice) == (occurrence.kind == .slice)
    if occurrence.kind == .nullableArgument, parameter.kind == .argument { parameter.kind = .nullableArgument }
    used[index] = parameter
    return isConsistent
  }

  /// Lists the parameters by index; numbers that were skipped come back, with the first occurrence after them.
  mutating func finish() -> [(index: Int, near: ByteRange)] {
    var gaps: [(Int, ByteRange)] = []
    list = []
    let indexes = used.keys.sorted()
    var expected = 1
    for index in indexes {
      guard let parameter = used[index] else { continue }
      if expected < index, let near = parameter.occurrences.first { gaps.append((expected, near)) }
      expected = index + 1
      list.append(parameter)
    }
    return gaps
  }
}

extension Binder {
  mutating func numberParameters(of statement: StatementSyntax) {
    var found: [ParameterOccurrence] = []
    var outOfRange: [ByteRange] = []
    var walk = SyntaxWalk(onExpression: { expression in
      switch expression {
      case .parameter(let node):
        // SQLite, limits.html#max_variable_number.
        if case .numbered(let number) = node.form, !(1...32766).contains(number) {
          outOfRange.append(node.range)
        } else {
          found.append(ParameterOccurrence(node))
        }
      case .macro(let node): if let macro = ParameterOccurrence(node) { found.append(macro) }
      default: break
      }
    })
    walk.walk(statement)
    for range in outOfRange { report(.parameterRange, at: range) }
    found.sort { $0.range.lower < $1.range.lower }
    let numbering = ParameterNumbering(found)
    for merge in numbering.merges { report(merge) }
    for (occurrence, number) in zip(found, numbering.numbers)
    where !parameters.add(occurrence, index: number) {
      report(.mixedSlice(occurrence.name ?? "?\(number)"), at: occurrence.range)
    }
  }

  /// Two values that SQLite would take for one.
  private mutating func report(_ merge: ParameterNumbering.Merge) {
    let numbered = String(source.slice(merge.numbered.range))
    let named = String(source.slice(merge.named.range))
    report(
      .mergedParameters(named: named, numbered: numbered), at: merge.numbered.range,
      label: "the number that '\(named)' has",
      secondary: [DiagnosticLabel(here(merge.named.range), "number \(merge.number), the next that is free here")],
      notes: [
        "to SQLite a name is the next free number, so both are one parameter; give '\(numbered)' a name too, or write "
          + "sqlc.arg(\(merge.named.name ?? "")), which takes a number of its own"
      ])
  }

  mutating func checkGaps() {
    for gap in parameters.finish() {
      report(.parameterGap(gap.index), at: gap.near, notes: ["a number that is skipped could never be given a value"])
    }
  }
}
