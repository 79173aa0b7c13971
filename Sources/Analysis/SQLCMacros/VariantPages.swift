// `sqlc.after` in a query whose combinations are known: which columns a cursor has, whether they tell all rows apart, and the
// predicate for each order and each way in which its values can be NULL.

import SQLCDiagnostics
package import SQLCModel

/// Where an engine puts rows whose value is NULL, unless the order says it.
package enum NullOrder {
  /// As if NULL were smaller than every value: first, and last when descending.
  case smallest
  /// As if it were larger.
  case largest
}

/// What a query with `sqlc.after` is ordered by.
struct PageShape {
  /// The parameter that is written.
  var cursor: Int
  /// For each term of the chosen order, or for the one order that there is.
  var sequences: [[PageColumn]]
  var order: Int?
  var groups: [PageColumn.Place?]
}

extension VariantMerge {
  /// The columns that the rows are ordered by; nothing, and a message, where one is not among those of the rows.
  mutating func pageShape(_ whole: VariantPass) -> PageShape? {
    guard let after = syntax.after else { return nil }
    let macro = syntax.filters[after.filter]
    let own = whole.parameters.filter { filterOfParameter[$0.index] == after.filter }
    guard own.count == 1, own[0].occurrences == [macro.body] else {
      report(.malformedMacro(macro: "after", wanted: "'sqlc.after(@cursor)'"), at: macro.body)
      return nil
    }
    guard whole.model.command.single == .many || whole.model.command.single == .one, !whole.model.command.isBatch,
      whole.model.nesting == nil
    else {
      report(.misplacedAfter("it is for ':many' and ':one', without 'sqlc.nest'"), at: macro.range)
      return nil
    }
    let reader = PageColumnReader(syntax: syntax, after: after, results: whole.model.results)
    var sequences: [[PageColumn]] = []
    let count = after.order.map { syntax.orders[$0].terms.count } ?? 1
    for choice in 0..<count {
      var columns: [PageColumn] = []
      for part in after.parts {
        guard let column = column(part, choice, reader) else { return nil }
        if let parameter = whole.parameters.first(where: { $0.occurrences.contains { column.range.contains($0) } }) {
          report(.orderParameter(name: parameter.name ?? ""), at: parameter.occurrences[0])
          return nil
        }
        // What is there already settles nothing more.
        if !columns.contains(where: { $0.place == column.place && $0.sql == column.sql }) { columns.append(column) }
      }
      sequences.append(columns)
    }
    return PageShape(
      cursor: own[0].index, sequences: sequences, order: after.order,
      groups: after.groups.map { reader.place(of: $0)?.place })
  }

  private mutating func column(
    _ part: AfterMacro.Part, _ choice: Int, _ reader: PageColumnReader
  ) -> PageColumn? {
    var range: Range<Int>
    let found: PageColumn?
    switch part {
    case .fixed(let term):
      range = term.expression
      found = reader.column(range, isDescending: term.isDescending, nulls: term.nulls)
    case .chosen(let order):
      let term = syntax.orders[order].terms[choice]
      let indices = syntax.tokens.indices.filter { term.expression.contains(syntax.tokens[$0].range) }
      range = (indices.first ?? 0)..<((indices.last ?? -1) + 1)
      let nulls = term.nulls.map { syntax.source.slice($0).lowercased().hasSuffix("first") }
      found = reader.column(
        range, isDescending: term.isDescending, nulls: nulls.map { $0 ? AfterMacro.NullPlace.first : .last })
    }
    if var found {
      if case .chosen = part { found.isChosen = true }
      return found
    }
    let place = syntax.tokens[range.lowerBound].range.union(syntax.tokens[range.upperBound - 1].range)
    report(.unselectedTerm(String(syntax.source.slice(place))), at: place)
    return nil
  }

  // MARK: Are all rows told apart?

  /// The query with one row's columns given, for each of its orders: where it has one row at most, the order is a total one.
  /// Columns that can be NULL prove nothing.
  package func pageProbes() -> [AnnotatedQuery] {
    guard let page, let after = syntax.after, !diagnostics.hasErrors else { return [] }
    let macro = syntax.filters[after.filter]
    return page.sequences.indices.map { index in
      let columns = page.sequences[index].filter { !isOptional($0.place) }
      let terms = columns.enumerated().map { "\($1.sql) = @sqlc_after_\($0 + 1)" }
      let predicate = terms.isEmpty ? "1 = 1" : terms.joined(separator: " AND ")
      var choice: UInt64 = 1 << UInt64(after.filter)
      for (place, order) in syntax.orders.enumerated() {
        choice |= syntax.bits(ofTerm: order.firstTerm + (place == page.order ? index : 0))
      }
      var bytes = Array(syntax.text(for: choice).text.utf8)
      let last = syntax.tokens.last?.range.upper ?? bytes.count
      let end = syntax.tokens.indices.contains(after.end) ? syntax.tokens[after.end].range.lower : last
      for offset in end..<last where bytes[offset] != 0x0A { bytes[offset] = 0x20 }
      bytes.replaceSubrange(macro.body.lower..<macro.body.upper, with: Array(predicate.utf8))
      var query = query
      query.source = SourceFile(path: query.source.path, text: String(decoding: bytes, as: UTF8.self))
      let added = predicate.utf8.count - (macro.body.upper - macro.body.lower)
      query.bodyRange = ByteRange(query.bodyRange.lower, query.bodyRange.upper + added)
      query.statementRange = ByteRange(query.statementRange.lower, query.statementRange.upper + added)
      return query
    }
  }

