// Which tables and columns can be named at a place of a statement that need not be finished.

import SQLCDiagnostics
import SQLCModel

/// A column that can be named.
struct ScopeColumn: Sendable, Hashable {
  var name: String
  var type: String?
  var nullability: ModelNullability?
  var documentation: [String] = []
}

/// What stands in FROM, or is written to.
struct ScopeSource: Sendable, Hashable {
  /// What columns are qualified with.
  var name: String
  /// The table of the schema that it is.
  var table: TableModel?
  var columns: [ScopeColumn]
  /// Where it is named.
  var offset: Int
}

/// A statement cut at its parentheses.
struct StatementScope {
  /// What stands between two parentheses, or the whole.
  final class Group {
    enum Item {
      case token(Int)
      case group(Group)
    }
    let parent: Group?
    /// The index of the parenthesis; nothing for the whole.
    let open: Int?
    var close: Int?
    var items: [Item] = []

    init(parent: Group?, open: Int?) {
      self.parent = parent
      self.open = open
    }
  }

  let text: SQLText
  let tables: [String: TableModel]
  let root: Group
  let tokens: Range<Int>

  init(_ text: SQLText, _ tokens: Range<Int>, tables: [String: TableModel]) {
    self.text = text
    self.tables = tables
    self.tokens = tokens
    root = Group(parent: nil, open: nil)
    var current = root
    for index in tokens {
      switch text.tokens[index].kind {
      case .symbol(UInt8(ascii: "(")):
        let group = Group(parent: current, open: index)
        current.items.append(.group(group))
        current = group
      case .symbol(UInt8(ascii: ")")):
        current.close = index
        current = current.parent ?? root
      default: current.items.append(.token(index))
      }
    }
  }

  // MARK: Where a place is

  /// The parentheses around a place, the innermost first; the whole last.
  func groups(around offset: Int) -> [Group] {
    var found: [Group] = [root]
    while let inner = found.last.flatMap({ group in
      group.items.lazy.compactMap { item -> Group? in
        guard case .group(let inner) = item, contains(inner, offset) else { return nil }
        return inner
      }.first
    }) {
      found.append(inner)
    }
    return found.reversed()
  }

  private func contains(_ group: Group, _ offset: Int) -> Bool {
    guard let open = group.open, text.tokens[open].range.upper <= offset else { return false }
    return group.close.map { offset <= text.tokens[$0].range.lower } ?? true
  }

  func keyword(_ item: Group.Item) -> String {
    if case .token(let index) = item { text.keyword(text.tokens[index]) } else { "" }
  }

  func isSymbol(_ item: Group.Item, _ symbol: Character) -> Bool {
    guard case .token(let index) = item, let byte = symbol.asciiValue else { return false }
    return text.tokens[index].kind == .symbol(byte)
  }

  private func start(of item: Group.Item) -> Int {
    switch item {
    case .token(let index): text.tokens[index].range.lower
    case .group(let group): group.open.map { text.tokens[$0].range.lower } ?? 0
    }
  }

  /// The SELECT of a UNION that a place is in; without one the first.
  func arm(of group: Group, at offset: Int?) -> ArraySlice<Group.Item> {
    let ends = group.items.indices.filter { ["UNION", "EXCEPT", "INTERSECT"].contains(keyword(group.items[$0])) }
    let before = offset.map { offset in ends.filter { start(of: group.items[$0]) < offset } } ?? []
    let first = before.last.map { $0 + 1 } ?? 0
    let last = ends.first { $0 >= first } ?? group.items.count
    return group.items[first..<last]
  }

  // MARK: What can be named there

  /// The sources around a place, those of the innermost SELECT first.
  func sources(at offset: Int) -> [[ScopeSource]] {
    let groups = groups(around: offset)
    var common: [String: [ScopeColumn]] = [:]
    for group in groups.reversed() { addCommonTables(of: group.items[...], to: &common, depth: 0) }
    var found = groups.map { sources(in: arm(of: $0, at: offset), common, depth: 0) }
    // WITH stands before the SELECT of the first arm only.
    if let extra = specialSources(), !extra.isEmpty { found.append(extra) }
    return found.filter { !$0.isEmpty }
  }

  func commonTables(at offset: Int) -> [(name: String, columns: [ScopeColumn])] {
    var common: [String: [ScopeColumn]] = [:]
    for group in groups(around: offset).reversed() { addCommonTables(of: group.items[...], to: &common, depth: 0) }
    return common.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// `new` and `old` of a trigger, `excluded` of an upsert.
  private func specialSources() -> [ScopeSource]? {
    let words = root.items.map { keyword($0) }
    func table(after word: String) -> TableModel? {
      guard let index = words.firstIndex(of: word), index + 1 < root.items.count,
        case .token(let token) = root.items[index + 1]
      else { return nil }
      return tables[text.name(of: text.tokens[token]).lowercased()]
    }
    if words.first == "CREATE", words.prefix(4).contains("TRIGGER"), let table = table(after: "ON") {
      return ["new", "old"].map { ScopeSource(name: $0, table: table, columns: columns(of: table), offset: 0) }
    }
    if words.contains("CONFLICT"), let table = table(after: "INTO") {
      return [ScopeSource(name: "excluded", table: table, columns: columns(of: table), offset: 0)]
    }
    return nil
  }

  func columns(of table: TableModel) -> [ScopeColumn] {
    table.columns.map {
      ScopeColumn(name: $0.name, type: $0.typeName, nullability: $0.nullability, documentation: $0.documentation)
    }
  }

  /// Deeper statements are not looked into: nobody writes them by hand.
  static let greatestDepth = 12
}
