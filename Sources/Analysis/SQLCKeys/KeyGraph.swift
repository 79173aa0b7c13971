// Which key each column of a schema holds: its own, or along foreign keys that of another table.

public import SQLCDiagnostics
public import SQLCFacts
public import SQLCModel

/// The keys that columns hold.
///
/// A key is a single column that is a primary key, or one that is unique and referred to by a foreign key. A column with a foreign
/// key holds the key that the column it refers to holds, so that a key which refers to another table is that table's key. Each
/// column of a foreign key is followed by itself. A column that leads to two keys holds neither.
public struct KeyGraph: Sendable {
  /// By table, as facts name it in lower case: for each column the key that it holds.
  private(set) var columns: [String: [ColumnReference?]] = [:]
  /// The type of each key.
  private(set) var types: [ColumnReference: ValueType] = [:]
  public private(set) var diagnostics: [Diagnostic] = []
  private var names: [String: [String]] = [:]
  /// The models of tables and views, by the names that facts have for them in lower case.
  private(set) var models: [String: TableModel] = [:]
  private var definitions: [String: Set<Int>] = [:]
  /// What the columns of views are, by the names that facts have for them in lower case, once they have been followed.
  private var views: [String: [KeyMeaning]] = [:]
  /// By name in lower case, the key of each column of the model's tables; of views once they have been followed.
  private var byColumn: [ColumnReference: ColumnReference] = [:]

  public init(_ facts: SchemaFacts, _ schema: SchemaModel) {
    var search = KeySearch(facts, schema)
    for table in search.tables.keys.sorted() where search.tables[table]?.kind != .view {
      columns[table] = search.keys(of: table)
    }
    types = search.types
    models = search.models
    for (name, keys) in columns {
      guard let fact = search.tables[name], let table = search.models[name] else { continue }
      names[name] = fact.columns.map(\.name)
      for (index, key) in keys.enumerated() {
        let column = ColumnReference(table: table.name, column: fact.columns[index].name)
        byColumn[column.lowercased] = key
        if key?.lowercased == column.lowercased { definitions[name, default: []].insert(index) }
      }
    }
    diagnostics = search.diagnostics(columns)
  }

  /// Where no column holds a key there is nothing to follow.
  public var isEmpty: Bool { types.isEmpty }

  /// What a schema says of keys; two that say the same type queries alike.
  public var mapping: [ColumnReference: ColumnReference] { byColumn }

  /// The key that a column holds.
  public func key(of column: ColumnReference) -> ColumnReference? { byColumn[column.lowercased] }

  /// Is the column the key that it holds?
  func defines(_ index: Int, of table: String) -> Bool { definitions[table.lowercased()]?.contains(index) ?? false }

  func name(of index: Int, in table: String) -> String {
    names[table.lowercased()].flatMap { $0.indices.contains(index) ? $0[index] : nil } ?? ""
  }

  /// The columns of a view that has been followed: it is followed once, however often other views and queries read it.
  func columns(ofView name: String) -> [KeyMeaning]? { views[name.lowercased()] }

  mutating func note(_ columns: [KeyMeaning], ofView name: String) { views[name.lowercased()] = columns }

  mutating func note(_ key: ColumnReference?, of column: ColumnReference) { byColumn[column.lowercased] = key }

  /// The key as a value of that type: nothing where the type is another than the key's own. Of an array the elements count.
  func key(_ key: ColumnReference?, as type: ValueType) -> ColumnReference? {
    guard let key, let own = types[key] else { return nil }
    switch type.withoutDomains {
    case own: return key
    case .array(let element, _) where element.withoutDomains == own: return key
    default: return nil
    }
  }
}

/// One search through a schema's foreign keys.
private struct KeySearch {
  let tables: [String: TableFact]
  let models: [String: TableModel]
  /// Unique columns that foreign keys refer to.
  private var referred: Set<ColumnReference> = []
  private var found: [ColumnReference: ColumnReference?] = [:]
  private var open: Set<ColumnReference> = []
  private var ambiguous: [(column: ColumnReference, keys: [ColumnReference], source: SourceRange?)] = []
  private(set) var types: [ColumnReference: ValueType] = [:]

