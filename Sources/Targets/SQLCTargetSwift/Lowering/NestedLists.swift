// Lists in a row (`sqlc.nest`): a property for each, the struct of its elements, and how a row's element gets there.

import SQLCDiagnostics
import SQLCModel

extension Lowering {
  /// The property of a list of the parent. A list in a list has none here: it is a property of the other's elements.
  ///
  /// Elements are the table's struct; with lists of their own they are a struct of this query's, with the table's columns.
  func listField(
    of embed: EmbedModel, at position: Int, in query: QueryModel, _ unique: inout UniqueNames,
    _ nested: inout [NestedRow], _ diagnostics: inout [Diagnostic]
  ) -> Field? {
    guard let nesting = query.nesting, let index = nesting.lists.firstIndex(where: { $0.first == position }),
      nesting.lists[index].outer == nil
    else { return nil }
    let inner = nesting.lists.filter { $0.outer == index }
    guard !inner.isEmpty else { return listField(of: embed, in: query, &unique, &nested, &diagnostics) }
    var fields = columnFields(of: embed, in: query, &diagnostics)
    var names = UniqueNames(taken: Set(fields.map(\.name.text)))
    for list in inner {
      guard case .embed(let other) = query.results[list.result] else { continue }
      fields.append(listField(of: other, in: query, &names, &nested, &diagnostics))
    }
    let type = elementType(of: embed, in: query, nested)
    nested.append(NestedRow(type: type, fields: fields))
    return field(of: embed, element: type, &unique)
  }

  private func listField(
    of embed: EmbedModel, in query: QueryModel, _ unique: inout UniqueNames, _ nested: inout [NestedRow],
    _ diagnostics: inout [Diagnostic]
  ) -> Field {
    if let known = tableStruct(of: embed) { return field(of: embed, element: known, &unique) }
    let type = elementType(of: embed, in: query, nested)
    nested.append(NestedRow(type: type, fields: columnFields(of: embed, in: query, &diagnostics)))
    return field(of: embed, element: type, &unique)
  }

  private func field(of embed: EmbedModel, element: SwiftName, _ unique: inout UniqueNames) -> Field {
    let asked = naming.property(embed.name)
    return Field(
      name: unique.claim(asked == element.text ? asked + "_" : asked).name, sqlName: embed.name,
      type: SwiftType("[\(element)]"),
      isOptional: false, documentation: [], source: .list(element: element))
  }

  /// A name that hides no struct of a table that the row mentions too.
  private func elementType(of embed: EmbedModel, in query: QueryModel, _ nested: [NestedRow]) -> SwiftName {
    var taken = Set(["Row"] + nested.map(\.type.text))
    for case .embed(let other) in query.results where other.name != embed.name {
      if let table = other.table, let known = names.tables[table] { taken.insert(known.text) }
    }
    taken.formUnion(names.enumerations.values.map(\.text))
    var unique = UniqueNames(taken: taken)
    let name = naming.table(QualifiedName(embed.name)).name
    return unique.claim(names.reserved.isTaken(name) ? name + "Record" : name).name
  }

  // MARK: Declarations

  /// How the runtime tells parents and children apart.
  func declaration(of nesting: NestingModel) -> Declaration {
    let order = order(of: nesting)
    let lists = order.map { index -> SwiftCode in
      let list = nesting.lists[index]
      var arguments: [SwiftCode] = []
      if let first = list.presence.first { arguments += ["absentAt: \(first)", "count: \(list.presence.count)"] }
      if let key = list.key { arguments.append("key: \(key)") }
      if let outer = list.outer.flatMap(order.firstIndex) { arguments.append("outer: \(outer)") }
      return ".init(\(arguments.joined(separator: ", ")))"
    }
    return .line(
      "\(access)static let nesting = Nesting(key: \(nesting.key), lists: [\(lists.joined(separator: ", "))])")
  }

  /// Outer lists first: a row's element must be there before what is in it.
  private func order(of nesting: NestingModel) -> [Int] {
    nesting.lists.indices.filter { nesting.lists[$0].outer == nil }
      + nesting.lists.indices.filter { nesting.lists[$0].outer != nil }
  }

  /// `add`, by which the runtime fills the lists.
  func nestingMethods(of query: LoweredQuery) -> [Declaration] {
    guard let nesting = query.model.nesting, case .own(let fields, let nested) = query.shape else { return [] }
    func element(_ field: Field) -> SwiftCode {
      if case .list(let element) = field.source { "\(element)" } else { field.type.name }
    }
    let lines = order(of: nesting).compactMap { index -> SwiftCode? in
      let list = nesting.lists[index]
      guard let name = name(of: list, in: query.model) else { return nil }
      guard let outer = list.outer else {
        guard let field = field(named: name, in: fields) else { return nil }
        return "self.\(escaped(field.name)).append(try \(element(field))(from: row, at: \(list.first)))"
      }
      guard let outerName = self.name(of: nesting.lists[outer], in: query.model),
        let outerField = field(named: outerName, in: fields),
        let row = nested.first(where: { element(outerField) == "\($0.type)" }),
        let field = field(named: name, in: row.fields)
      else { return nil }
      let place: SwiftCode = "self.\(escaped(outerField.name))[place].\(escaped(field.name))"
      return "\(place).append(try \(element(field))(from: row, at: \(list.first)))"
    }
    let body =
      lines.count == 1
      ? lines
      : ["switch list {"] + lines.enumerated().map { "case \($0.offset): \($0.element)" } + ["default: break", "}"]
    return [
      Declaration(
        .function(
          FunctionDeclaration(
            "\(access)mutating func add",
            parameters: ["_ list: Int", "at place: Int", "from row: borrowing ResultRow"],
            effects: "throws(DatabaseError)", body: .lines(body))))
    ]
  }

  private func name(of list: NestingModel.List, in query: QueryModel) -> String? {
    if case .embed(let embed) = query.results[list.result] { embed.name } else { nil }
  }

  private func field(named name: String, in fields: [Field]) -> Field? {
    fields.first { field in
      if case .list = field.source { field.sqlName == name } else { false }
    }
  }
}
