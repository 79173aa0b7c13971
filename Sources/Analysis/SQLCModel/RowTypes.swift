// Rows of tables and views as values: `SELECT a FROM authors a`, `array_agg(a)`, a column of the type `authors`.

extension SchemaModel {
  /// The row types that are used as values, by queries, columns or each other.
  ///
  /// | of the table | of its row type |
  /// |---|---|
  /// | NOT NULL | may be NULL: `ROW(NULL)::authors` and a row of an outer join break none of its rules |
  /// | a column whose CHECK lists its values | its own type: the CHECK is the table's |
  /// | a key | its own type |
  func rowTypes(usedBy queries: [QueryModel]) -> [CompositeModel] {
    let declared = Set(composites.map(\.name))
    let rows = Dictionary(tables.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    var waiting = tables.flatMap { $0.columns.flatMap(\.type.composites) }
    waiting += composites.flatMap { $0.fields.flatMap(\.type.composites) }
    for query in queries {
      waiting += query.parameters.flatMap(\.type.composites)
      for result in query.results {
        switch result {
        case .column(let column): waiting += column.type.composites
        case .embed(let embed): waiting += embed.columns.flatMap(\.type.composites)
        }
      }
    }
    var used: Set<QualifiedName> = []
    while let name = waiting.popLast() {
      guard !declared.contains(name), let table = rows[name], used.insert(name).inserted else { continue }
      waiting += table.columns.flatMap(\.type.composites)
    }
    return tables.filter { used.contains($0.name) }.map(CompositeModel.init(rowsOf:))
  }
}

extension CompositeModel {
  fileprivate init(rowsOf table: TableModel) {
    let fields = table.columns.map { column in
      var field = TableModel.Column(
        name: column.name, declaredType: column.declaredType, type: column.type.withoutRulesOfTheTable,
        typeName: column.typeName,
        nullability: .optional(reason: "a value of the type '\(table.name)' need not keep the rules of its table"),
        documentation: column.documentation, source: column.source)
      field.key = nil
      return field
    }
    // In quotes whatever it is: a keyword names a table where it is quoted, and nothing else does.
    let parts = [table.name.schema, table.name.name].compactMap(\.self)
    let spelled = parts.map {
      "\"" + $0.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
    self.init(
      name: table.name, typeName: spelled.joined(separator: "."), fields: fields,
      documentation: ["A row of `\(table.name)` as a value."], source: table.source)
  }
}

extension ValueType {
  /// What a CHECK of the table's says is not said of values elsewhere.
  fileprivate var withoutRulesOfTheTable: ValueType {
    switch self {
    case .enumeration(.column): .text
    case .array(let element, _): .array(of: element.withoutRulesOfTheTable, .possible)
    case .domain(let name, let base): .domain(name, of: base.withoutRulesOfTheTable)
    default: self
    }
  }
}
