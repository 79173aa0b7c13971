// Numbers for parameters. Before and after:
//
//     WHERE a = ? AND b = @x AND c = sqlc.arg(y)          1, 2, 3: the order of the text
//     SET a = sqlc.arg(y), b = ?2 WHERE id = ?1           3, 2, 1: what ?N names is not free for a macro
//     SET a = @x WHERE id = ?1                            1, 1: one parameter to SQLite, which is reported

import SQLCDiagnostics
import SQLCSyntaxSQLite

/// A parameter, or a macro that stands for one, in the text.
struct ParameterOccurrence {
  enum Style: Hashable {
    /// `?`
    case anonymous
    /// `?1`
    case numbered(Int)
    /// `:x`, `@x`, `$x`
    case named
    /// `sqlc.arg(x)` and its sisters
    case macro
  }
  var style: Style
  /// Absent for `?` and `?1`.
  var name: String?
  var kind: BoundParameter.Kind
  var range: ByteRange

  init(_ node: ParameterSyntax) {
    kind = .argument
    range = node.range
    switch node.form {
    case .anonymous: style = .anonymous
    case .numbered(let number): style = .numbered(number)
    case .named(_, let text):
      style = .named
      name = text
    }
  }

  /// Nothing for `sqlc.embed` and `sqlc.nest`, which are columns.
  init?(_ node: MacroSyntax) {
    switch node.name {
    case .arg: kind = .argument
    case .narg: kind = .nullableArgument
    case .slice: kind = .slice
    case .embed, .nest: return nil
    }
    style = .macro
    name = node.argument.text
    range = node.range
  }
}

/// A number for each parameter of a statement.
///
/// Where no `?N` is written, parameters are numbered as they come. Where one is, `?`, `?N` and names have the numbers that
/// SQLite gives them (lang_expr.html#varparam: `?` is one more than the largest so far, a name likewise where it is new),
/// and macros have the smallest that are left, as sqlc numbers them.
struct ParameterNumbering {
  /// A name whose number is written elsewhere as `?N`: SQLite binds both with one value.
  struct Merge {
    var number: Int
    var named: ParameterOccurrence
    var numbered: ParameterOccurrence
  }

  /// One for each occurrence.
  private(set) var numbers: [Int]
  private(set) var merges: [Merge] = []

  /// - Parameter found: in the order of the text.
  init(_ found: [ParameterOccurrence]) {
    numbers = Array(repeating: 0, count: found.count)
    let written = Set(found.compactMap { if case .numbered(let number) = $0.style { number } else { nil } })
    var byName: [String: Int] = [:]
    var highest = 0
    for (index, occurrence) in found.enumerated() where written.isEmpty || occurrence.style != .macro {
      if case .numbered(let number) = occurrence.style {
        numbers[index] = number
      } else {
        numbers[index] = occurrence.name.flatMap { byName[$0] } ?? highest + 1
      }
      highest = max(highest, numbers[index])
      if let name = occurrence.name { byName[name] = numbers[index] }
    }
    guard !written.isEmpty else { return }
    findMerges(found)
    var taken = Set(numbers)
    var next = 1
    for (index, occurrence) in found.enumerated() where occurrence.style == .macro {
      if let name = occurrence.name, let known = byName[name] {
        numbers[index] = known
        continue
      }
      while taken.contains(next) { next += 1 }
      taken.insert(next)
      numbers[index] = next
      if let name = occurrence.name { byName[name] = next }
    }
  }

  private mutating func findMerges(_ found: [ParameterOccurrence]) {
    var named: [Int: ParameterOccurrence] = [:]
    for (occurrence, number) in zip(found, numbers) where occurrence.style == .named && named[number] == nil {
      named[number] = occurrence
    }
    for occurrence in found {
      guard case .numbered(let number) = occurrence.style, let other = named[number] else { continue }
      merges.append(Merge(number: number, named: other, numbered: occurrence))
    }
  }
}
