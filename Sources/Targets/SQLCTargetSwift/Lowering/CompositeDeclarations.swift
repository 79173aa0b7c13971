// The structs of composite types: values of one column that have fields.

import SQLCModel

extension Lowering {
  /// Nothing where a field has no Swift type: `checkTypes` says so.
  func declaration(of composite: CompositeModel) -> Declaration? {
    guard let name = names.composites[composite.name], let conformance = vocabulary.compositeProtocol,
      types.isKnown(composite.name)
    else { return nil }
    var unique = UniqueNames(taken: [vocabulary.typeProperty.description, "fieldTypes"])
    let fields = composite.fields.enumerated().map { position, field in
      let isOptional = field.nullability.isOptional
      return Field(
        name: unique.claim(naming.property(field.name, position: position + 1)).name, sqlName: field.name,
        type: types.type(
          field.type, origin: ColumnReference(table: composite.name, column: field.name), isOptional: isOptional),
        isOptional: isOptional, documentation: field.documentation, source: .column(position))
    }
    let references = composite.fields.map { code(of: vocabulary.reference(to: $0.type, spelled: $0.typeName)) }
    let reference = SwiftCode(stringLiteral: vocabulary.typeReferenceType)
    var members = fields.map {
      Declaration.line("\(access)var \(escaped($0.name)): \($0.writtenType)", documentation: $0.documentation)
    }
    members.append(Declaration(.function(memberwise(fields))))
    members.append(typeMember(.composite(composite.name), spelled: composite.typeName))
    members.append(
      Declaration.line("\(access)static let fieldTypes: [\(reference)] = [\(references.joined(separator: ", "))]"))
    members.append(Declaration(.function(decoding(fields))))
    members.append(
      Declaration(
        .function(
          FunctionDeclaration(
            "\(access)func encode", parameters: ["to fields: inout CompositeWriter"],
            effects: "throws(ConversionError)",
            body: .fields(
              fields.enumerated().map { position, field in
                "try fields.encode(\(valueOf(field)), at: \(position)\(withCodec(field.type)))"
              })))))
    if options.codable == .columnNames { members.append(codingKeys(fields)) }
    let inherited =
      ((["Sendable", "Hashable"] as [SwiftCode]) + codableConformance
      + [SwiftCode(stringLiteral: conformance)]).joined(separator: ", ")
    let documentation =
      composite.documentation.isEmpty ? ["A value of the type `\(composite.name)`."] : composite.documentation
    return Declaration(
      documentation: documentation,
      .type(TypeDeclaration("\(access)nonisolated struct \(name): \(inherited)", spacing: .dense, members: members)))
  }

  private func decoding(_ fields: [Field]) -> FunctionDeclaration {
    FunctionDeclaration(
      "\(access)init", parameters: ["from fields: borrowing CompositeReader"], effects: "throws(ConversionError)",
      body: .fields(
        fields.enumerated().map { position, field in
          "\(valueOf(field)) = try fields.decode(\(position)\(withCodec(field.type)))"
        }))
  }

  /// With `self` only where a parameter would hide it.
  private func valueOf(_ field: Field) -> SwiftCode {
    ["fields", "self"].contains(field.name) ? "self.\(escaped(field.name))" : escaped(field.name)
  }
}
