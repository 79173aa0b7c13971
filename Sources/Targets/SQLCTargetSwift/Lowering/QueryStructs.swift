// The struct of a query: its parameters, its row, its SQL, its binding.

import SQLCEngine
import SQLCModel

extension Lowering {
  func declaration(of query: LoweredQuery) -> Declaration {
    var members: [Declaration] = []
    switch query.shape {
    case .none: break
    case .scalar(let field): members.append(.line("\(access)typealias Row = \(field.writtenType)"))
    case .model(let type): members.append(.line("\(access)typealias Row = \(type)"))
    case .own(let fields, let nested):
      let inner = nested.map { rowStruct($0.type, fields: $0.fields, conformances: [], documentation: []) }
      members.append(
        rowStruct(
          "Row", fields: fields, conformances: query.model.nesting == nil ? [] : ["NestingRow"],
          documentation: ["A row of ``\(query.typeName)``."], nested: inner, methods: nestingMethods(of: query)))
    }
    if let variants = query.variants { members += variantTypes(variants, of: query) }
    members += rowListTypes(of: query)
    for parameter in query.parameters {
      members.append(
        .line(
          "\(access)var \(escaped(parameter.name)): \(parameter.writtenType)", documentation: parameter.documentation))
    }
    members.append(
      Declaration(
        .function(
          FunctionDeclaration(
            "\(access)init",
            parameters: query.parameters.map { "\(parameterName($0.name)): \($0.writtenType)\($0.defaultValue)" },
            body: .fields(query.parameters.map { "self.\(escaped($0.name)) = \(localName($0.name))" })))))
    if let variants = query.variants {
      members += variantMembers(variants, of: query)
    } else {
      members.append(Declaration(.code(insertion(of: query.model) ?? statement(of: query.model))))
      if let counts = listCounts(of: query) { members.append(counts) }
      if !query.parameters.isEmpty { members.append(Declaration(.function(binding(of: query)))) }
    }
    if let nesting = query.model.nesting { members.append(declaration(of: nesting)) }
    if case .scalar(let field) = query.shape {
      members.append(
        Declaration(
          .function(
            FunctionDeclaration(
              "\(access)static func decode", parameters: ["_ row: borrowing ResultRow"],
              effects: "throws(DatabaseError) -> \(field.writtenType)", body: [decodeCall("0", field.type)]))))
    }
    return Declaration(
      documentation: documentation(of: query),
      .type(
        TypeDeclaration(
          "\(access)nonisolated struct \(query.typeName): \(query.protocolName(vocabulary))", spacing: .dense,
          members: members)))
  }

  /// The user's words, or where to find the method.
  func documentation(of query: LoweredQuery) -> [String] {
    query.model.documentation.isEmpty ? ["The query of \(linkToMethod(of: query))."] : query.model.documentation
  }

  /// The asynchronous method, where the SQL is shown.
  func linkToMethod(of query: LoweredQuery) -> String {
    let labels =
      takesStruct(query) || query.model.command.isBatch ? ["_:"] : query.parameters.map { "\($0.name):" }
    return "``\(stem)/\(query.methodName)(\(labels.joined()))``"
  }

  /// The user's words, the SQL as a block of code, and why a row may be missing.
  func documentation(ofMethod query: LoweredQuery) -> [String] {
    var lines = query.model.documentation
    if !lines.isEmpty { lines.append("") }
    lines += SQLCTargetSwift.lines(of: text(of: query.model.sql)).map { $0.isEmpty ? "" : "    " + $0 }
    if query.model.command.single == .one, query.model.rowCount != .exactlyOne, !query.model.rowCountReason.isEmpty {
      lines += ["", "No row is possible: \(query.model.rowCountReason)."]
    }
    return lines
  }

  func statement(of query: QueryModel) -> [SwiftCode] {
    let head: SwiftCode = "\(access)static let statement = StatementDefinition("
    let name: SwiftCode = "name: \(.literal(query.name)), sql: "
    let rest = wrapped(facts(of: query), width: 110)
    guard !query.sql.contains(where: \.isDecidedWhenRun) else {
      return ([head, "  \(name)["] as [SwiftCode]) + segments(of: query.sql)
        + indented(rest, prefix: "  ], ", suffix: ")", by: 2)
    }
    let text = SwiftCode.literalLines(text(of: query.sql))
    if text.count == 1 {
      let whole: SwiftCode = "\(head)\(name)\(text[0]), \(rest.joined(separator: " ")))"
      if whole.count <= 118 { return [whole] }
      return ([head, "  \(name)\(text[0]),"] as [SwiftCode]) + indented(rest, prefix: "  ", suffix: ")", by: 2)
    }
    let start = head + name + text[0]
    let first: [SwiftCode] = start.count <= 118 ? [start] : [head, "  \(name)\(text[0])"]
    return first + text.dropFirst().dropLast().map { $0.isEmpty ? "" : "  \($0)" }
      + indented(rest, prefix: "  \(text[text.count - 1]), ", suffix: ")", by: 2)
  }

  /// What the runtime shall know of a statement, as arguments; the defaults are left out.
  func facts(of query: QueryModel) -> [SwiftCode] {
    parameterFacts(of: query) + ["isReadOnly: \(query.isReadOnly)"] + tableFacts(of: query)
  }

