// Where the names of a statement stand, and what each is: written down while the binder resolves them, when it is asked to.

import SQLCDiagnostics
import SQLCModel
import SQLCSyntaxSQLite

final class OccurrenceRecorder {
  /// A source as the recorder knows it.
  struct Source {
    /// What it can be called by: its alias, that of parentheses around it, the table's own name.
    var names: [SQLSymbol]
    var columns: Columns
  }

  enum Columns {
    /// Those of a table or view of the schema.
    case ofTable(String)
    /// One symbol for each column; none where a column has no name in the text.
    case each([SQLSymbol?])
  }

  private(set) var occurrences: [SymbolOccurrence] = []
  private var sources: [SourceID: Source] = [:]
  /// The alias of a result column, by the range of the whole column.
  private var aliases: [ByteRange: SQLSymbol] = [:]
  private var commonTables: [CommonTableID: [SQLSymbol?]] = [:]

  func add(_ symbol: SQLSymbol?, _ role: SymbolOccurrence.Role, at source: SourceRange) {
    guard let symbol, !source.range.isEmpty else { return }
    occurrences.append(SymbolOccurrence(symbol, role, at: source))
  }

  /// Forgets what was added since there were that many.
  func forget(after count: Int) { occurrences.removeSubrange(count...) }

  func learn(_ id: SourceID, _ source: Source) { sources[id] = source }

  func learn(_ id: CommonTableID, _ columns: [SQLSymbol?]) { commonTables[id] = columns }

  func learnAlias(_ symbol: SQLSymbol, of output: ByteRange) { aliases[output] = symbol }

  /// What a qualifier in front of a column of the source, or of its star, stands for.
  func qualifier(_ text: String, of source: SourceID) -> SQLSymbol? {
    sources[source]?.names.first { sameName($0.name, text) }
  }

  func addName(_ name: SQLSymbol, of source: SourceID) { sources[source]?.names.append(name) }

  func source(_ id: SourceID) -> Source? { sources[id] }

  func columns(of table: CommonTableID) -> [SQLSymbol?] { commonTables[table] ?? [] }

  func symbol(of column: BoundColumn) -> SQLSymbol? {
    switch sources[column.source]?.columns {
    case .ofTable(let table)?:
      // A rowid without a name of its own is no column of the schema.
      column.index == BoundColumn.rowid ? nil : .column(column.name, of: table)
    case .each(let symbols)?: symbols.indices.contains(column.index) ? symbols[column.index] : nil
    case nil: nil
    }
  }

  /// What the columns of a query are called after: their aliases, or the columns they are.
  func symbols(of query: BoundQuery) -> [SQLSymbol?] {
    var body = query.body
    while case .compound(_, let left, _, _) = body { body = left }
    guard case .select(let select) = body else { return query.columnNames.map { _ in nil } }
    return select.outputs.map(symbol)
  }

  func symbol(of output: BoundOutput) -> SQLSymbol? {
    if let alias = aliases[output.range] { return alias }
    switch output.expression.kind {
    case .column(let column): return symbol(of: column)
    case .mergedColumn(let columns): return columns.first.flatMap(symbol)
    default: return nil
    }
  }
}

extension SQLSymbol {
  static func column(_ name: String, of table: String) -> SQLSymbol {
    .column(ColumnReference(table: QualifiedName(table), column: name))
  }

  var name: String {
    switch self {
    case .table(let table): table.name
    case .query(let name), .fragment(let name): name
    case .column(let column): column.column
    case .local(let local): local.name
    }
  }
}

extension Binder {
  /// A name stands for something. One that is spelled otherwise is left out: `rowid` for a key, a name from before ALTER
  /// TABLE, `"a:1"` for the second column called `a`.
  mutating func record(_ symbol: SQLSymbol?, _ role: SymbolOccurrence.Role, at name: NameSyntax) {
    guard let recorder, let symbol, sameName(symbol.name, name.text), !renames.contains(name) else { return }
    recorder.add(symbol, role, at: here(name.range))
  }

  /// A name is given here, and stands for itself.
  func local(_ kind: LocalSymbol.Kind, _ name: NameSyntax) -> SQLSymbol {
    .local(LocalSymbol(kind, name.text, definition: here(name.range)))
  }

  /// A table, view or common table is named in FROM, or as the target of a modification.
  mutating func recordSource(
    _ id: SourceID, _ symbol: SQLSymbol, at name: NameSyntax, alias: NameSyntax?, columns: OccurrenceRecorder.Columns
  ) {
    record(symbol, .reference, at: name)
    recordSource(id, alias: alias, symbol, columns: columns)
  }

  mutating func recordSource(
    _ id: SourceID, alias: NameSyntax?, _ symbol: SQLSymbol? = nil, columns: OccurrenceRecorder.Columns
  ) {
    guard let recorder else { return }
    let name = alias.map { local(.sourceAlias, $0) }
    if let alias { record(name, .definition, at: alias) }
    recorder.learn(id, OccurrenceRecorder.Source(names: [name, symbol].compactMap(\.self), columns: columns))
  }

  /// `(a JOIN b) AS x`: each source inside can be called `x` too.
  mutating func recordGroup(_ alias: NameSyntax?, of sources: ArraySlice<ScopeSource>) {
    guard let recorder, let alias else { return }
    let symbol = local(.sourceAlias, alias)
    record(symbol, .definition, at: alias)
    for source in sources { recorder.addName(symbol, of: source.id) }
  }

  mutating func recordQualifier(_ name: NameSyntax, of source: SourceID) {
    record(recorder?.qualifier(name.text, of: source), .reference, at: name)
  }

  /// A column that is named without what qualifies it.
  mutating func recordColumns(_ columns: [BoundColumn], at name: NameSyntax) {
    guard let recorder else { return }
    for column in columns { record(recorder.symbol(of: column), .reference, at: name) }
  }

  /// A column, with what qualifies it.
  mutating func recordReference(_ node: ColumnReferenceSyntax, _ columns: [BoundColumn]) {
    recordColumns(columns, at: node.column)
    if let table = node.table, let source = columns.first?.source { recordQualifier(table, of: source) }
  }

  mutating func recordAlias(_ alias: NameSyntax, of output: ByteRange) {
    guard let recorder else { return }
    let symbol = local(.resultColumn, alias)
    record(symbol, .definition, at: alias)
    recorder.learnAlias(symbol, of: output)
  }

  mutating func recordCommonTable(_ entry: CommonTableEntry) {
    guard let recorder else { return }
    record(local(.commonTable, entry.syntax.name), .definition, at: entry.syntax.name)
    guard let names = entry.syntax.columns else { return }
    for name in names { record(local(.resultColumn, name), .definition, at: name) }
    recorder.learn(entry.id, names.map { local(.resultColumn, $0) })
  }

  /// The columns of a common table without a list are called after those of its query.
  mutating func recordColumns(of entry: CommonTableEntry, _ symbols: [SQLSymbol?]) {
    guard recorder != nil, entry.syntax.columns == nil else { return }
    recorder?.learn(entry.id, symbols)
  }

  mutating func recordParameters() {
    guard let recorder else { return }
    for parameter in parameters.list {
      guard let first = parameter.occurrences.first else { continue }
      let symbol = SQLSymbol.local(
        LocalSymbol(.parameter, parameter.name ?? "?\(parameter.index)", definition: here(first)))
      for range in parameter.occurrences {
        recorder.add(symbol, range == first ? .definition : .reference, at: here(range))
      }
    }
  }
}
