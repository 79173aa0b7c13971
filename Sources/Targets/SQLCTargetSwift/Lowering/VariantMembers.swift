// The members of a query's struct that make up its choices: types, SQL in pieces, the choice, the binding.

import SQLCModel

extension Lowering {
  /// A struct for each predicate with several parameters, an enumeration for each order, and the cursor.
  func variantTypes(_ variants: LoweredVariants, of query: LoweredQuery) -> [Declaration] {
    var declarations: [Declaration] = []
    for filter in variants.filters {
      guard case .group(let name, let members) = filter.kind else { continue }
      declarations.append(memberStruct(name, members.map { (name: $0.name, type: $0.writtenType) }))
    }
    declarations += variants.orders.map { orderType($0, variants.model) }
    if let page = variants.page { declarations.append(cursorType(page, variants)) }
    return declarations
  }

  /// The choice is read beside the type, or in another module where that runs the query.
  private func orderType(_ order: LoweredVariants.Order, _ model: VariantsModel) -> Declaration {
    let direction = SwiftCode(stringLiteral: vocabulary.sortDirection)
    let choice: SwiftCode = vocabulary.runsElsewhere ? access : "fileprivate "

    var members = order.cases.enumerated().map { index, item in
      let usual: SwiftName = item.term.isDescending ? "descending" : "ascending"
      return Declaration.line(
        "case \(escaped(item.name))(\(direction) = .\(usual))",
        documentation: ["`\(item.term.text)`" + (index == 0 ? ", the default." : ".")])
    }
    let all = order.cases.map { ".\(escaped($0.name))($0)" as SwiftCode }.joined(separator: ", ")
    members.append(
      .line("\(access)static var allCases: [Self] { \(direction).allCases.flatMap { [\(all)] } }"))
    var body: [SwiftCode] = ["switch self {"]
    for (index, item) in order.cases.enumerated() {
      let (up, down) = (
        model.bit(ofTerm: order.firstTerm + index, isDescending: false),
        model.bit(ofTerm: order.firstTerm + index, isDescending: true)
      )
      body.append("case .\(escaped(item.name))(let direction): direction.bit(\(up), \(down))")
    }
    body.append("}")
    members.append(Declaration(.code(["\(choice)var choiceBit: UInt64 {"] + body.map { "  \($0)" } + ["}"])))
    return Declaration(
      documentation: ["By what the rows are ordered; a case without argument goes in the direction that its SQL says."],
      .type(
        TypeDeclaration(
          "\(access)nonisolated enum \(order.type): Sendable, Hashable, CaseIterable", spacing: .dense, members: members
        )))
  }

  /// In place of `statement`, `listCounts` and `bind`.
  func variantMembers(_ variants: LoweredVariants, of query: LoweredQuery) -> [Declaration] {
    var members = [Declaration(.code(pieces(variants.model, of: query.model)))]
    let bits = variants.orders.map { "self.\(escaped($0.property)).choiceBit" as SwiftCode }
    let chosenOrder: SwiftCode = bits.isEmpty ? "0" : bits.joined(separator: " | ")
    var choice: [SwiftCode] = ["\(access)var variantChoice: UInt64 {", "  var choice: UInt64 = \(chosenOrder)"]
    for filter in variants.filters {
      let property: SwiftCode = "self.\(escaped(filter.property))"
      switch (filter.kind, filter.form) {
      case (.flag, _): choice.append("  if \(property) { choice |= \(filter.bit) }")
      case (.value, .optional), (.group, .optional):
        choice.append("  if \(property) != nil { choice |= \(filter.bit) }")
      case (.value, .patch), (.group, .patch): choice.append("  if \(property).isSet { choice |= \(filter.bit) }")
      }
    }
    if let page = variants.page { choice += cursorChoice(page, variants) }
    members.append(
      variants.filters.isEmpty && variants.page == nil
        ? .line("\(access)var variantChoice: UInt64 { \(chosenOrder) }")
        : Declaration(.code(choice + ["  return choice", "}"])))
    if query.model.sql.contains(where: \.isDecidedWhenRun), let counts = listCounts(query.bound) {
      members.append(Declaration(.code(counts)))
    }
    // What is no statement is not run: the binding says so.
    let check: [SwiftCode] = required(of: variants.model).isEmpty ? [] : ["try Self.variants.check(variantChoice)"]
    if !query.bound.isEmpty || !check.isEmpty {
      members.append(
        Declaration(
          .function(
            FunctionDeclaration(
              "\(access)func bind", parameters: ["to statement: borrowing Statement"],
              effects: "throws(DatabaseError)", body: .lines(check + bindings(query, variants))))))
    }
    return members
  }

