// Many statements to one model: what holds in all of them.

package import SQLCDiagnostics
package import SQLCModel

/// One of the statements, analysed.
package struct VariantPass {
  package struct Parameter {
    package var index: Int
    package var name: String?
    /// `sqlc.narg`
    package var isNullableArgument: Bool
    package var occurrences: [ByteRange]

    package init(index: Int, name: String?, isNullableArgument: Bool, occurrences: [ByteRange]) {
      self.index = index
      self.name = name
      self.isNullableArgument = isNullableArgument
      self.occurrences = occurrences
    }
  }

  /// What an UPDATE or DELETE without any of its predicates would do is seldom meant.
  package enum Write: String {
    case update = "UPDATE"
    case delete = "DELETE"
  }

  package var model: QueryModel
  package var parameters: [Parameter]
  package var write: Write?

  package init(model: QueryModel, parameters: [Parameter], write: Write?) {
    self.model = model
    self.parameters = parameters
    self.write = write
  }
}

package struct VariantMerge {
  package let query: AnnotatedQuery
  package let syntax: VariantSyntax
  package private(set) var diagnostics: [Diagnostic] = []
  package internal(set) var model: QueryModel?
  /// What a cursor's columns are.
  private(set) var page: PageShape?
  /// What has been said of the place already: every combination would say it again.
  private var said: Set<String> = []
  /// Parameters of the whole by the offsets of their occurrences.
  private var parameterAt: [Int: Int] = [:]
  private(set) var filterOfParameter: [Int: Int] = [:]

  package init(query: AnnotatedQuery, syntax: VariantSyntax) {
    self.query = query
    self.syntax = syntax
  }

  /// The query with another text.
  package func query(of text: SourceFile) -> AnnotatedQuery {
    var query = query
    query.source = text
    return query
  }

  /// What the passes gave, their diagnostics noted once; nothing once there is an error.
  package mutating func take<Passed>(_ passed: Diagnosed<Passed?>, for choice: UInt64?) -> Passed? {
    for diagnostic in passed.diagnostics { report(diagnostic, for: choice) }
    return diagnostics.hasErrors ? nil : passed.value
  }

  package mutating func report(_ diagnostic: Diagnostic, for choice: UInt64?) {
    let range = diagnostic.primary.source.range
    guard said.insert("\(diagnostic.id) \(range.lower) \(range.upper)").inserted else { return }
    var diagnostic = diagnostic
    if let choice {
      let absent = syntax.filters.indices.filter { choice & (1 << UInt64($0)) == 0 }
        .map { "'\(query.rowLists.written(syntax.filters[$0].body, of: syntax.source))'" }
      if !absent.isEmpty { diagnostic.notes.append("when left out: \(absent.joined(separator: ", "))") }
    }
    diagnostics.append(diagnostic)
  }

  mutating func report(_ diagnostic: VariantDiagnostic, at range: ByteRange) {
    report(diagnostic.at(range, in: syntax.source), for: nil)
  }

  // MARK: The whole

  /// What the caller chooses, with every parameter assigned to its predicate.
  ///
  /// - Parameter pieces: the SQL, made where nothing is wrong with the parameters.
  package mutating func shape(_ whole: VariantPass, pieces: () -> [SQLPiece]) -> VariantsModel? {
    checkWrite(whole)
    var owner: [Int: Int?] = [:]
    for parameter in whole.parameters {
      for occurrence in parameter.occurrences {
        parameterAt[occurrence.lower] = parameter.index
        let filter = syntax.filters.firstIndex { $0.body.contains(occurrence) }
        let text = String(syntax.source.slice(occurrence))
        if text.hasPrefix("?") || text.hasPrefix("$"), Int(text.dropFirst()) != nil, !syntax.filters.isEmpty {
          report(.numberedParameter(text: text), at: occurrence)
        }
        if syntax.orders.contains(where: { $0.range.contains(occurrence) }) {
          report(.orderParameter(name: parameter.name ?? text), at: occurrence)
        }
        guard let known = owner[parameter.index] else {
          owner[parameter.index] = .some(filter)
          continue
        }
        if let known, let filter, known != filter {
          report(sharedParameter(parameter.name ?? text, known, filter), at: occurrence)
        } else if filter == nil {
          owner[parameter.index] = .some(nil)
        }
      }
      if case .some(.some(let filter)) = owner[parameter.index] {
        filterOfParameter[parameter.index] = filter
        if parameter.isNullableArgument, !syntax.isAssignment(filter), let place = parameter.occurrences.first {
          report(.nullableParameter(name: parameter.name ?? ""), at: place)
        }
      }
    }
    guard !diagnostics.hasErrors else { return nil }
    page = pageShape(whole)
    guard !diagnostics.hasErrors else { return nil }
    let filters = syntax.filters.indices.compactMap { filter($0, whole) }
    checkNames(filters, whole)
    guard !diagnostics.hasErrors else { return nil }
    let patches = syntax.patches.map { patch in
      VariantsModel.Patch(
        assignments: patch.assignments.reduce(0) { $0 | 1 << UInt64($1) }, emptiness: patch.emptiness)
    }
    let orders = syntax.orders.map { order in
      VariantsModel.Order(
        name: order.name,
        terms: order.terms.map { term in
          VariantsModel.OrderTerm(
            name: term.name, text: String(syntax.source.slice(term.expression)), isDescending: term.isDescending,
            source: SourceRange(path: syntax.source.path, range: term.nameRange))
        })
    }
    let shape = VariantsModel(filters: filters, patches: patches, orders: orders, pieces: pieces())
    var model = whole.model
    model.variants = shape
    model.sql = shape.sql(for: shape.whole)
    for index in model.parameters.indices {
      // Whoever has no value leaves the predicate out; an assignment may be of NULL.
      guard let filter = filterOfParameter[model.parameters[index].index], !syntax.isAssignment(filter) else {
        continue
      }
      model.parameters[index].nullability = .never
    }
    self.model = model
    return shape
  }

  private func sharedParameter(_ name: String, _ one: Int, _ other: Int) -> VariantDiagnostic {
    syntax.isAssignment(one) || syntax.isAssignment(other)
      ? .sharedArgument(name: name) : .sharedParameter(name: name)
  }

  private mutating func checkWrite(_ whole: VariantPass) {
    guard let place = syntax.bareWhere, let write = whole.write else { return }
    report(.unguardedWrite(verb: write.rawValue), at: place)
  }

  private mutating func filter(_ index: Int, _ whole: VariantPass) -> VariantsModel.Filter? {
    let syntax = self.syntax.filters[index]
    let own = filterOfParameter.filter { $0.value == index }.keys.sorted()
    // The fields of a list of rows are one argument.
    let arguments = Set(
      whole.model.parameters.filter { own.contains($0.index) }.map { $0.rowList?.list ?? $0.name })
    guard let name = syntax.name?.text ?? (arguments.count == 1 ? arguments.first : nil) ?? syntax.column else {
      report(
        self.syntax.isAssignment(index) ? .unnamedAssignment : .unnamedPredicate(parameters: arguments.count),
        at: syntax.body
      )
      return nil
    }
    return VariantsModel.Filter(
      name: name, parameters: own, text: query.rowLists.written(syntax.body, of: self.syntax.source),
      source: SourceRange(path: self.syntax.source.path, range: syntax.name?.range ?? syntax.body))
  }

  /// The caller tells predicates and required parameters by their names.
  private mutating func checkNames(_ filters: [VariantsModel.Filter], _ whole: VariantPass) {
    var names = Set(
      whole.model.parameters.filter { filterOfParameter[$0.index] == nil }
        .map { ($0.rowList?.list ?? $0.name).lowercased() })
    for filter in filters where !names.insert(filter.name.lowercased()).inserted {
      report(.duplicateName(filter.name), at: filter.source.range)
    }
    // One alone gives way to a parameter of its name.
    for order in syntax.orders.dropFirst(syntax.orders.count > 1 ? 0 : 1)
    where !names.insert(order.name.lowercased()).inserted {
      report(.duplicateName(order.name), at: order.nameRange)
    }
  }

  // MARK: One combination

  package mutating func add(_ other: QueryModel) {
    guard var model else { return }
    if other.rowCount.weakness > model.rowCount.weakness {
      (model.rowCount, model.rowCountReason) = (other.rowCount, other.rowCountReason)
    }
    model.reads = Set(model.reads).union(other.reads).sorted()
    model.writes = Set(model.writes).union(other.writes).sorted()
    guard model.results.count == other.results.count else {
      return report(.unstableColumns, at: query.nameRange)
    }
    for index in model.results.indices { merge(&model.results[index], other.results[index]) }
    for parameter in other.parameters {
      guard let place = parameterAt[parameter.source.range.lower],
        let index = model.parameters.firstIndex(where: { $0.index == place })
      else { continue }
      if model.parameters[index].type != parameter.type {
        report(.unstableType(what: parameter.name), at: parameter.source.range)
      }
      // A value that must be there in one combination must be there.
      if !parameter.nullability.isOptional { model.parameters[index].nullability = .never }
    }
    if let nesting = model.nesting, let other = other.nesting { model.nesting = nesting.merged(with: other) }
    self.model = model
  }

  private mutating func merge(_ result: inout ResultModel, _ other: ResultModel) {
    switch (result, other) {
    case (.column(var column), .column(let other)):
      merge(&column, other)
      result = .column(column)
    case (.embed(var embed), .embed(let other)) where embed.columns.count == other.columns.count:
      for index in embed.columns.indices { merge(&embed.columns[index], other.columns[index]) }
      if other.nullability.isOptional, !embed.nullability.isOptional { embed.nullability = other.nullability }
      result = .embed(embed)
    default: report(.unstableColumns, at: query.nameRange)
    }
  }

  private mutating func merge(_ column: inout ResultColumnModel, _ other: ResultColumnModel) {
    if column.type != other.type { report(.unstableType(what: column.name), at: column.source.range) }
    if column.origin != other.origin { column.origin = nil }
    if other.nullability.isOptional, !column.nullability.isOptional { column.nullability = other.nullability }
  }
}

extension RowCount {
  fileprivate var weakness: Int {
    switch self {
    case .exactlyOne: 0
    case .atMostOne: 1
    case .many: 2
    }
  }
}
