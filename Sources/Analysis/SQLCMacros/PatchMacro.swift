// `sqlc.patch(column = value, …)`: assignments of which a statement has those that its caller gives.
//
// | text                              | `a`, `b` are assignments of `sqlc.patch(a, b)`               |
// |-----------------------------------|--------------------------------------------------------------|
// | `SET x = 1, sqlc.patch(a, b)`     | each goes with the comma before it                           |
// | `SET sqlc.patch(a, b), x = 1`     | each goes with the comma behind it                           |
// | `SET sqlc.patch(a, b)`            | a comma is there when both are; with neither, no statement   |

package import SQLCDiagnostics
import SQLCModel

package struct PatchMacro {
  /// Indexes of the tokens `sqlc` and `)`.
  package var tokens: ClosedRange<Int>
  package var range: ByteRange
  /// Its assignments among the filters.
  package var assignments: Range<Int>
  /// Where the other assignments of the same SET are.
  var company: Company

  enum Company { case none, before, behind }

  var emptiness: VariantsModel.Patch.Emptiness { company == .none ? .refused : .allowed }

  /// The head, the names of assignments, the parenthesis.
  func words(_ filters: [OptionalMacro]) -> [ByteRange] {
    let own = filters[assignments]
    var words = own.compactMap { assignment in
      assignment.name.map { ByteRange(assignment.body.upper, $0.range.upper) }
    }
    if let first = own.first, let last = own.last {
      words.append(ByteRange(range.lower, first.range.lower))
      words.append(ByteRange(last.range.upper, range.upper))
    }
    return words
  }
}

extension VariantSyntax {
  /// That filter is an assignment, no predicate.
  package func isAssignment(_ filter: Int) -> Bool { patches.contains { $0.assignments.contains(filter) } }

  /// The texts that between them lack everything that can be left out. Where something must be set there are two, each with
  /// another assignment if there is another.
  package var leastTexts: [SourceFile] { leastChoices.map { text(for: $0) } }

  private var leastChoices: [UInt64] {
    let order = orders.reduce(0) { $0 | bits(ofTerm: $1.firstTerm) }
    let needed = patches.filter { $0.emptiness == .refused }.map(\.assignments)
    let first = needed.reduce(order) { $0 | 1 << UInt64($1.lowerBound) }
    let last = needed.reduce(order) { $0 | 1 << UInt64($1.upperBound - 1) }
    return first == last ? [first] : [first, last]
  }
}

extension VariantScanner {
  // MARK: Reading

  mutating func readPatch(_ macro: ClosedRange<Int>) {
    guard !hasNestedMacro(macro) else { return }
    guard let company = company(of: macro) else { return }
    let first = syntax.filters.count
    var columns = columnsBeside(macro)
    for argument in arguments(macro) {
      guard let assignment = readAssignment(argument, macro, &columns) else { return }
      syntax.filters.append(assignment)
    }
    syntax.patches.append(
      PatchMacro(
        tokens: macro, range: range(macro), assignments: first..<syntax.filters.count, company: company))
  }

  /// `column = value`, perhaps with `AS name`. The name is that of the column where the caller needs one.
  private mutating func readAssignment(
    _ argument: Range<Int>, _ macro: ClosedRange<Int>, _ columns: inout Set<String>
  ) -> OptionalMacro? {
    var rest = argument
    var name: (String, ByteRange)?
    if rest.count > 2, kind(rest.upperBound - 2) == .as {
      name = (nameText(rest.upperBound - 1), tokens[rest.upperBound - 1].range)
      rest = rest.lowerBound..<(rest.upperBound - 2)
    }
    var depth = 0
    let equals = rest.first { index in
      if kind(index) == .leftParen { depth += 1 }
      if kind(index) == .rightParen { depth -= 1 }
      return depth == 0 && kind(index) == .other && text(index) == "="
    }
    guard let equals, equals > rest.lowerBound, equals + 1 < rest.upperBound else {
      report(
        .malformedMacro(macro: "patch", wanted: "'sqlc.patch(column = value, …)'"),
        at: rest.isEmpty ? head(macro) : range(rest))
      return nil
    }
    let target = rest.lowerBound..<equals
    for index in target where kind(index).isName {
      // What follows a dot or a bracket is a part of the column.
      guard index == target.lowerBound || [.leftParen, .comma].contains(kind(index - 1)) else { continue }
      let isWhole = [.comma, .rightParen].contains(kind(index + 1)) || index + 1 == equals
      if isWhole, !columns.insert(nameText(index).lowercased()).inserted {
        report(.repeatedColumn(nameText(index)), at: tokens[index].range)
        return nil
      }
    }
    return OptionalMacro(
      tokens: argument.lowerBound...(argument.upperBound - 1), range: range(argument), name: name, body: range(rest),
      column: column(setBy: rest.lowerBound))
  }

