// The types of keys: `Agent.ID`, one for each column that is a key of its table.

import SQLCModel

/// The type of a key, which stands inside of its table's struct.
struct KeyType: Sendable {
  var column: ColumnReference
  /// The table's struct.
  var owner: SwiftName
  var name: SwiftName
  /// The value that it stands for.
  var raw: SwiftType

  /// As it is written everywhere: `Agent.ID`.
  var code: SwiftCode { "\(owner).\(name)" }

  var type: SwiftType {
    SwiftType(code, codec: raw.codec.map { "RawValueCodec<\(code), \($0.name)>" })
  }

  /// An array's elements are keys; nothing where the runtime has no way to keep them so.
  func type(for type: ValueType) -> SwiftType? {
    guard case .array(_, let nullability) = type.withoutDomains else { return self.type }
    return raw.codec == nil ? SwiftType("[\(self.type.written(isOptional: nullability == .possible))]") : nil
  }

  /// What an integer or a text in the code can be taken for without a word.
  var literal: Literal? {
    switch raw.name.text {
    case "Int64", "Int32", "Int16": .integer
    case "String": .string
    default: nil
    }
  }

  enum Literal { case integer, string }

  /// The raw value's own way is one value by itself: the standard library has it for numbers and texts.
  var coding: Coding {
    if literal != nil { return .standard }
    return ["UUID", "Data", "[UInt8]", "Date"].contains(raw.name.text) ? .written : .unknown
  }

  enum Coding { case standard, written, unknown }
}

extension Lowering {
  /// Keys that have a type: those whose column has no type of the user's own.
  static func keyTypes(
    of model: GenerationModel, _ names: TypeNames, _ naming: Naming, _ types: TypeResolver
  ) -> [ColumnReference: KeyType] {
    var found: [ColumnReference: KeyType] = [:]
    for table in model.tables {
      guard let owner = names.tables[table.name] else { continue }
      let properties = table.columns.enumerated().map { naming.property($1.name, position: $0 + 1) }
      var unique = UniqueNames()
      for column in table.columns {
        let reference = ColumnReference(table: table.name, column: column.name)
        guard column.key == reference, !types.isChosen(column.type, reference),
          let raw = types.known(column.type, origin: reference, isOptional: false)
        else { continue }
        var name = SwiftName(naming.keyType(ofColumn: column.name))
        if names.isTaken(inside: name) || properties.contains(name.text) { name = name.appending("Key") }
        found[reference] = KeyType(
          column: reference, owner: owner, name: unique.claim(name.text).name, raw: raw)
      }
    }
    return found
  }

  /// The types of a table's own keys, in the order of its columns.
  func keys(of table: TableModel) -> [KeyType] {
    table.columns.compactMap { types.keys[ColumnReference(table: table.name, column: $0.name)] }
  }

  func declaration(of key: KeyType, storage: [SwiftCode]) -> Declaration {
    var conformances: [SwiftCode] = ["RawRepresentable", "Sendable", "Hashable"]
    var members: [Declaration] = [
      .line("\(access)var rawValue: \(key.raw.name)"),
      .line("\(access)init(rawValue: \(key.raw.name)) { self.rawValue = rawValue }"),
    ]
    switch key.literal {
    case .integer?:
      conformances += ["Comparable", "ExpressibleByIntegerLiteral"]
      members.append(.line("\(access)init(integerLiteral value: \(key.raw.name)) { rawValue = value }"))
      members.append(.line("\(access)static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }"))
    case .string?:
      conformances.append("ExpressibleByStringLiteral")
      members.append(.line("\(access)init(stringLiteral value: String) { rawValue = value }"))
    case nil: break
    }
    if key.coding != .unknown || options.codable != .none { conformances.append("Codable") }
    if key.coding == .written {
      members.append(
        .line(
          "\(access)init(from decoder: any Decoder) throws { rawValue = try decoder.singleValueContainer().decode(\(key.raw.name).self) }"
        ))
      members.append(
        .line(
          "\(access)func encode(to encoder: any Encoder) throws { var value = encoder.singleValueContainer(); try value.encode(rawValue) }"
        ))
    }
    conformances.append("CustomStringConvertible")
    members.append(.line("\(access)var description: String { \"\\(rawValue)\" }"))
    let inherited = (conformances + (key.raw.codec == nil ? storage : [])).joined(separator: ", ")
    return Declaration(
      documentation: ["A key of `\(key.column.table)`."],
      .type(
        TypeDeclaration("\(access)nonisolated struct \(key.name): \(inherited)", spacing: .dense, members: members)))
  }

  /// What a key's type is to the runtime.
  var keyStorage: [SwiftCode] { [SwiftCode(stringLiteral: vocabulary.enumerationProtocol)] }

  /// Where the types of keys stand whose tables have no struct among these: those that the columns of the tables and the queries
  /// mention.
  func keyHomes(
    besides tables: [TableModel], _ model: GenerationModel, storage: [SwiftCode]
  ) -> [(keys: [KeyType], declaration: Declaration)] {
    if types.keys.isEmpty { return [] }
    var mentioned = Set(tables.flatMap { $0.columns.compactMap(\.key) })
    for query in model.queries {
      mentioned.formUnion(query.parameters.compactMap(\.key))
      for result in query.results {
        switch result {
        case .column(let column): if let key = column.key { mentioned.insert(key) }
        case .embed(let embed): mentioned.formUnion(embed.columns.compactMap(\.key))
        }
      }
    }
    let known = Set(tables.map(\.name))
    return model.tables.filter { !known.contains($0.name) }.compactMap { table in
      let keys = keys(of: table).filter { mentioned.contains($0.column) }
      guard !keys.isEmpty, let name = names.tables[table.name] else { return nil }
      return (
        keys,
        Declaration(
          documentation: ["Keys of `\(table.name)`."],
          .type(
            TypeDeclaration(
              "\(access)nonisolated enum \(name)", spacing: .dense,
              members: keys.map { declaration(of: $0, storage: storage) })))
      )
    }
  }
}

extension TypeNames {
  /// A type of that name inside of a struct would hide what the struct's own code says.
  func isTaken(inside name: SwiftName) -> Bool {
    reserved.isTaken(name.text) || name == "CodingKeys" || tables.values.contains(name)
      || enumerations.values.contains(name) || composites.values.contains(name)
  }
}