  private func isOptional(_ place: PageColumn.Place) -> Bool {
    switch model?.results[place.result] {
    case .column(let column): column.nullability.isOptional
    case .embed(let embed):
      embed.nullability.isOptional || place.column.map { embed.columns[$0].nullability.isOptional } ?? true
    case nil: true
    }
  }

  private func column(at place: PageColumn.Place) -> ResultColumnModel? {
    switch model?.results[place.result] {
    case .column(let column): column
    case .embed(let embed): place.column.map { embed.columns[$0] }
    case nil: nil
    }
  }

  // MARK: The statements

  /// The query with its cursor: a parameter for each column, and the predicates.
  ///
  /// - Parameter counts: of the rows of each probe, where it could be analysed.
  package mutating func finishPage(_ counts: [RowCount?], nulls: NullOrder) {
    guard let page, let after = syntax.after, var model, var variants = model.variants, !diagnostics.hasErrors else {
      return
    }
    for (index, columns) in page.sequences.enumerated() {
      let isOne = counts.indices.contains(index) && counts[index].map { $0 != .many } ?? false
      let exact = columns.filter { !$0.hasCollation }.map(\.place)
      let hasGroups = !page.groups.isEmpty && page.groups.allSatisfy { $0.map(exact.contains) ?? false }
      if !isOne, !hasGroups { return reportTies(index, columns) }
    }
    var keys: [PageModel.Key] = []
    var keyOf: [PageColumn.Place: Int] = [:]
    var nextBit = UInt64(variants.filters.count + 2 * variants.terms.count)
    for column in page.sequences.joined() where keyOf[column.place] == nil {
      guard let result = self.column(at: column.place) else { continue }
      let isFirst = keys.isEmpty
      let index = isFirst ? page.cursor : model.parameters.count + 1
      var key = PageModel.Key(result: column.place.result, column: column.place.column, parameter: index)
      if isOptional(column.place) {
        guard nextBit + 2 <= VariantDiagnostic.bitLimit else {
          return report(.tooManyChoices(count: Int(nextBit) + 2), at: syntax.filters[after.filter].range)
        }
        (key.valueBit, key.nullBit) = (1 << nextBit, 1 << (nextBit + 1))
        nextBit += 2
      }
      let place = model.parameters.firstIndex { $0.index == page.cursor }
      var parameter = ParameterModel(
        index: index, name: "\(variants.filters[after.filter].name)_\(result.name)", type: result.type,
        typeName: result.typeName, nullability: .never, isSlice: false, origin: result.origin,
        source: SourceRange(path: syntax.source.path, range: syntax.filters[after.filter].body))
      parameter.key = result.key
      if isFirst, let place { model.parameters[place] = parameter } else { model.parameters.append(parameter) }
      keyOf[column.place] = keys.count
      keys.append(key)
    }
    variants.filters[after.filter].parameters = keys.map(\.parameter)
    variants.page = PageModel(
      filter: after.filter, keys: keys, order: page.order,
      sequences: page.sequences.map { columns in
        columns.reduce(into: []) { list, column in
          if let key = keyOf[column.place], !list.contains(key) { list.append(key) }
        }
      })
    let count = variants.choiceCount
    guard count <= VariantDiagnostic.limit else {
      let place = syntax.filters[after.filter].range
      return report(.tooManyCombinations(count: "\(count)", limit: VariantDiagnostic.limit), at: place)
    }
    variants.pieces = variants.pieces.flatMap { piece in
      piece.segment == .parameter(page.cursor) ? predicates(page, variants, keyOf, nulls) : [piece]
    }
    model.variants = variants
    model.sql = variants.sql(for: variants.whole)
    self.model = model
  }

  private mutating func reportTies(_ index: Int, _ columns: [PageColumn]) {
    let terms = columns.map { "'\(syntax.source.slice($0.range))'" }.joined(separator: ", ")
    let place =
      syntax.after?.order.map { syntax.orders[$0].terms[index].range } ?? columns.last?.range ?? query.nameRange
    report(.incompleteOrder(by: terms), at: place)
  }

  /// One predicate for each direction of each order and each way in which the cursor can have NULL.
  private func predicates(
    _ page: PageShape, _ variants: VariantsModel, _ keyOf: [PageColumn.Place: Int], _ nulls: NullOrder
  ) -> [SQLPiece] {
    guard let model = variants.page else { return [] }
    let given = variants.bit(ofFilter: model.filter)
    var pieces: [SQLPiece] = []
    for (index, columns) in page.sequences.enumerated() {
      let directions = page.order == nil ? [false] : [false, true]
      for isDescending in directions {
        let order = page.order.map {
          variants.bit(ofTerm: variants.terms(ofOrder: $0).lowerBound + index, isDescending: isDescending)
        }
        for choice in variants.withNulls(VariantChoice(bits: given | (order ?? 0))) {
          let terms = columns.compactMap { column -> PageTerm? in
            guard let key = keyOf[column.place].map({ model.keys[$0] }) else { return nil }
            let goesDown = column.isChosen ? isDescending : column.isDescending
            let standing: PageTerm.Nulls =
              switch column.nulls {
              case .first: .first
              case .last: .last
              case nil: (nulls == .smallest) == goesDown ? .last : .first
              }
            return PageTerm(
              sql: column.sql, parameter: key.parameter, isDescending: goesDown,
              nulls: key.isNullable ? standing : .never,
              value: choice.bits & key.nullBit != 0 ? .null : .given)
          }
          pieces += pagePredicate(terms).map { SQLPiece($0, all: choice.bits) }
        }
      }
    }
    return pieces
  }
}
