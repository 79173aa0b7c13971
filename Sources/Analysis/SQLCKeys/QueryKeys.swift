// The keys of one query: of all the statements that it can be.

import SQLCDiagnostics
import SQLCFacts
import SQLCModel

struct QueryKeys {
  private let graph: KeyGraph
  private let schema: SchemaModel
  private let query: AnnotatedQuery
  private(set) var model: QueryModel
  private(set) var diagnostics: [Diagnostic] = []

  init(_ graph: KeyGraph, _ schema: SchemaModel, _ query: AnnotatedQuery, _ model: QueryModel) {
    self.graph = graph
    self.schema = schema
    self.query = query
    self.model = model
  }

  /// - Parameter statements: all that tell of the query; none where it is not followed.
  mutating func apply(_ statements: [RelationalStatement]) {
    let found = statements.map { (statement: $0, keys: KeyWalk.keys(of: $0, in: graph)) }
    if statements.isEmpty, !(model.reads + model.writes).isEmpty {
      say(
        .unchecked(query: model.name),
        [DiagnosticLabel(SourceRange(path: query.source.path, range: query.nameRange))])
    }
    var findings: [KeyFinding] = []
    for finding in found.flatMap(\.keys.findings) where !findings.contains(finding) { findings.append(finding) }
    let name = SourceRange(path: query.source.path, range: query.nameRange)
    diagnostics += findings.map { finding in finding.diagnostic(at: name) { place($0) } }
    let page = model.variants?.page?.keys ?? []
    for index in model.parameters.indices where !page.contains(where: { $0.parameter == index + 1 }) {
      model.parameters[index].key = key(of: model.parameters[index], found)
    }
    applyResults(found.map(\.keys))
    // The values of a cursor are those of a row.
    for key in page {
      switch model.results[key.result] {
      case .column(let column): model.parameters[key.parameter - 1].key = column.key
      case .embed(let embed):
        model.parameters[key.parameter - 1].key = key.column.flatMap { embed.columns[$0].key }
      }
    }
  }

  // MARK: Parameters

  private mutating func key(
    of parameter: ParameterModel, _ found: [(statement: RelationalStatement, keys: StatementKeys)]
  ) -> ColumnReference? {
    var uses: [KeyUse] = []
    for (statement, keys) in found {
      guard let index = index(of: parameter, in: statement, keys) else { continue }
      for use in keys.uses[index] ?? [] where !uses.contains(use) { uses.append(use) }
    }
    let bound = uses.filter { $0.strength == .bound }.sorted { $0.range.lower < $1.range.lower }
    if let first = bound.first {
      if let other = bound.first(where: { $0.key != first.key }) {
        let meeting = KeyMeeting(
          first: first.key, second: other.key, firstRange: first.range, secondRange: other.range)
        say(
          .parameter(name: parameter.name, meeting),
          [label(other.range, "a key of '\(other.key.table)'"), label(first.range, "a key of '\(first.key.table)'")])
        return nil
      }
      return graph.key(first.key, as: parameter.type)
    }
    let made = Set(uses.map(\.key))
    if made.count == 1 { return graph.key(made.first, as: parameter.type) }
    // Of a statement that is not followed it is known what the parameter is compared with or stored in.
    guard found.isEmpty, let origin = parameter.origin else { return nil }
    return graph.key(graph.key(of: origin), as: parameter.type)
  }

  /// Where the statement has the parameter; statements of a query with choices count their own.
  private func index(
    of parameter: ParameterModel, in statement: RelationalStatement, _ keys: StatementKeys
  ) -> Int? {
    guard model.variants != nil else { return parameter.index }
    if let place = statement.parameterNames.firstIndex(where: { $0?.lowercased() == parameter.name.lowercased() }) {
      return place + 1
    }
    return keys.places.first { $0.value.contains { $0.lower == parameter.source.range.lower } }?.key
  }

  // MARK: Results

