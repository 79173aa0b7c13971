// Random statements whose parameters are written in every style, and what they mean.

/// A parameter as written.
struct WrittenParameter {
  enum Style: Hashable {
    case anonymous
    case numbered(Int)
    case named(prefix: String, String)
    /// `sqlc.arg`, `sqlc.narg`, `sqlc.slice`, in any case.
    case macro(String, String)
  }
  var style: Style

  var text: String {
    switch style {
    case .anonymous: "?"
    case .numbered(let number): "?\(number)"
    case .named(let prefix, let name): prefix + name
    case .macro(let macro, let name): "\(macro)(\(name))"
    }
  }

  var isMacro: Bool { if case .macro = style { true } else { false } }
  var isSlice: Bool { if case .macro(let macro, _) = style { macro.lowercased().hasSuffix("slice") } else { false } }
}

/// Which argument each place takes, by sqlc's rules for names and macros and SQLite's for `?` and `?N`; or why there is no
/// such thing.
struct ParameterMeaning {
  private(set) var keys: [String] = []
  private(set) var error: String?

  init(_ places: [(parameter: WrittenParameter, isOptional: Bool)]) {
    // SQLite's own numbering, of what is no macro.
    var highest = 0
    var numberOfName: [String: Int] = [:]
    var written: Set<Int> = []
    for place in places {
      switch place.parameter.style {
      case .anonymous:
        highest += 1
        keys.append("#\(highest)")
      case .numbered(let number):
        highest = max(highest, number)
        written.insert(number)
        keys.append("#\(number)")
      case .named(_, let name):
        if numberOfName[name] == nil {
          highest += 1
          numberOfName[name] = highest
        }
        keys.append(name)
      case .macro(_, let name): keys.append(name)
      }
    }
    // Two values under one number, and numbers that nothing has.
    if !numberOfName.values.allSatisfy({ !written.contains($0) }) {
      error = "merged-parameters"
    } else if places.contains(where: { one in
      places.contains {
        keyName($0.parameter) == keyName(one.parameter) && $0.parameter.isSlice != one.parameter.isSlice
      }
    }) {
      error = "mixed-slice"
    } else if !written.isEmpty, highest > Set(keys).count {
      error = "parameter-gap"
    } else if !written.isEmpty, places.contains(where: \.isOptional) {
      error = "numbered-parameter"
    }
  }

  private func keyName(_ parameter: WrittenParameter) -> String? {
    switch parameter.style {
    case .named(_, let name), .macro(_, let name): name
    case .anonymous, .numbered: nil
    }
  }
}

/// A query file with one statement.
struct WrittenStatement {
  var text: String
  var meaning: ParameterMeaning
  /// The argument whose value each result column shows.
  var shown: [String]
  var hasMacros: Bool
  /// The statement as SQLite reads it, NULL for each macro; absent where macros take part in the order of the numbers.
  var plainText: String?
  /// Places by their offsets in bytes.
  fileprivate var keyAt: [Int: String]

  func key(at offset: Int) -> String { keyAt[offset] ?? "nothing at \(offset)" }
}

struct StatementWriter {
  private enum Part {
    case text(String)
    /// Shown in a result column.
    case echo(WrittenParameter)
    /// Compared with the value that it must have.
    case check(WrittenParameter, isOptional: Bool)
    case open(optional: String)
    case close
  }

  var random: SplitMix
  private var parts: [Part] = []
  private var palette: [Int] = []
  private var optionals = 0

  init(random: SplitMix) { self.random = random }

  mutating func statement() -> WrittenStatement {
    parts = []
    optionals = 0
    // Few styles at a time: with all of them most statements are refused.
    palette =
      [[0, 3], [0, 1, 3], [1, 3], [2, 3], [0, 2, 3], [0, 1], [2], [1, 2, 3], [0], [3]].randomElement(using: &random)
      ?? [3]
    let command: String
    switch Int.random(in: 0..<4, using: &random) {
    case 0:
      command = ":copyfrom"
      parts.append(.text("INSERT INTO t (id, a, b) VALUES ("))
      for index in 0..<3 {
        if index > 0 { parts.append(.text(", ")) }
        parts.append(.echo(single()))
      }
      parts.append(.text(")"))
    case 1:
      command = ":one"
      parts.append(.text("INSERT INTO t (id, a, b) VALUES ("))
      for index in 0..<3 {
        if index > 0 { parts.append(.text(", ")) }
        parts.append(.echo(single()))
      }
      parts.append(.text(") ON CONFLICT (id) DO UPDATE SET a = excluded.a, b = excluded.b WHERE "))
      check(single())
      parts.append(.text(" RETURNING id, a, b"))
    default:
      command = ":many"
      select()
    }
    return write(command)
  }

