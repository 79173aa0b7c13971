// The structs of tables and views, and the enumerations of their columns.

import SQLCModel

extension Lowering {
  func declaration(of table: TableModel) -> Declaration {
    rowStruct(
      names.tables[table.name] ?? SwiftName(table.name.description), fields: fields(of: table),
      conformances: isIdentifiable(table) ? ["Identifiable"] : [], documentation: documentation(of: table),
      nested: keys(of: table).map { declaration(of: $0, storage: keyStorage) })
  }

  func fields(of table: TableModel) -> [Field] {
    var unique = UniqueNames()
    return table.columns.enumerated().map { position, column in
      let isOptional = column.nullability.isOptional
      return Field(
        name: unique.claim(naming.property(column.name, position: position + 1)).name, sqlName: column.name,
        type: types.type(
          column.type, origin: ColumnReference(table: table.name, column: column.name), key: column.key,
          isOptional: isOptional),
        isOptional: isOptional, documentation: paragraphs(column.documentation, reason(column.nullability)),
        source: .column(position))
    }
  }

  func documentation(of table: TableModel) -> [String] {
    let what = table.kind == .view ? "view" : "table"
    return table.documentation.isEmpty ? ["A row of the \(what) `\(table.name)`."] : table.documentation
  }

  /// With an empty line between: documentation takes the first paragraph as the summary.
  private func paragraphs(_ first: [String], _ second: [String]) -> [String] {
    first.isEmpty || second.isEmpty ? first + second : first + [""] + second
  }

  /// A single-column key named `id` that is never NULL.
  func isIdentifiable(_ table: TableModel) -> Bool {
    guard table.primaryKey.count == 1, let key = table.columns.first(where: { $0.name == table.primaryKey[0] }) else {
      return false
    }
    return naming.property(key.name) == "id" && !key.nullability.isOptional
  }

  func declaration(of enumeration: EnumerationModel) -> Declaration? {
    guard let name = names.enumerations[enumeration.id] else { return nil }
    let (own, members) = storage(of: enumeration)
    let conformances: SwiftCode =
      "String, Sendable, Hashable, CaseIterable, Codable, \(own)"
    return Declaration(
      documentation: documentation(of: enumeration),
      .type(
        TypeDeclaration("\(access)nonisolated enum \(name): \(conformances)", members: cases(of: enumeration) + members)
      ))
  }

  func cases(of enumeration: EnumerationModel) -> [Declaration] {
    var unique = UniqueNames()
    return enumeration.values.enumerated().map { position, value in
      let name = unique.claim(naming.enumerationCase(value, position: position + 1)).name
      return Declaration.line(
        name.text == value ? "case \(escaped(name))" : "case \(escaped(name)) = \(.literal(value))")
    }
  }

  func documentation(of enumeration: EnumerationModel) -> [String] {
    enumeration.documentation.isEmpty ? ["The values of `\(enumeration.id)`."] : enumeration.documentation
  }

  /// What makes it a value of the runtime's: a protocol, and what that wants.
  func storage(of enumeration: EnumerationModel) -> (conformance: SwiftCode, members: [Declaration]) {
    switch (enumeration.id, vocabulary.enumerationTypeProtocol) {
    case (.type, let conformance?):
      let member = typeMember(.enumeration(enumeration.id), spelled: enumeration.typeName)
      return (SwiftCode(stringLiteral: conformance), [member])
    case (.type, nil), (.column, _): return (SwiftCode(stringLiteral: vocabulary.enumerationProtocol), [])
    }
  }

  /// The property by which a generated type says which type of the schema it is.
  func typeMember(_ type: ValueType, spelled name: String) -> Declaration {
    let reference = code(of: vocabulary.reference(to: type, spelled: name))
    let property = SwiftCode(stringLiteral: vocabulary.typeProperty)
    return .line(
      "\(access)static let \(property): \(SwiftCode(stringLiteral: vocabulary.typeReferenceType)) = \(reference)")
  }
}
