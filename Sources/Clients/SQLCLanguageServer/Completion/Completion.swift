// What can be written at a place: from the text as it is and the schema as it was known last.

import Foundation
import SQLCAnalysis
import SQLCConcurrency
import SQLCDiagnostics
import SQLCEngine
import SQLCLanguageProtocol
import SQLCModel

/// One thing to write.
struct CompletionItem {
  var label: String
  var kind: CompletionKind
  var detail: String?
  var documentation: [String] = []
  /// What is written, where that is not the label.
  var text: String?
  var isSnippet = false
  /// Lower comes first.
  var rank = 5
}

extension Session {
  /// Waits a moment for the newest analysis, and goes on with the one before it: what can be written hardly differs.
  func complete(_ params: JSON, _ cancellation: Cancellation) throws -> JSON {
    let uri = try uri(params)
    if isConfiguration(uri.path) { return try configurationCompletion(uri, params) }
    guard let project = project(of: uri.path) else { return .null }
    let start = Date()
    project.collect()
    while project.current == nil, project.failure?.generation != project.generation {
      project.start(inbox)
      let patience = project.latest == nil ? 600.0 : 0.02
      switch wait(for: project, cancellation, grace: start + 1, deadline: start + patience) {
      case .cancelled: throw ResponseError.cancelled
      case .overtaken: throw ResponseError(.contentModified, "the text was edited before the analysis was done")
      case .ready:
        project.collect()
        continue
      case .late: break
      }
      break
    }
    guard let snapshot = project.latest?.snapshot else { return .null }
    let path = snapshot.path(of: FileID(uri.path))
    let view = ProjectView(project: project, snapshot: snapshot, session: self)
    guard let text = documents[uri.path]?.text ?? snapshot.project.sources[path]?.source.text,
      let position = EditorPosition(params["position"])
    else { throw ResponseError(.invalidParams, "there is no such document, or no proper position") }
    guard let found = view.blocks(of: path).first else { return .null }
    let source = SourceFile(path: path, text: text)
    let positions = EditorPositions(source, encoding: client.encoding)
    let knowledge = project.memo.knowledge(of: found.index, found.block)
    let maker = CompletionMaker(
      text: SQLText(source, found.block.block.lexicalRules), offset: positions.offset(of: position),
      knowledge: knowledge, fragments: found.block.fragments, hasSnippets: client.snippets,
      spelling: found.block.engine.spelled)
    return list(of: maker.items(), replacing: positions.range(maker.prefix), prefix: maker.prefixText)
  }

  /// At most so many are told; the client asks again when more is written.
  private static let greatestCount = 300

  func list(of items: [CompletionItem], replacing range: Range<EditorPosition>, prefix: String) -> JSON {
    let prefix = prefix.lowercased()
    var shown = items
    if items.count > Self.greatestCount {
      shown = items.filter { $0.label.lowercased().contains(prefix) }
    }
    let isIncomplete = shown.count > Self.greatestCount || shown.count < items.count
    let list = shown.sorted { ($0.rank, $0.label) < ($1.rank, $1.label) }.prefix(Self.greatestCount)
    return [
      "isIncomplete": .bool(isIncomplete),
      "items": .array(list.enumerated().map { json(of: $0.element, number: $0.offset, range) }),
    ]
  }

  private func json(of item: CompletionItem, number: Int, _ range: Range<EditorPosition>) -> JSON {
    let digits = String(number)
    let documentation = item.documentation.isEmpty ? nil : item.documentation.joined(separator: "\n\n")
    return .members([
      "label": .string(item.label), "kind": .integer(item.kind.rawValue),
      "detail": item.detail.map(JSON.string),
      "documentation": documentation.map { MarkupContent(client.documentationKind, $0).json },
      "sortText": .string(String(repeating: "0", count: max(0, 4 - digits.count)) + digits),
      "filterText": item.text == nil || item.text == item.label ? nil : .string(item.label),
      "insertTextFormat": item.isSnippet ? 2 : nil,
      "textEdit": TextEdit(range: range, newText: item.text ?? item.label).json,
    ])
  }
}