  private func bindings(_ query: LoweredQuery, _ variants: LoweredVariants) -> [SwiftCode] {
    query.bound.compactMap { bound in
      if case .cursor = bound.source { nil } else { binding(bound) }
    } + (variants.page.map { cursorBinding($0, variants) } ?? [])
  }

  func binding(_ bound: LoweredQuery.BoundParameter) -> SwiftCode {
    withValue(bound) { value in
      let values: SwiftCode = bound.field.map { "\(value).map(\\.\(escaped($0)))" } ?? value
      return
        "try statement.bind(\(label(of: bound.parameter))\(values), at: \(bound.parameter.model.index)\(codec(of: bound.parameter)))"
    }
  }

  private func label(of parameter: LoweredQuery.Parameter) -> SwiftCode { parameter.model.isSlice ? "list: " : "" }

  private func codec(of parameter: LoweredQuery.Parameter) -> SwiftCode { withCodec(parameter.type) }

  /// A statement that uses the parameter's value, if there is one: of a list of rows the list.
  private func withValue(_ bound: LoweredQuery.BoundParameter, _ use: (SwiftCode) -> SwiftCode) -> SwiftCode {
    switch bound.source {
    case .own(let property): return use("self.\(escaped(property))")
    case .cursor: return use("self.\(escaped(bound.parameter.name))")
    case .filter(let filter, let form, let content):
      let value: SwiftCode =
        switch content {
        case .value: "given"
        case .member(let member): "given.\(escaped(member))"
        }
      let pattern: SwiftCode =
        switch form {
        case .optional: "let given"
        case .patch: "case .set(let given)"
        }
      return "if \(pattern) = self.\(escaped(filter)) { \(use(value)) }"
    }
  }

  /// Of each of these some bit must be chosen.
  private func required(of model: VariantsModel) -> [UInt64] {
    model.patches.filter { $0.emptiness == .refused }.map(\.assignments)
  }

  /// Only lists that are there have a count.
  private func listCounts(_ bound: [LoweredQuery.BoundParameter]) -> [SwiftCode]? {
    let lists = bound.filter(\.parameter.model.isSlice)
    guard !lists.isEmpty else { return nil }
    let counts = lists.map { "  \(withValue($0) { "counts.append(\($0).count)" })" as SwiftCode }
    return ["\(access)var listCounts: [Int] {", "  var counts: [Int] = []"] + counts + ["  return counts", "}"]
  }

  private func pieces(_ model: VariantsModel, of query: QueryModel) -> [SwiftCode] {
    var lines: [SwiftCode] = [
      "\(access)static let variants = StatementVariants(", "  name: \(.literal(query.name)), sql: [",
    ]
    var pending: SQLPiece?
    func flush() {
      guard let piece = pending, case .text(let text) = piece.segment else { return }
      let condition = condition(piece)
      // A piece is mostly one line with its line break.
      let isShort = text.utf8.count(where: { $0 == 0x0A }) <= 1 && text.utf8.count < 90
      lines += indented(
        isShort ? [.literal(text)] : SwiftCode.literalLines(text), prefix: "    \(condition.before)",
        suffix: "\(condition.after),", by: 4)
      pending = nil
    }
    for piece in model.pieces {
      switch piece.segment {
      case .list(let index):
        flush()
        let condition = condition(piece)
        lines.append("    \(condition.before).list(\(index))\(condition.after),")
      case .rows(let template):
        flush()
        let condition = condition(piece)
        lines += indented(
          code(of: template), prefix: "    \(condition.before)", suffix: "\(condition.after),", by: 4)
      case .text, .parameter:
        let text =
          vocabulary.placeholders.text(of: [piece.segment])
        if let before = pending, before.all == piece.all, before.any == piece.any,
          case .text(let earlier) = before.segment
        {
          pending?.segment = .text(earlier + text)
        } else {
          flush()
          pending = SQLPiece(.text(text), all: piece.all, any: piece.any)
        }
      }
    }
    flush()
    let required = required(of: model).map { "\($0)" as SwiftCode }
    let facts: [SwiftCode] =
      ["whole: \(model.whole.bits)"] + (required.isEmpty ? [] : ["requiring: [\(required.joined(separator: ", "))]"])
      + facts(of: query)
    lines += indented(wrapped(facts, width: 110), prefix: "  ], ", suffix: ")", by: 2)
    return lines
  }

  private func condition(_ piece: SQLPiece) -> (before: SwiftCode, after: SwiftCode) {
    if piece.all == 0, piece.any == 0 { return ("", "") }
    return (piece.any == 0 ? ".when(\(piece.all), " : ".when(\(piece.all), any: \(piece.any), ", ")")
  }
}
