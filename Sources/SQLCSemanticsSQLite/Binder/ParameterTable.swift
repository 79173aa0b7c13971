// Numbers for parameters, in the order they stand in the text.

import SQLCDiagnostics
import SQLCSyntaxSQLite

/// The parameters of a statement. Equal names are one parameter whatever their prefix or macro, as sqlc has it.
struct ParameterTable {
  private(set) var list: [BoundParameter] = []
  /// Index by the offset of an occurrence.
  private var byOffset: [Int: Int] = [:]
  private var byName: [String: Int] = [:]
  private var used: [Int: BoundParameter] = [:]
  private var highest = 0

  func index(at range: ByteRange) -> Int { byOffset[range.lower] ?? 0 }

  /// Sorts in one more occurrence; false when a slice and a single value share a name.
  mutating func add(number: Int?, name: String?, kind: BoundParameter.Kind, range: ByteRange) -> Bool {
    let index = number ?? name.flatMap { byName[$0] } ?? highest + 1
    highest = max(highest, index)
    if let name { byName[name] = index }
    byOffset[range.lower] = index
    guard var parameter = used[index] else {
      used[index] = BoundParameter(index: index, kind: kind, name: name, occurrences: [range])
      return true
    }
    parameter.occurrences.append(range)
    let isConsistent = (parameter.kind == .slice) == (kind == .slice)
    if kind == .nullableArgument, parameter.kind == .argument { parameter.kind = .nullableArgument }
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
  /// SQLite, lang_expr.html#varparam: `?` is one more than the largest number so far, `?NNN` is itself, a name gets the next
  /// free number.
  mutating func numberParameters(of statement: StatementSyntax) {
    var found: [FoundParameter] = []
    var walk = SyntaxWalk(onExpression: { expression in
      switch expression {
      case .parameter(let node): found.append(.parameter(node))
      case .macro(let node) where node.name != .embed && node.name != .nest: found.append(.macro(node))
      default: break
      }
    })
    walk.walk(statement)
    found.sort { $0.range.lower < $1.range.lower }
    for parameter in found {
      switch parameter {
      case .parameter(let node):
        var number: Int?
        var name: String?
        switch node.form {
        case .anonymous: break
        case .numbered(let n):
          // SQLite, limits.html#max_variable_number.
          guard n >= 1, n <= 32766 else {
            report(.parameterRange, at: node.range)
            continue
          }
          number = n
        case .named(_, let text): name = text
        }
        add(number, name, .argument, node.range)
      case .macro(let node):
        let kind: BoundParameter.Kind =
          switch node.name {
          case .arg, .embed, .nest: .argument
          case .narg: .nullableArgument
          case .slice: .slice
          }
        add(nil, node.argument.text, kind, node.range)
      }
    }
  }

  private mutating func add(_ number: Int?, _ name: String?, _ kind: BoundParameter.Kind, _ range: ByteRange) {
    if !parameters.add(number: number, name: name, kind: kind, range: range) {
      report(.mixedSlice(name ?? "?\(number ?? 0)"), at: range)
    }
  }

  mutating func checkGaps() {
    for gap in parameters.finish() {
      report(.parameterGap(gap.index), at: gap.near, notes: ["a number that is skipped could never be given a value"])
    }
  }
}

private enum FoundParameter {
  case parameter(ParameterSyntax)
  case macro(MacroSyntax)

  var range: ByteRange {
    switch self {
    case .parameter(let node): node.range
    case .macro(let node): node.range
    }
  }
}
