// The cursor of a query with `sqlc.after`: an enumeration with a case for each order that the caller can choose, or a struct
// where the order is always the same.

import SQLCDiagnostics
import SQLCModel

struct LoweredPage: Sendable {
  /// A value of a cursor, and where a row has it.
  struct Key: Sendable {
    var label: SwiftName
    var type: SwiftType
    var isOptional: Bool
    /// Of a `row`.
    var value: SwiftCode
    var parameter: Int
    var valueBit: UInt64
    var nullBit: UInt64

    var writtenType: SwiftCode { type.written(isOptional: isOptional) }
  }

  var property: SwiftName
  var filter: Int
  var bit: UInt64
  var keys: [Key]
  /// Which of the orders it is of.
  var order: Int?
  var sequences: [[Int]]

  /// Those of a sequence.
  func keys(of sequence: Int) -> [Key] { sequences[sequence].map { keys[$0] } }
}

extension Lowering {
  func lower(
    _ page: PageModel, _ property: SwiftName, _ model: VariantsModel, of query: QueryModel, rows: RowShape
  ) -> LoweredPage {
    var unique = UniqueNames()
    let keys = page.keys.map { key -> LoweredPage.Key in
      let (field, value, isOptional) = place(of: key, in: query, rows)
      return LoweredPage.Key(
        label: unique.claim(field.name.text).name, type: field.type, isOptional: isOptional, value: value,
        parameter: key.parameter, valueBit: key.valueBit, nullBit: key.nullBit)
    }
    return LoweredPage(
      property: property, filter: page.filter, bit: model.bit(ofFilter: page.filter), keys: keys, order: page.order,
      sequences: page.sequences)
  }

  /// The property of a row that has a key.
  private func place(
    of key: PageModel.Key, in query: QueryModel, _ rows: RowShape
  ) -> (field: Field, value: SwiftCode, isOptional: Bool) {
    var unused: [Diagnostic] = []
    let fields: [Field]
    switch rows {
    case .scalar(let field):
      return (field, "row", field.isOptional)
    case .own(let own, _): fields = own
    case .none, .model: fields = fieldsOfModel(query, &unused)
    }
    let field = fields[key.result]
    guard let column = key.column, case .embed(let embed) = query.results[key.result] else {
      return (field, "row.\(escaped(field.name))", field.isOptional)
    }
    let inner: [Field] =
      if tableStruct(of: embed) != nil, let table = embed.table.flatMap({ tables[$0] }) {
        self.fields(of: table)
      } else {
        columnFields(of: embed, in: query, &unused)
      }
    let mark: SwiftCode = field.isOptional ? "?" : ""
    return (
      inner[column], "row.\(escaped(field.name))\(mark).\(escaped(inner[column].name))",
      field.isOptional || inner[column].isOptional
    )
  }

  private func fieldsOfModel(_ query: QueryModel, _ unused: inout [Diagnostic]) -> [Field] {
    if query.sharedRow == nil, matchingTable(query) != nil, case .column(let first)? = query.results.first,
      let table = first.origin.flatMap({ tables[$0.table] })
    {
      return fields(of: table)
    }
    var own = fields(of: query, &unused).0
    // What is widened can be nil in the struct.
    for index in own.indices where query.sharedRow?.widened.contains(own[index].sqlName) == true {
      own[index].isOptional = true
    }
    return own
  }

  // MARK: Declarations

  func cursorType(_ page: LoweredPage, _ variants: LoweredVariants) -> Declaration {
    let documentation = ["A place in the order of the rows: the values of one row that they are ordered by."]
    // Types from outside need not be Codable; the rows say whether they are.
    let isPlain = page.keys.allSatisfy { $0.type.codec == nil && isCodable($0.type) }
    let inherited: SwiftCode =
      isPlain || options.codable != .none ? "Sendable, Hashable, Codable" : "Sendable, Hashable"
    guard let order = page.order.map({ variants.orders[$0] }) else {
      var members = page.keys(of: 0).map { Declaration.line("\(access)var \(escaped($0.label)): \($0.writtenType)") }
      members.append(
        Declaration(
          documentation: ["The place of a row."],
          .function(
            FunctionDeclaration(
              "\(access)init", parameters: ["_ row: Row"],
              body: .fields(page.keys(of: 0).map { "self.\(escaped($0.label)) = \($0.value)" })))))
      return Declaration(
        documentation: documentation,
        .type(
          TypeDeclaration("\(access)nonisolated struct Cursor: \(inherited)", spacing: .dense, members: members)))
    }
    let direction = SwiftCode(stringLiteral: vocabulary.sortDirection)
    var members = order.cases.enumerated().map { index, item -> Declaration in
      let values = page.keys(of: index).map { "\(escaped($0.label)): \($0.writtenType)" as SwiftCode }
      return .line("case \(escaped(item.name))(\(([direction] + values).joined(separator: ", ")))")
    }
    var making: [SwiftCode] = ["\(access)init(_ row: Row, order: \(order.type)) {", "  switch order {"]
    var telling: [SwiftCode] = ["\(access)var order: \(order.type) {", "  switch self {"]
    for (index, item) in order.cases.enumerated() {
      let keys = page.keys(of: index)
      let values = keys.map { "\(escaped($0.label)): \($0.value)" as SwiftCode }
      let name = escaped(item.name)
      making.append("  case .\(name)(let direction):")
      making.append("    self = .\(name)(\((["direction"] + values).joined(separator: ", ")))")
      let rest = keys.map { _ in "_" as SwiftCode }
      telling.append(
        "  case .\(name)(\((["let direction"] + rest).joined(separator: ", "))): .\(name)(direction)")
    }
    members.append(
      Declaration(documentation: ["The place of a row among rows in an order."], .code(making + ["  }", "}"])))
    members.append(Declaration(documentation: ["The order that it is a place in."], .code(telling + ["  }", "}"])))
    return Declaration(
      documentation: documentation,
      .type(TypeDeclaration("\(access)nonisolated enum Cursor: \(inherited)", spacing: .dense, members: members)))
  }