  init(_ facts: SchemaFacts, _ schema: SchemaModel) {
    tables = Dictionary(facts.tables.map { ($0.name.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })
    var models: [String: TableModel] = [:]
    for table in schema.tables where tables[table.name.description.lowercased()] != nil {
      models[table.name.description.lowercased()] = table
    }
    // A fact names its schema where two tables have the name, a model where the search path does not find it.
    for table in schema.tables where models[table.name.description.lowercased()] == nil {
      let own = table.name.name.lowercased()
      let name = tables.keys.sorted().first { models[$0] == nil && ($0 == own || $0.hasSuffix("." + own)) }
      if let name { models[name] = table }
    }
    self.models = models
    for table in facts.tables {
      for key in table.foreignKeys {
        for name in key.parentColumns { referred.insert(Self.place(key.parent, name)) }
      }
    }
  }

  private static func place(_ table: String, _ column: String) -> ColumnReference {
    ColumnReference(table: QualifiedName(table.lowercased()), column: column.lowercased())
  }

  mutating func keys(of table: String) -> [ColumnReference?] {
    guard let fact = tables[table] else { return [] }
    return fact.columns.indices.map { key(of: table, $0) }
  }

  private mutating func key(of table: String, _ index: Int) -> ColumnReference? {
    guard let fact = tables[table], fact.columns.indices.contains(index), let model = models[table] else { return nil }
    let place = Self.place(table, fact.columns[index].name)
    if let known = found[place] { return known }
    guard open.insert(place).inserted else { return nil }
    defer { open.remove(place) }
    var parents: [ColumnReference] = []
    var source: SourceRange?
    for foreign in fact.foreignKeys {
      for (child, name) in zip(foreign.columns, foreign.parentColumns) where child == index {
        let parent = foreign.parent.lowercased()
        guard let target = tables[parent]?.columns.firstIndex(where: { $0.name.lowercased() == name.lowercased() }),
          !(parent == table && target == index), let key = key(of: parent, target), !parents.contains(key)
        else { continue }
        parents.append(key)
        source = source ?? foreign.source
      }
    }
    // Whose key it is was settled on the way: two tables that refer to each other.
    if let known = found[place] { return known }
    var result: ColumnReference?
    if parents.count > 1 {
      ambiguous.append((ColumnReference(table: model.name, column: fact.columns[index].name), parents, source))
    } else if let parent = parents.first {
      result = parent
    } else if isKey(index, of: fact, place) {
      let own = ColumnReference(table: model.name, column: fact.columns[index].name)
      let type = model.columns.first { $0.name.lowercased() == own.column.lowercased() }?.type
      if let type = type?.withoutDomains, type.canBeKey {
        types[own] = type
        result = own
      }
    }
    found[place] = .some(result)
    return result
  }

  private func isKey(_ index: Int, of table: TableFact, _ place: ColumnReference) -> Bool {
    table.keys.contains { $0.columns == [index] && ($0.kind == .primary || referred.contains(place)) }
  }

  func diagnostics(_ columns: [String: [ColumnReference?]]) -> [Diagnostic] {
    var diagnostics = ambiguous.map { column, keys, source in
      KeyDiagnostic.ambiguousColumn(column, keys).diagnostic([label(source, column)])
    }
    for (name, keys) in columns.sorted(by: { $0.key < $1.key }) {
      guard let fact = tables[name], let table = models[name] else { continue }
      for (column, key) in zip(fact.columns, keys) {
        guard let key, let type = types[key],
          let own = table.columns.first(where: { $0.name.lowercased() == column.name.lowercased() }),
          own.type.withoutDomains != type, let keyColumn = model(of: key)
        else { continue }
        let reference = ColumnReference(table: table.name, column: own.name)
        diagnostics.append(
          KeyDiagnostic.otherType(reference, type: own.typeName, key: key, keyType: keyColumn.typeName)
            .diagnostic([label(column.source, reference)]))
      }
    }
    return diagnostics
  }

  private func model(of key: ColumnReference) -> TableModel.Column? {
    models.values.first { $0.name == key.table }?.columns.first { $0.name == key.column }
  }

  private func label(_ source: SourceRange?, _ column: ColumnReference) -> DiagnosticLabel {
    DiagnosticLabel(
      source ?? models.values.first { $0.name == column.table }?.source
        ?? SourceRange(path: "<schema>", range: ByteRange(at: 0)))
  }
}

extension ValueType {
  /// Enumerations have a type of their own already; of the others a value must be one thing that equals itself.
  fileprivate var canBeKey: Bool {
    switch self {
    case .integer, .text, .uuid, .blob, .decimal, .date, .time, .timestamp, .other: true
    case .real, .numeric, .boolean, .interval, .any, .json, .vector, .enumeration, .composite, .array, .range,
      .multirange,
      .domain:
      false
    }
  }
}

extension ColumnReference {
  fileprivate var lowercased: ColumnReference { ColumnReference(table: table.lowercased, column: column.lowercased()) }
}