  /// The tables that a statement reads and writes.
  func tableFacts(of query: QueryModel) -> [SwiftCode] {
    var facts: [SwiftCode] = []
    if !query.reads.isEmpty { facts.append("reads: \(list(query.reads))") }
    if !query.writes.isEmpty { facts.append("writes: \(list(query.writes))") }
    return facts
  }

  func parameterFacts(of query: QueryModel) -> [SwiftCode] {
    guard !query.parameters.isEmpty else { return [] }
    switch vocabulary.parameterFacts {
    case .count: return ["parameters: \(query.parameters.count)"]
    case .types:
      // What is many values to its caller is one array to such an engine.
      let types = query.parameters.map {
        code(of: vocabulary.reference(to: $0.type, spelled: $0.isSlice ? $0.typeName + "[]" : $0.typeName))
      }
      return ["parameterTypes: [\(types.joined(separator: ", "))]"]
    }
  }

  func code(of reference: TypeReference) -> SwiftCode {
    switch reference {
    case .number(let number): "\(number)"
    case .name(let name): .literal(name)
    }
  }

  private func segments(of sql: [SQLSegment]) -> [SwiftCode] {
    listSegments(of: sql).flatMap { segment -> [SwiftCode] in
      switch segment {
      case .text(let text): indented(SwiftCode.literalLines(text), prefix: "    .text(", suffix: "),", by: 4)
      case .list(let index): ["    .list(\(index)),"]
      case .rows(let template): indented(code(of: template), prefix: "    ", suffix: ",", by: 4)
      case .parameter: []
      }
    }
  }

  /// The rows of a list, as the runtime takes them.
  func code(of template: RowTemplate) -> [SwiftCode] {
    let row = listSegments(of: template.segments).map { segment -> SwiftCode in
      if case .list(let index) = segment { return ".list(\(index))" }
      return ".text(\(.literal(vocabulary.placeholders.text(of: [segment]))))"
    }
    let (before, after) = template.surroundings
    return [
      ".rows(", "  before: \(.literal(before)), row: [\(row.joined(separator: ", "))],",
      "  after: \(.literal(after)), empty: \(.literal(vocabulary.placeholders.text(of: template.empty))))",
    ]
  }

  /// Lines after the first are indented: a literal of several lines must be as its closing delimiter is.
  func indented(_ lines: [SwiftCode], prefix: SwiftCode, suffix: SwiftCode, by spaces: Int) -> [SwiftCode] {
    guard lines.count > 1 else { return [prefix + lines.joined() + suffix] }
    let indent = SwiftCode.spaces(spaces)
    return [prefix + lines[0]] + lines.dropFirst().dropLast().map { $0.isEmpty ? "" : indent + $0 }
      + [indent + lines[lines.count - 1] + suffix]
  }

  func list(_ names: [QualifiedName]) -> SwiftCode {
    "[\(names.map { SwiftCode.literal($0.description) }.joined(separator: ", "))]"
  }

  /// With one placeholder for a list.
  private func text(of segments: [SQLSegment]) -> String { vocabulary.placeholders.text(of: segments) }

  /// Parameters are text by now; only lists are left to be written when the query runs.
  private func listSegments(of segments: [SQLSegment]) -> [SQLSegment] {
    var result: [SQLSegment] = []
    var pending = ""
    for segment in segments {
      switch segment {
      case .text(let part): pending += part
      case .parameter(let index): pending += vocabulary.placeholders.placeholder(index)
      case .list(let index):
        if !pending.isEmpty { result.append(.text(pending)) }
        pending = ""
        result.append(.list(index))
      case .rows:
        if !pending.isEmpty { result.append(.text(pending)) }
        pending = ""
        result.append(segment)
      }
    }
    if !pending.isEmpty { result.append(.text(pending)) }
    return result
  }

  func listCounts(of query: LoweredQuery) -> Declaration? {
    let slices = query.bound.filter(\.parameter.model.isSlice)
    guard !slices.isEmpty, query.model.sql.contains(where: \.isDecidedWhenRun) else { return nil }
    let counts = slices.map { "\(value(of: $0)).count" as SwiftCode }.joined(separator: ", ")
    return Declaration(.code(["\(access)var listCounts: [Int] { [\(counts)] }"]))
  }

  func binding(of query: LoweredQuery) -> FunctionDeclaration {
    FunctionDeclaration(
      "\(access)func bind", parameters: ["to statement: borrowing Statement"], effects: "throws(DatabaseError)",
      body: .fields(
        query.bound.map { bound -> SwiftCode in
          let parameter = bound.parameter
          var value = value(of: bound)
          if let field = bound.field { value = "\(value).map(\\.\(escaped(field)))" }
          if parameter.model.isSlice { value = "list: \(value)" }
          return "try statement.bind(\(value), at: \(parameter.model.index)\(withCodec(parameter.type)))"
        }))
  }

  /// Of a query without variants; of a list of rows the list.
  private func value(of bound: LoweredQuery.BoundParameter) -> SwiftCode {
    guard case .own(let property) = bound.source else { return reference(to: bound.parameter.name) }
    return reference(to: property)
  }

  /// A property inside the query's own members: `statement` is hidden by a parameter, and a bare `` `self` `` is the
  /// value itself, backticks or not.
  private func reference(to property: SwiftName) -> SwiftCode {
    ["statement", "self"].contains(property) ? "self.\(escaped(property))" : escaped(property)
  }
}
