// How the catalog is asked for things. Names are compared as SQLite compares them: without regard to the case of ASCII
// letters.

public import SQLCDiagnostics
import SQLCSyntaxSQLite

extension Catalog {
  /// The table or view of that key, tables that exist without being created (`json_each`, `sqlite_schema`) included.
  public func relation(named key: String) -> Relation? {
    if let found = relations[key] { return found }
    if key == "sqlite_sequence", !hasSequenceTable { return nil }
    if key == "sqlite_stat1", !hasStatisticsTable { return nil }
    return builtinTable(named: key).map { .table($0) }
  }

  /// As `relation(named:)`, in the database of that key: `main`, `temp` or either when there is none.
  func relation(named key: String, in schema: String?) -> Relation? {
    guard let schema else { return relation(named: key) }
    let found = relation(named: key)
    switch schema {
    case "main":
      if let found, found.isTemporary { return shadowed[key] }
      return found
    case "temp" where key == "sqlite_schema" || key == "sqlite_master":
      return relation(named: "sqlite_temp_schema")
    case "temp":
      guard let found, found.isTemporary || key.hasPrefix("sqlite_") else { return nil }
      return found
    default:
      return nil
    }
  }

  /// The definitions of the views that SQLite compiles when it compiles this one.
  package func viewsRead(by view: View) -> Set<SourceRange> {
    var found: Set<SourceRange> = []
    var open = [view.definition]
    while let next = open.popLast() {
      for used in viewUses[next] ?? [] where found.insert(used).inserted { open.append(used) }
    }
    return found
  }

  /// Names of what was created, in that order.
  var relationNames: [String] { order.compactMap { relations[$0]?.name } }
}

extension Relation {
  public var name: String {
    switch self {
    case .table(let table): table.name
    case .view(let view): view.name
    }
  }

  public var isTemporary: Bool {
    switch self {
    case .table(let table): table.isTemporary
    case .view(let view): view.isTemporary
    }
  }

  public var definition: SourceRange? {
    switch self {
    case .table(let table): table.definition
    case .view(let view): view.definition
    }
  }
}

extension Table {
  /// Index of the column of that name.
  public func columnIndex(named name: String) -> Int? {
    if let places { return places[name.asciiLowercased] }
    for (index, column) in columns.enumerated() where sameName(column.name, name) { return index }
    return nil
  }

  public var isVirtual: Bool {
    switch kind {
    case .ordinary: false
    case .virtual, .eponymous: true
    }
  }
}

/// `rowid` and its other spellings (SQLite, lang_createtable.html#rowid).
func isRowIDName(_ name: String) -> Bool {
  sameName(name, "rowid") || sameName(name, "oid") || sameName(name, "_rowid_")
}

/// Equal to SQLite: ASCII letters without regard to case. Makes no copy.
func sameName(_ a: String, _ b: String) -> Bool {
  let left = a.utf8
  let right = b.utf8
  guard left.count == right.count else { return false }
  var other = right.makeIterator()
  for byte in left {
    guard let next = other.next() else { return false }
    if byte != next, folded(byte) != folded(next) { return false }
  }
  return true
}

private func folded(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }
