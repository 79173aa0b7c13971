// Structs of rows: their properties, initializers and decoding.

import SQLCModel

extension Lowering {
  /// A struct for rows, as declarations: the struct, and its decoding in an extension beside it or inside.
  func rowStruct(
    _ name: SwiftName, fields: [Field], conformances: [SwiftCode], documentation: [String], nested: [Declaration] = [],
    methods: [Declaration] = []
  ) -> Declaration {
    var members = nested
    members += fields.map {
      .line("\(access)var \(escaped($0.name)): \($0.writtenType)", documentation: $0.documentation)
    }
    members.append(Declaration(.function(memberwise(fields))))
    members.append(Declaration(.function(decoding(fields))))
    members += methods
    if options.codable == .columnNames { members.append(codingKeys(fields)) }
    let inherited = ((["Sendable", "Hashable"] as [SwiftCode]) + conformances + codableConformance + ["RowDecodable"])
      .joined(separator: ", ")
    return Declaration(
      documentation: documentation,
      .type(TypeDeclaration("\(access)nonisolated struct \(name): \(inherited)", spacing: .dense, members: members)))
  }

  var codableConformance: [SwiftCode] { options.codable == .none ? [] : ["Codable"] }

  func memberwise(_ fields: [Field]) -> FunctionDeclaration {
    FunctionDeclaration(
      "\(access)init", parameters: fields.map { "\(parameterName($0.name)): \($0.writtenType)" },
      body: .fields(fields.map { "self.\(escaped($0.name)) = \(localName($0.name))" }))
  }

  private func decoding(_ fields: [Field]) -> FunctionDeclaration {
    FunctionDeclaration(
      "\(access)init", parameters: ["from row: borrowing ResultRow", "at first: Int32"],
      effects: "throws(DatabaseError)", body: .fields(fields.map { "\(property($0.name)) = \(decoded($0))" }))
  }

  /// A property where it is decoded, with `self` only where a parameter would hide it.
  private func property(_ name: SwiftName) -> SwiftCode {
    ["row", "first", "self"].contains(name) ? "self.\(escaped(name))" : escaped(name)
  }

  func decoded(_ field: Field) -> SwiftCode {
    func index(_ offset: Int) -> SwiftCode { offset == 0 ? "first" : "first + \(offset)" }
    switch field.source {
    case .column(let offset):
      return decodeCall(index(offset), field.type)
    case .list: return "[]"
    case .embed(let type, let offset, let absence):
      let whole: SwiftCode = "try \(type)(from: row, at: \(index(offset)))"
      guard field.isOptional else { return whole }
      return "row.areAllNull(from: \(index(absence.lowerBound)), count: \(absence.count)) ? nil : \(whole)"
    }
  }

  func decodeCall(_ index: SwiftCode, _ type: SwiftType) -> SwiftCode {
    let codec = withCodec(type)
    return "try row.decode(\(index)\(codec))"
  }

  /// The argument that names the codec, where the type has one.
  func withCodec(_ type: SwiftType) -> SwiftCode { type.codec.map { ", with: \($0.name).self" } ?? "" }

  func codingKeys(_ fields: [Field]) -> Declaration {
    // Two columns of one name in a row: the second has the number that its property has, or another.
    var keys = UniqueNames()
    let cases = fields.map {
      Declaration.line("case \(escaped($0.name)) = \(.literal(keys.claim(text: $0.sqlName).text))")
    }
    return Declaration(.type(TypeDeclaration("private enum CodingKeys: String, CodingKey", members: cases)))
  }
}
