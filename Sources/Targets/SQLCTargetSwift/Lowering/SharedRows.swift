// Structs that several queries share (`-- row: Name`), and whether their rows are alike.

import SQLCDiagnostics
import SQLCModel

/// The shared rows of a model.
struct SharedRows: Sendable {
  /// Those for which a struct is made, in the order in which queries name them. A table's struct is there already.
  var made: [SharedRowStruct] = []
  var diagnostics: [Diagnostic] = []
  /// The properties of each, by the name that queries give it; a table's among them.
  fileprivate var fields: [String: [Field]] = [:]

  /// The property of that column is an optional.
  func isOptional(_ column: ResultColumnModel, in row: String) -> Bool {
    fields[row]?.first { $0.sqlName == column.name }?.isOptional ?? false
  }
}

struct SharedRowStruct: Sendable {
  var name: SwiftName
  var fields: [Field]
  var nested: [NestedRow]
  /// The queries that give it.
  var queries: [SwiftName]
  /// The first of them.
  var source: SourceRange

  var types: [SwiftType] { (fields + nested.flatMap(\.fields)).map(\.type) }

  var documentation: [String] {
    let links = queries.map { "``\($0)``" }
    let list =
      links.count < 2 ? links.joined() : links.dropLast().joined(separator: ", ") + " and " + links[links.count - 1]
    return ["A row of \(list)."]
  }
}

extension Lowering {
  func declaration(of row: SharedRowStruct) -> Declaration {
    rowStruct(
      row.name, fields: row.fields, conformances: [], documentation: row.documentation,
      nested: row.nested.map { rowStruct($0.type, fields: $0.fields, conformances: [], documentation: []) })
  }

  func makeSharedRows(_ model: GenerationModel) -> SharedRows {
    var groups: [String: [(QueryModel, SharedRow)]] = [:]
    var order: [String] = []
    for query in model.queries {
      guard let row = query.sharedRow else { continue }
      if groups[row.name] == nil { order.append(row.name) }
      groups[row.name, default: []].append((query, row))
    }
    var rows = SharedRows()
    for name in order { makeSharedRow(name, of: groups[name] ?? [], model, &rows) }
    return rows
  }

  private func makeSharedRow(
    _ name: String, of queries: [(query: QueryModel, row: SharedRow)], _ model: GenerationModel,
    _ rows: inout SharedRows
  ) {
    var candidates: [RowCandidate] = []
    let table = model.tables.first { names.tables[$0.name] == SwiftName(name) }
    if let table {
      candidates.append(RowCandidate(fields: fields(of: table), owner: "the \(table.kind) '\(table.name)'"))
    }
    for (query, row) in queries {
      guard query.command.returnsRows, !query.results.contains(where: \.isList) else {
        let what: TargetDiagnostic.RowlessReason = query.command.returnsRows ? .lists : .command(query.command.rawValue)
        rows.diagnostics.append(
          TargetDiagnostic.misplacedRow(row: name, what, at: query.source).diagnostic)
        continue
      }
      var candidate = RowCandidate(fields: [], owner: "'\(query.name)'", query: query, row: row)
      (candidate.fields, candidate.nested) = fields(of: query, &rows.diagnostics)
      candidates.append(candidate)
    }
    guard !candidates.isEmpty, widen(&candidates, of: name, &rows) else { return }
    let first = candidates[0]
    for other in candidates.dropFirst() {
      if let difference = difference(of: other, from: first, model) {
        rows.diagnostics.append(unequal(name, difference, other, first))
      }
    }
    rows.fields[name] = first.fields
    guard table == nil, let query = first.query else { return }
    rows.made.append(
      SharedRowStruct(
        name: SwiftName(name), fields: first.fields, nested: first.nested,
        queries: candidates.compactMap { $0.query.map { names.queries[$0.name] ?? SwiftName($0.name) } },
        source: query.source))
  }

  // MARK: NULL

