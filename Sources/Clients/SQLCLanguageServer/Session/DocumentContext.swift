// One document in a snapshot: what a request is about.

import SQLCAnalysis
import SQLCConcurrency
import SQLCDiagnostics
import SQLCLanguageProtocol
import SQLCModel

struct DocumentContext {
  let view: ProjectView
  let uri: DocumentURI
  let path: String
  let source: SourceFile
  let positions: EditorPositions
  let cancellation: Cancellation

  var snapshot: Snapshot { view.snapshot }
  var session: Session { view.session }

  /// Nothing for a file that is not the project's.
  init?(view: ProjectView, uri: DocumentURI, cancellation: Cancellation) {
    path = view.snapshot.path(of: FileID(uri.path))
    guard let entry = view.snapshot.project.sources[path], let positions = view.positions(of: path) else { return nil }
    self.view = view
    self.uri = uri
    source = entry.source
    self.positions = positions
    self.cancellation = cancellation
  }

  func offset(_ params: JSON) throws(ResponseError) -> Int {
    guard let position = EditorPosition(params["position"]) else {
      throw ResponseError(.invalidParams, "there is no proper position")
    }
    return positions.offset(of: position)
  }

  func range(_ source: SourceRange) -> Range<EditorPosition> { view.range(source) }

  var blocks: [(index: Int, block: BlockSnapshot)] { view.blocks(of: path) }

  /// The queries of this file.
  var queries: [QuerySnapshot] {
    blocks.flatMap(\.block.queries).filter { $0.annotated.source.path == path }
  }

  func knowledge(_ found: (index: Int, block: BlockSnapshot)) -> SchemaKnowledge {
    view.project.memo.knowledge(of: found.index, found.block)
  }

  /// What stands at a position, and in which block that was found: the smallest name first.
  func occurrence(at offset: Int) -> (index: Int, block: BlockSnapshot, found: SymbolOccurrence)? {
    for (index, block) in blocks {
      let found = block.occurrences(at: offset, in: path)
      // Where one name ends and another begins the one that begins is meant.
      if let best = found.first(where: { $0.source.range.upper > offset }) ?? found.first {
        return (index, block, best)
      }
    }
    return nil
  }
}
