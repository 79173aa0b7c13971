// The structs of tables and views, and the enumerations of their columns.

import SQLCModel

extension Lowering {
  func fields(of table: TableModel) -> [Field] {
    var unique = UniqueNames()
    return table.columns.enumerated().map { position, column in
      let isOptional = column.nullability.isOptional
      return Field(
        name: unique.claim(naming.property(column.name, position: position + 1)).name, sqlName: column.name,
        type: types.type(
          column.type, origin: ColumnReference(table: table.name, column: column.name), isOptional: isOptional),
        isOptional: isOptional, documentation: paragraphs(column.documentation, reason(column.nullability)),
        source: .column(position))
    }
  }

  func declaration(of table: TableModel) -> Declaration {
    let fields = fields(of: table)
    let what = table.kind == .view ? "view" : "table"
    let documentation = table.documentation.isEmpty ? ["A row of the \(what) `\(table.name)`."] : table.documentation
    return rowStruct(
      names.tables[table.name] ?? SwiftName(table.name.description), fields: fields,
      conformances: isIdentifiable(table) ? ["Identifiable"] : [],
      documentation: documentation)
  }

  /// With an empty line between: documentation takes the first paragraph as the summary.
  private func paragraphs(_ first: [String], _ second: [String]) -> [String] {
    first.isEmpty || second.isEmpty ? first + second : first + [""] + second
  }

  /// A single-column key named `id` that is never NULL.
  private func isIdentifiable(_ table: TableModel) -> Bool {
    guard table.primaryKey.count == 1, let key = table.columns.first(where: { $0.name == table.primaryKey[0] }) else {
      return false
    }
    return naming.property(key.name) == "id" && !key.nullability.isOptional
  }

  func declaration(of enumeration: EnumerationModel) -> Declaration? {
    guard let name = names.enumerations[enumeration.id] else { return nil }
    var unique = UniqueNames()
    let cases = enumeration.values.enumerated().map { position, value in
      let name = unique.claim(naming.enumerationCase(value, position: position + 1)).name
      return Declaration.line(
        name.text == value ? "case \(escaped(name))" : "case \(escaped(name)) = \(.literal(value))")
    }
    var members = cases
    let own: StaticString
    switch (enumeration.id, vocabulary.enumerationTypeProtocol) {
    case (.type, let conformance?):
      own = conformance
      members.append(typeMember(.enumeration(enumeration.id), spelled: enumeration.typeName))
    case (.type, nil), (.column, _): own = vocabulary.enumerationProtocol
    }
    let conformances: SwiftCode =
      "String, Sendable, Hashable, CaseIterable, Codable, \(SwiftCode(stringLiteral: own))"
    let documentation =
      enumeration.documentation.isEmpty
      ? ["The values of `\(enumeration.id)`."] : enumeration.documentation
    return Declaration(
      documentation: documentation,
      .type(TypeDeclaration("\(access)nonisolated enum \(name): \(conformances)", members: members)))
  }

  /// The property by which a generated type says which type of the schema it is.
  func typeMember(_ type: ValueType, spelled name: String) -> Declaration {
    let reference = code(of: vocabulary.reference(to: type, spelled: name))
    let property = SwiftCode(stringLiteral: vocabulary.typeProperty)
    return .line(
      "\(access)static let \(property): \(SwiftCode(stringLiteral: vocabulary.typeReferenceType)) = \(reference)")
  }
}