  private mutating func applyResults(_ found: [StatementKeys]) {
    var position = 0
    for index in model.results.indices {
      switch model.results[index] {
      case .column(var column):
        column.key = key(of: column, at: position, found)
        model.results[index] = .column(column)
        position += 1
      case .embed(var embed):
        let table = embed.table.flatMap { name in schema.tables.first { $0.name == name } }
        for place in embed.columns.indices {
          // A table's row is its struct.
          if let own = table?.columns, own.count == embed.columns.count {
            embed.columns[place].key = own[place].key
          } else {
            embed.columns[place].key = key(of: embed.columns[place], at: position + place, found)
          }
        }
        position += embed.columns.count
        model.results[index] = .embed(embed)
      }
    }
  }

  private func key(of column: ResultColumnModel, at position: Int, _ found: [StatementKeys]) -> ColumnReference? {
    var keys: [ColumnReference?] = []
    for statement in found {
      switch statement.outputs.indices.contains(position) ? statement.outputs[position] : .plain {
      case .key(let key): keys.append(key)
      // Statements of a query with choices count their own parameters.
      case .given(let parameters) where model.variants == nil:
        let own = Set(parameters.map { number in model.parameters.first { $0.index == number }?.key })
        keys.append(own.count == 1 ? own.first ?? nil : nil)
      case .open, .plain, .given: keys.append(nil)
      }
    }
    if let first = keys.first, let key = first, keys.allSatisfy({ $0 == key }) {
      return graph.key(key, as: column.type)
    }
    // The value is that of a column, unchanged.
    return graph.key(column.origin.flatMap { graph.key(of: $0) }, as: column.type)
  }

  // MARK: Places

  private mutating func say(_ diagnostic: KeyDiagnostic, _ labels: [DiagnosticLabel]) {
    diagnostics.append(diagnostic.diagnostic(labels))
  }

  private func label(_ range: ByteRange, _ text: String = "") -> DiagnosticLabel {
    DiagnosticLabel(place(range) ?? SourceRange(path: query.source.path, range: query.nameRange), text)
  }

  /// An engine may say no more than where something begins: what stands there is meant. Nothing where it does not say.
  private func place(_ range: ByteRange) -> SourceRange? {
    guard query.bodyRange.contains(range) else { return nil }
    guard range.isEmpty else { return SourceRange(path: query.source.path, range: range) }
    let rest = query.source.slice(ByteRange(range.lower, query.bodyRange.upper)).utf8
    let length = rest.prefix { byte in
      byte >= 0x80 || [0x22, 0x24, 0x2E, 0x3A, 0x3F, 0x40, 0x5F].contains(byte) || (0x30...0x39).contains(byte)
        || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }.count
    return SourceRange(path: query.source.path, range: ByteRange(range.lower, range.lower + length))
  }
}

extension KeyFinding {
  /// - Parameters:
  ///   - whole: where it is said when the engine does not tell the place.
  ///   - place: the place of a range of the statement.
  func diagnostic(at whole: SourceRange, _ place: (ByteRange) -> SourceRange?) -> Diagnostic {
    let meeting: KeyMeeting
    switch self {
    case .compared(let found), .stored(let found, column: _): meeting = found
    }
    var labels: [DiagnosticLabel] = []
    if let source = place(meeting.secondRange) {
      labels.append(DiagnosticLabel(source, "a key of '\(meeting.second.table)'"))
    }
    if let source = place(meeting.firstRange), source != labels.first?.source {
      switch self {
      case .compared: labels.append(DiagnosticLabel(source, "a key of '\(meeting.first.table)'"))
      case .stored: labels.append(DiagnosticLabel(source, "here it is stored"))
      }
    }
    if labels.isEmpty { labels = [DiagnosticLabel(whole)] }
    switch self {
    case .compared: return KeyDiagnostic.mixed(meeting).diagnostic(labels)
    case .stored(_, let column): return KeyDiagnostic.misplaced(meeting, column: column).diagnostic(labels)
    }
  }
}