  /// A property is an optional in all or in none. Where queries differ, those whose value is never NULL must say that they
  /// mean it.
  ///
  /// - Returns: false after an error.
  private func widen(_ candidates: inout [RowCandidate], of name: String, _ rows: inout SharedRows) -> Bool {
    let isTable = candidates[0].query == nil
    var isSound = true
    for index in candidates.indices {
      guard let query = candidates[index].query, let row = candidates[index].row else { continue }
      for column in row.widened where !candidates[index].fields.contains(where: { $0.sqlName == column }) {
        isSound = false
        rows.diagnostics.append(
          TargetDiagnostic.unknownWidening(column: column, query: query.name, at: query.source).diagnostic)
      }
      for place in candidates[index].fields.indices {
        let field = candidates[index].fields[place]
        let asks = row.widened.contains(field.sqlName)
        // Against a table's struct it is the table's word alone that counts.
        let others = isTable ? candidates[..<1] : candidates[...]
        let wider = others.first { $0.fields.indices.contains(place) && $0.fields[place].isOptional }
        guard !field.isOptional, let wider else {
          if asks {
            rows.diagnostics.append(
              TargetDiagnostic.unneededWidening(column: field.sqlName, row: name, at: query.source).diagnostic)
          }
          continue
        }
        if asks {
          candidates[index].fields[place] = candidates[index].widened(place, like: wider)
        } else if wider.fields[place].name == field.name {
          isSound = false
          rows.diagnostics.append(unequal(name, .nullability(field.sqlName), candidates[index], wider, place))
        }
      }
    }
    return isSound
  }

  // MARK: Differences

  private func difference(of other: RowCandidate, from first: RowCandidate, _ model: GenerationModel) -> RowDifference?
  {
    if other.fields.count != first.fields.count { return .count(other.fields.count, first.fields.count) }
    for (place, (field, wanted)) in zip(other.fields, first.fields).enumerated() {
      if field.name != wanted.name { return .name(place, "\(field.name)", "\(wanted.name)") }
      if field.isOptional != wanted.isOptional { return .nullability(field.sqlName) }
      if field.type != wanted.type { return .type(place, field.type.name.text, wanted.type.name.text) }
      if field.source != wanted.source { return .decoding(place) }
    }
    guard other.nested.map(\.type) == first.nested.map(\.type) else {
      return .count(other.fields.count, first.fields.count)
    }
    for (row, wanted) in zip(other.nested, first.nested) {
      let inner = RowCandidate(fields: row.fields, owner: other.owner)
      if difference(of: inner, from: RowCandidate(fields: wanted.fields, owner: ""), model) != nil {
        return .inner("\(row.type)")
      }
    }
    return nil
  }

  private func unequal(
    _ name: String, _ difference: RowDifference, _ other: RowCandidate, _ first: RowCandidate, _ place: Int? = nil
  ) -> Diagnostic {
    let at = other.source(of: place ?? difference.place)
    return TargetDiagnostic.unequalRow(
      row: name, difference, owner: other.owner, other: first.owner,
      at: at ?? SourceRange(path: "", range: ByteRange(at: 0)),
      first: first.query?.source
    ).diagnostic
  }
}

/// One of those that are to have the same row.
private struct RowCandidate {
  var fields: [Field]
  var nested: [NestedRow] = []
  /// In words.
  var owner: String
  /// Absent for a table.
  var query: QueryModel?
  var row: SharedRow?

  init(fields: [Field], owner: String, query: QueryModel? = nil, row: SharedRow? = nil) {
    self.fields = fields
    self.owner = owner
    self.query = query
    self.row = row
  }

  /// The property as an optional, documented as that of one that has it.
  func widened(_ place: Int, like wider: RowCandidate) -> Field {
    var field = fields[place]
    field.isOptional = true
    field.type = wider.fields[place].type.name == field.type.name ? wider.fields[place].type : field.type
    field.documentation = wider.fields[place].documentation
    return field
  }

  func source(of place: Int?) -> SourceRange? {
    guard let query else { return nil }
    guard let place, query.results.indices.contains(place) else { return query.source }
    switch query.results[place] {
    case .column(let column): return column.source
    case .embed(let embed): return embed.source
    }
  }
}

/// What keeps two rows from being one.
enum RowDifference {
  case count(Int, Int)
  case name(Int, String, String)
  case type(Int, String, String)
  case nullability(String)
  /// A row inside is known to be absent by another column.
  case decoding(Int)
  /// A row inside, which is no table's, has other columns.
  case inner(String)

  var place: Int? {
    switch self {
    case .name(let place, _, _), .type(let place, _, _), .decoding(let place): place
    case .count, .nullability, .inner: nil
    }
  }
}

extension ResultModel {
  fileprivate var isList: Bool {
    switch self {
    case .column: false
    case .embed(let embed): embed.isList
    }
  }
}