  private func isCodable(_ type: SwiftType) -> Bool {
    switch type.module {
    case nil, .foundation: true
    case .runtime: codableRuntimeTypes.contains(type.name)
    case .named: false
    }
  }

  /// Within the code of `variantChoice`.
  func cursorChoice(_ page: LoweredPage, _ variants: LoweredVariants) -> [SwiftCode] {
    let order = page.order.map { variants.orders[$0] }
    let same: SwiftCode = order.map { ", given.order == self.\(escaped($0.property))" } ?? ""
    let given: SwiftCode = "let given = self.\(escaped(page.property))\(same)"
    func bits(_ key: LoweredPage.Key, _ value: SwiftCode) -> SwiftCode {
      key.isOptional ? "choice |= \(value) == nil ? \(key.nullBit) : \(key.valueBit)" : "choice |= \(key.valueBit)"
    }
    guard page.keys.contains(where: { $0.nullBit != 0 }) else {
      let known: SwiftCode =
        order == nil ? "self.\(escaped(page.property)) != nil" : given
      return ["  if \(known) { choice |= \(page.bit) }"]
    }
    var code: [SwiftCode] = ["  if \(given) {", "    choice |= \(page.bit)"]
    guard let order else {
      for key in page.keys(of: 0) where key.nullBit != 0 {
        code.append("    \(bits(key, "given.\(escaped(key.label))"))")
      }
      return code + ["  }"]
    }
    code.append("    switch given {")
    for (index, item) in order.cases.enumerated() {
      let keys = page.keys(of: index)
      guard keys.contains(where: { $0.nullBit != 0 }) else {
        code.append("    case .\(escaped(item.name)): break")
        continue
      }
      let names = keys.enumerated().map { place, key -> SwiftCode in
        key.nullBit != 0 && key.isOptional ? "let key\(place + 1)" : "_"
      }
      code.append("    case .\(escaped(item.name))(\((["_"] + names).joined(separator: ", "))):")
      for (place, key) in keys.enumerated() where key.nullBit != 0 {
        code.append("      \(bits(key, "key\(place + 1)"))")
      }
    }
    return code + ["    }", "  }"]
  }

  /// Within the code of `bind(to:)`.
  func cursorBinding(_ page: LoweredPage, _ variants: LoweredVariants) -> [SwiftCode] {
    // A value that is NULL is in no statement: see `PagePredicate.swift`.
    func bind(_ key: LoweredPage.Key, _ value: SwiftCode) -> SwiftCode {
      let isAbsent = key.isOptional && key.nullBit != 0
      let call: SwiftCode =
        "try statement.bind(\(isAbsent ? "given" : value), at: \(key.parameter)\(withCodec(key.type)))"
      return isAbsent ? "if let given = \(value) { \(call) }" : call
    }
    var code: [SwiftCode] = ["if let given = self.\(escaped(page.property)) {"]
    guard let order = page.order.map({ variants.orders[$0] }) else {
      return code + page.keys(of: 0).map { "  \(bind($0, "given.\(escaped($0.label))"))" } + ["}"]
    }
    code.append("  guard given.order == self.\(escaped(order.property)) else { throw Self.variants.cursorMismatch() }")
    code.append("  switch given {")
    for (index, item) in order.cases.enumerated() {
      let keys = page.keys(of: index)
      let names = keys.indices.map { "let key\($0 + 1)" as SwiftCode }
      code.append("  case .\(escaped(item.name))(\((["_"] + names).joined(separator: ", "))):")
      for (place, key) in keys.enumerated() { code.append("    \(bind(key, "key\(place + 1)"))") }
    }
    return code + ["  }", "}"]
  }
}

/// Types of the runtimes that an order can go by and that are `Codable`.
private let codableRuntimeTypes: Set<SwiftCode> = [
  "SQLiteValue", "SQLiteNumber", "SQLiteDay", "SQLiteDecimal", "SQLiteJSON", "PostgresDay", "PostgresTime",
  "PostgresTimestamp", "PostgresDecimal", "PostgresJSON", "PostgresInterval", "PostgresMoney", "PortableDay",
  "PortableDecimal", "PortableJSON",
]
