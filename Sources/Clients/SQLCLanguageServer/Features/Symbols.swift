// Definitions, references and symbols.

import SQLCAnalysis
import SQLCConcurrency
import SQLCDiagnostics
import SQLCLanguageProtocol
import SQLCModel

extension BlockSnapshot {
  /// As `occurrences(of:)`, given up between queries when it is cancelled.
  func occurrences(of symbol: SQLSymbol, _ cancellation: Cancellation) throws -> [SymbolOccurrence] {
    switch symbol {
    case .local, .fragment: return occurrences(of: symbol)
    case .table, .column, .query: break
    }
    var found: [SymbolOccurrence] = []
    var seen: Set<SourceRange> = []
    func add(_ occurrences: [SymbolOccurrence]) {
      for occurrence in occurrences where occurrence.symbol == symbol && seen.insert(occurrence.source).inserted {
        found.append(occurrence)
      }
    }
    for file in block.schema { add(occurrences(in: file.path)) }
    for query in queries {
      try cancellation.check()
      add(onDeepStack { query.occurrences })
    }
    return found
  }
}

extension DocumentContext {
  func definitions(_ params: JSON) throws -> JSON {
    guard let (_, block, found) = occurrence(at: try offset(params)) else { return .null }
    let all = try block.occurrences(of: found.symbol, cancellation)
    return all.filter { $0.role == .definition }.map { view.location($0.source) }.json
  }

  func references(_ params: JSON) throws -> JSON {
    if let row = rowName(at: try offset(params)) { return places(of: row).map { view.location($0) }.json }
    guard let (_, block, found) = occurrence(at: try offset(params)) else { return .null }
    let withDefinition = params["context"]?["includeDeclaration"]?.bool ?? true
    return try block.occurrences(of: found.symbol, cancellation)
      .filter { withDefinition || $0.role == .reference }.map { view.location($0.source) }.json
  }

  func highlights(_ params: JSON) throws -> JSON {
    guard let (_, block, found) = occurrence(at: try offset(params)) else { return .null }
    return .array(
      block.occurrences(in: path).filter { $0.symbol == found.symbol }.map { other in
        ["range": range(other.source).json, "kind": other.role == .definition ? 3 : 2]
      })
  }

  func documentSymbols() -> JSON {
    var symbols: [JSON] = []
    for (_, block) in blocks {
      for query in block.queries where query.annotated.source.path == path {
        let annotated = query.annotated
        symbols.append(
          symbol(
            query.name, ":\(annotated.command.rawValue)", .function,
            ByteRange(annotated.nameRange.lower, max(annotated.statementRange.upper, annotated.commandRange.upper)),
            annotated.nameRange))
      }
      for fragment in block.fragments where fragment.source.path == path {
        symbols.append(
          symbol(
            fragment.name, "fragment", .function, fragment.nameRange.union(fragment.body), fragment.nameRange))
      }
      for table in block.schema.tables {
        guard let place = table.source, place.path == path else { continue }
        let columns = table.columns.compactMap { column -> (JSON, ByteRange)? in
          guard let place = column.source, place.path == path else { return nil }
          return (symbol(column.name, column.typeName, .field, place.range, place.range), place.range)
        }
        let whole = columns.reduce(place.range) { $0.union($1.1) }
        let kind: SymbolKind =
          switch table.kind {
          case .table: .structure
          case .view: .interface
          }
        symbols.append(
          symbol(table.name.description, "\(table.kind)", kind, whole, place.range, children: columns.map(\.0)))
      }
    }
    return .array(symbols)
  }

  private func symbol(
    _ name: String, _ detail: String, _ kind: SymbolKind, _ whole: ByteRange, _ own: ByteRange, children: [JSON] = []
  ) -> JSON {
    guard session.client.hierarchicalSymbols else {
      return [
        "name": .string(name), "kind": .integer(kind.rawValue),
        "location": Location(uri: uri, range: positions.range(whole)).json,
      ]
    }
    return [
      "name": .string(name), "detail": .string(detail), "kind": .integer(kind.rawValue),
      "range": positions.range(whole).json, "selectionRange": positions.range(own).json, "children": .array(children),
    ]
  }
}

extension Session {
  /// Tables and queries whose names have the letters of the question in their order.
  func workspaceSymbols(_ params: JSON, _ cancellation: Cancellation) throws -> JSON {
    let question = Array((params["query"]?.string ?? "").lowercased())
    func matches(_ name: String) -> Bool {
      var rest = question[...]
      for character in name.lowercased() where character == rest.first { rest = rest.dropFirst() }
      return rest.isEmpty
    }
    var symbols: [JSON] = []
    for project in projects.values.sorted(by: { $0.folder < $1.folder }) {
      let snapshot = try snapshot(of: project, cancellation)
      let view = ProjectView(project: project, snapshot: snapshot, session: self)
      for block in snapshot.blocks {
        for table in block.schema.tables where matches(table.name.description) {
          guard let place = table.source else { continue }
          symbols.append(symbol(table.name.description, .structure, place, view))
        }
        for query in block.queries where matches(query.name) {
          let place = SourceRange(path: query.annotated.source.path, range: query.annotated.nameRange)
          symbols.append(symbol(query.name, .function, place, view))
        }
      }
    }
    return .array(Array(symbols.prefix(1000)))
  }

  private func symbol(_ name: String, _ kind: SymbolKind, _ place: SourceRange, _ view: ProjectView) -> JSON {
    [
      "name": .string(name), "kind": .integer(kind.rawValue), "location": view.location(place).json,
      "containerName": .string(place.path),
    ]
  }
}