  private mutating func select() {
    let isDeep = Bool.random(using: &random)
    if isDeep {
      parts.append(.text("WITH c AS (SELECT "))
      parts.append(.echo(single()))
      parts.append(.text(" AS c0 WHERE "))
      check(single())
      parts.append(.text(") "))
    }
    parts.append(.text("SELECT "))
    if isDeep { parts.append(.text("c0, ")) }
    for index in 0..<Int.random(in: 1...3, using: &random) {
      switch Int.random(in: 0..<4, using: &random) {
      case 0:
        parts.append(.text("(SELECT x FROM (SELECT "))
        parts.append(.echo(single()))
        parts.append(.text(" AS x)) AS s\(index), "))
      case 1:
        parts.append(.text("(SELECT group_concat(v) FROM pool WHERE v IN ("))
        parts.append(.echo(slice()))
        parts.append(.text(")) AS s\(index), "))
      default:
        parts.append(.echo(single()))
        parts.append(.text(" AS s\(index), "))
      }
    }
    parts.append(.echo(single()))
    parts.append(.text(" AS last\(isDeep ? " FROM c" : "") WHERE "))
    check(single())
    for _ in 0..<Int.random(in: 0...2, using: &random) {
      parts.append(.text(" AND "))
      if Int.random(in: 0..<4, using: &random) == 0 { optional() } else { check(single()) }
    }
  }

  private mutating func check(_ parameter: WrittenParameter) { parts.append(.check(parameter, isOptional: false)) }

  private mutating func optional() {
    optionals += 1
    parts.append(.open(optional: "chosen\(optionals)"))
    let style: WrittenParameter.Style =
      palette.contains(2) ? .named(prefix: "@", "o\(optionals)") : .macro("sqlc.arg", "o\(optionals)")
    parts.append(.check(WrittenParameter(style: style), isOptional: true))
    parts.append(.close)
  }

  private mutating func single() -> WrittenParameter {
    let name = ["x", "y", "z"].randomElement(using: &random) ?? "x"
    switch palette.randomElement(using: &random) ?? 3 {
    case 0: return WrittenParameter(style: .numbered(Int.random(in: 1...3, using: &random)))
    case 1: return WrittenParameter(style: .anonymous)
    // One prefix for each name: to SQLite `:x` and `@x` are two.
    case 2: return WrittenParameter(style: .named(prefix: ["x": "@", "y": ":", "z": "$"][name] ?? "@", name))
    default:
      let macros = ["sqlc.arg", "sqlc.arg", "sqlc.narg", "Sqlc.Arg", "SQLC.NARG"]
      return WrittenParameter(style: .macro(macros.randomElement(using: &random) ?? "sqlc.arg", name))
    }
  }

  private mutating func slice() -> WrittenParameter {
    // Rarely under the name of a single value.
    let name = Int.random(in: 0..<12, using: &random) == 0 ? "x" : ["l", "m"].randomElement(using: &random) ?? "l"
    return WrittenParameter(style: .macro(Bool.random(using: &random) ? "sqlc.slice" : "sqlc.Slice", name))
  }

  private func write(_ command: String) -> WrittenStatement {
    var places: [(parameter: WrittenParameter, isOptional: Bool)] = []
    for part in parts {
      switch part {
      case .echo(let parameter): places.append((parameter, false))
      case .check(let parameter, let isOptional): places.append((parameter, isOptional))
      case .text, .open, .close: break
      }
    }
    let meaning = ParameterMeaning(places)
    var text = "-- name: Q \(command)\n"
    var plain = ""
    var keyAt: [Int: String] = [:]
    var shown: [String] = []
    var place = 0
    func put(_ fragment: String) {
      text += fragment
      plain += fragment
    }
    func put(_ parameter: WrittenParameter) {
      keyAt[text.utf8.count] = meaning.keys[place]
      text += parameter.text
      plain += parameter.isMacro ? "NULL" : parameter.text
      place += 1
    }
    for part in parts {
      switch part {
      case .text(let fragment): put(fragment)
      case .echo(let parameter):
        shown.append(meaning.keys[place])
        if parameter.isSlice {
          put(parameter)
        } else {
          put("CAST(")
          put(parameter)
          put(" AS TEXT)")
        }
      case .check(let parameter, _):
        put("'\(meaning.keys[place])' = CAST(")
        put(parameter)
        put(" AS TEXT)")
      case .open(let name): put("sqlc.optional(\(name), ")
      case .close: put(")")
      }
    }
    let hasMacros = places.contains { $0.parameter.isMacro }
    let isNumbered = places.contains { if case .numbered = $0.parameter.style { true } else { false } }
    let isReadable = !plain.contains("sqlc.") && (isNumbered || !hasMacros)
    return WrittenStatement(
      text: text + ";\n", meaning: meaning, shown: shown, hasMacros: hasMacros, plainText: isReadable ? plain : nil,
      keyAt: keyAt)
  }
}
