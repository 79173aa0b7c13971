// Random conditions of which some parts are fragments, and the same conditions written out with parentheses around everything.

/// A condition, or a number.
indirect enum GeneratedTerm {
  case number(String)
  case sum(GeneratedTerm, GeneratedTerm)
  case product(GeneratedTerm, GeneratedTerm)
  case compare(String, GeneratedTerm, GeneratedTerm)
  case between(GeneratedTerm, GeneratedTerm, GeneratedTerm)
  case isNull(GeneratedTerm)
  case exists(GeneratedTerm)
  case and([GeneratedTerm])
  case or([GeneratedTerm])
  case not(GeneratedTerm)
  /// What stands in a fragment.
  case fragment(GeneratedTerm)

  static func condition(_ depth: Int, _ random: inout some RandomNumberGenerator) -> GeneratedTerm {
    let term: GeneratedTerm
    switch Int.random(in: 0..<(depth > 0 ? 9 : 4), using: &random) {
    case 0, 1:
      term = .compare(
        ["=", "<", "<>", ">="].randomElement(using: &random) ?? "=", number(depth - 1, &random),
        number(depth - 1, &random))
    case 2: term = .between(number(depth - 1, &random), number(depth - 1, &random), number(depth - 1, &random))
    case 3: term = .isNull(number(depth - 1, &random))
    case 4: term = .exists(number(depth - 1, &random))
    case 5: term = .not(condition(depth - 1, &random))
    case 6: term = .or((0..<Int.random(in: 2...3, using: &random)).map { _ in condition(depth - 1, &random) })
    default: term = .and((0..<Int.random(in: 2...3, using: &random)).map { _ in condition(depth - 1, &random) })
    }
    return Int.random(in: 0..<3, using: &random) == 0 ? .fragment(term) : term
  }

  private static func number(_ depth: Int, _ random: inout some RandomNumberGenerator) -> GeneratedTerm {
    let term: GeneratedTerm
    switch Int.random(in: 0..<(depth > 0 ? 5 : 3), using: &random) {
    case 0: term = .number("\(Int.random(in: 0..<5, using: &random))")
    case 1, 2: term = .number("t." + (["a", "b", "c"].randomElement(using: &random) ?? "a"))
    case 3: term = .sum(number(depth - 1, &random), number(depth - 1, &random))
    default: term = .product(number(depth - 1, &random), number(depth - 1, &random))
    }
    return Int.random(in: 0..<4, using: &random) == 0 ? .fragment(term) : term
  }

  /// Written out.
  var reference: String {
    switch self {
    case .number(let text): text
    case .sum(let a, let b): "(\(a.reference) + \(b.reference))"
    case .product(let a, let b): "(\(a.reference) * \(b.reference))"
    case .compare(let sign, let a, let b): "(\(a.reference) \(sign) \(b.reference))"
    case .between(let a, let b, let c): "(\(a.reference) BETWEEN \(b.reference) AND \(c.reference))"
    case .isNull(let a): "(\(a.reference) IS NULL)"
    case .exists(let a): "(EXISTS (SELECT 1 FROM u WHERE u.x = \(a.reference)))"
    case .and(let terms): "(" + terms.map(\.reference).joined(separator: " AND ") + ")"
    case .or(let terms): "(" + terms.map(\.reference).joined(separator: " OR ") + ")"
    case .not(let a): "(NOT \(a.reference))"
    case .fragment(let a): a.reference
    }
  }

  fileprivate var strength: Int {
    switch self {
    case .or: 1
    case .and: 2
    case .not: 3
    case .compare, .between, .isNull: 4
    case .sum: 5
    case .product: 6
    // What a fragment becomes is the tool's business.
    case .number, .exists, .fragment: 7
    }
  }
}

/// Writes terms with as few parentheses as SQL needs, and fragments as uses.
struct FragmentWriter<Random: RandomNumberGenerator> {
  var random: Random
  /// The heads and bodies of all fragments.
  private(set) var fragments: [String] = []
  private(set) var uses = 0
  /// Parameters of the fragments that are being written, the innermost last, each with its value where it is used.
  private var open: [[(name: String, value: String)]] = []

  init(random: Random) { self.random = random }

  mutating func write(_ term: GeneratedTerm, _ strength: Int = 0) -> String {
    let text = bare(term)
    return term.strength < strength ? "(\(text))" : text
  }

  private mutating func bare(_ term: GeneratedTerm) -> String {
    switch term {
    case .number(let text): return text
    case .sum(let a, let b): return "\(value(a, 5)) + \(value(b, 6))"
    case .product(let a, let b): return "\(value(a, 6)) * \(value(b, 7))"
    case .compare(let sign, let a, let b): return "\(value(a, 5)) \(sign) \(value(b, 5))"
    case .between(let a, let b, let c): return "\(value(a, 5)) BETWEEN \(value(b, 5)) AND \(value(c, 5))"
    case .isNull(let a): return "\(value(a, 5)) IS NULL"
    case .exists(let a): return "EXISTS (SELECT 1 FROM u WHERE u.x = \(value(a, 5)))"
    case .and(let terms): return terms.map { write($0, 3) }.joined(separator: " AND ")
    case .or(let terms): return terms.map { write($0, 2) }.joined(separator: " OR ")
    case .not(let a): return "NOT \(write(a, 4))"
    case .fragment(let body): return use(body)
    }
  }

  /// Some numbers in a fragment are values of its parameters.
  private mutating func value(_ term: GeneratedTerm, _ strength: Int) -> String {
    guard let frame = open.popLast() else { return write(term, strength) }
    guard Int.random(in: 0..<3, using: &random) == 0 else {
      open.append(frame)
      return write(term, strength)
    }
    // Written where the fragment is used, with nothing around it.
    let given = value(term, 0)
    let name = "p\(frame.count)"
    open.append(frame + [(name, given)])
    return Bool.random(using: &random) ? "@\(name)" : "sqlc.arg(\(name))"
  }

  private mutating func use(_ body: GeneratedTerm) -> String {
    open.append([])
    let text = write(body)
    let parameters = open.removeLast()
    let name = "f\(fragments.count)"
    let head = parameters.isEmpty ? "" : "(" + parameters.map(\.name).joined(separator: ", ") + ")"
    fragments.append("-- fragment: \(name)\(head)\n\(text)\(Bool.random(using: &random) ? ";" : "")\n")
    uses += 1
    let values = parameters.shuffled(using: &random).map { ", \($0.name) => \($0.value)" }.joined()
    return "sqlc.use(\(name)\(values))"
  }
}
