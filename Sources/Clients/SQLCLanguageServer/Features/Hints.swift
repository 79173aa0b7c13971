// What is shown between the lines: rows above queries, types behind parameters, marks behind what may be NULL.

import SQLCDiagnostics
import SQLCLanguageProtocol
import SQLCModel

extension DocumentContext {
  func codeLenses() -> JSON {
    .array(
      queries.compactMap { query in
        // Of a statement that gives none there is nothing to say.
        if query.model?.results.isEmpty == true { return nil }
        guard
          let rows = query.model.map({ ($0.rowCount, $0.rowCountReason) })
            ?? query.inspection.rowCount.map({ ($0.count, $0.reason) })
        else { return nil }
        // A lens that does nothing: its command has no name (the protocol has no other form for a text).
        return [
          "range": positions.range(query.annotated.nameRange).json,
          "command": ["title": .string("\(Markdown.rows(rows.0).lowercased()): \(rows.1)"), "command": ""],
        ]
      })
  }

  func inlayHints(_ params: JSON) throws -> JSON {
    guard let asked = Range<EditorPosition>(params["range"]) else {
      throw ResponseError(.invalidParams, "there is no proper range")
    }
    var hints: [JSON] = []
    for query in queries where isShown(query.annotated.statementRange, asked) {
      try cancellation.check()
      let inspection = query.inspection
      let model = query.model
      for parameter in inspection.parameters {
        let known = model?.parameters.first { $0.name == parameter.name }
        guard let type = known?.typeName ?? parameter.facts.map({ Markdown.word(for: $0.type) }) else { continue }
        let nullability = known?.nullability ?? parameter.facts?.nullability
        let text = ": \(type)\(nullability?.isOptional == true ? "?" : "")"
        for place in places(of: parameter, in: inspection) where place.path == path {
          hints.append(hint(text, kind: 1, at: place.range.upper, nullability))
        }
      }
      for column in inspection.columns {
        guard case .optional? = column.facts?.nullability, column.source.path == path, !column.source.range.isEmpty,
          // Of `*` and `sqlc.embed` all columns have one place.
          inspection.columns.count(where: { $0.source == column.source }) == 1
        else { continue }
        hints.append(hint("?", kind: 1, at: column.source.range.upper, column.facts?.nullability))
      }
    }
    return .array(hints)
  }

  private func isShown(_ range: ByteRange, _ asked: Range<EditorPosition>) -> Bool {
    let own = positions.range(range)
    return own.lowerBound <= asked.upperBound && asked.lowerBound <= own.upperBound
  }

  private func places(of parameter: InspectedValue, in inspection: QueryInspection) -> [SourceRange] {
    let named = inspection.occurrences.filter { occurrence in
      if case .local(let local) = occurrence.symbol {
        local.kind == .parameter && local.name == parameter.name
      } else {
        false
      }
    }
    return named.isEmpty ? [parameter.source] : named.map(\.source)
  }

  private func hint(_ label: String, kind: Int, at offset: Int, _ nullability: ModelNullability?) -> JSON {
    .members([
      "position": positions.position(at: offset).json, "label": .string(label), "kind": .integer(kind),
      "tooltip": nullability.map { .string(Markdown.presence($0)) },
    ])
  }
}

/// LSP 3.17, Semantic Tokens.
enum SemanticTokens {
  static let legend: JSON = [
    "tokenTypes": ["type", "property", "parameter", "function", "variable"], "tokenModifiers": ["declaration"],
  ]

  static func number(of symbol: SQLSymbol) -> Int {
    switch symbol {
    case .table: 0
    case .column: 1
    case .query, .fragment: 3
    case .local(let local):
      switch local.kind {
      case .parameter: 2
      case .commonTable, .sourceAlias, .resultColumn, .fragmentParameter, .choice: 4
      }
    }
  }
}

extension DocumentContext {
  func semanticTokens() -> JSON {
    var data: [JSON] = []
    var last = EditorPosition(line: 0, character: 0)
    var end = 0
    for occurrence in blocks.flatMap({ $0.block.occurrences(in: path) })
      .sorted(by: { ($0.source.range.lower, $0.source.range.upper) < ($1.source.range.lower, $1.source.range.upper) })
    where occurrence.source.range.lower >= end {
      let range = range(occurrence.source)
      // A name that goes over several lines has no form here.
      guard range.lowerBound.line == range.upperBound.line, !range.isEmpty else { continue }
      end = occurrence.source.range.upper
      let start = range.lowerBound
      let line = start.line - last.line
      data += [
        .integer(line), .integer(line == 0 ? start.character - last.character : start.character),
        .integer(range.upperBound.character - start.character), .integer(SemanticTokens.number(of: occurrence.symbol)),
        occurrence.role == .definition ? 1 : 0,
      ]
      last = start
    }
    return ["data": .array(data)]
  }
}