  /// The column that an assignment sets which begins there; nothing where it sets several.
  private func column(setBy first: Int) -> String? {
    if kind(first).isName { return nameText(first) }
    return kind(first) == .leftParen && kind(first + 2) == .rightParen ? nameText(first + 1) : nil
  }

  /// The columns that the same SET sets beside a patch.
  private func columnsBeside(_ macro: ClosedRange<Int>) -> Set<String> {
    guard let set = set(of: macro) else { return [] }
    var columns: Set<String> = []
    var depth = 0
    var index = set + 1
    scan: while index < tokens.endIndex {
      if index == macro.lowerBound { index = macro.upperBound + 1 }
      // A term begins with the column that it sets, or with a list of them.
      if depth == 0, kind(index - 1) == .comma || index - 1 == set {
        var name = index
        if kind(name) == .leftParen { name += 1 }
        while kind(name).isName {
          columns.insert(nameText(name).lowercased())
          guard name > index, kind(name + 1) == .comma else { break }
          name += 2
        }
      }
      switch kind(index) {
      case .leftParen: depth += 1
      case .rightParen where depth == 0: break scan
      case .rightParen: depth -= 1
      case .where where depth == 0, .returning where depth == 0, .endOfInput: break scan
      case _ where depth == 0 && isFrom(index): break scan
      default: break
      }
      index += 1
    }
    return columns
  }

  /// What else the SET has; nothing, and a message, where it is no term of one.
  private mutating func company(of macro: ClosedRange<Int>) -> PatchMacro.Company? {
    guard let set = set(of: macro) else {
      report(.misplacedPatch(after: nil), at: head(macro))
      return nil
    }
    if syntax.patches.contains(where: { $0.tokens.lowerBound > set }) {
      report(.secondPatch, at: head(macro))
      return nil
    }
    let after = macro.upperBound + 1
    switch kind(after) {
    case .comma: return kind(macro.lowerBound - 1) == .comma ? .before : .behind
    case .endOfInput, .rightParen, .where, .returning, .order, .limit: break
    case _ where isFrom(after): break
    default:
      report(.misplacedPatch(after: text(after)), at: head(macro))
      return nil
    }
    return kind(macro.lowerBound - 1) == .comma ? .before : PatchMacro.Company.none
  }

  /// FROM as a clause; `IS DISTINCT FROM` is an operator.
  private func isFrom(_ index: Int) -> Bool {
    guard tokens.indices.contains(index), text(index).lowercased() == "from" else { return false }
    return index == tokens.startIndex || text(index - 1).lowercased() != "distinct"
  }

  /// The SET whose term that is.
  private func set(of macro: ClosedRange<Int>) -> Int? {
    var index = macro.lowerBound - 1
    guard kind(index) == .set || kind(index) == .comma else { return nil }
    var depth = 0
    while index >= tokens.startIndex {
      switch kind(index) {
      case .rightParen: depth += 1
      case .leftParen:
        if depth == 0 { return nil }
        depth -= 1
      case .set where depth == 0: return index
      case .where, .returning, .select, .values, .order, .limit, .group, .having:
        if depth == 0 { return nil }
      case .keyword where depth == 0 && isFrom(index), .identifier where depth == 0 && isFrom(index): return nil
      default: break
      }
      index -= 1
    }
    return nil
  }

  // MARK: Regions

  mutating func settle(_ patch: PatchMacro) {
    var earlier: UInt64 = 0
    for index in patch.assignments {
      let assignment = syntax.filters[index]
      let (first, last) = (assignment.tokens.lowerBound, assignment.tokens.upperBound)
      let isFirst = index == patch.assignments.lowerBound
      let isLast = index + 1 == patch.assignments.upperBound
      switch patch.company {
      case .before:
        let comma = isFirst ? patch.tokens.lowerBound - 1 : first - 1
        add(end(before: comma), assignment.range.upper, all: bit(index))
      case .behind:
        let comma = isLast ? patch.tokens.upperBound + 1 : last + 1
        // The text may end behind the comma, which the parser then says.
        let next = tokens.indices.contains(comma + 1) ? tokens[comma + 1].range.lower : tokens[comma].range.upper
        add(assignment.range.lower, next, all: bit(index))
      case .none:
        if !isFirst { add(end(before: first - 1), assignment.range.lower, all: bit(index), any: earlier) }
        add(assignment.range.lower, assignment.range.upper, all: bit(index))
      }
      earlier |= bit(index)
    }
  }

  private mutating func add(_ lower: Int, _ upper: Int, all: UInt64, any: UInt64 = 0) {
    syntax.regions.append(ConditionalRegion(range: ByteRange(lower, upper), all: all, any: any))
  }
}
