// A snapshot as a client sees it: its places are positions in documents.

import SQLCAnalysis
import SQLCDiagnostics
import SQLCLanguageProtocol

struct ProjectView {
  let project: ProjectState
  let snapshot: Snapshot
  let session: Session

  /// As the client spells it, where the document is open.
  func uri(of path: String) -> DocumentURI {
    let file = snapshot.file(at: path)
    return session.documents[file.path]?.uri ?? DocumentURI(path: file.path)
  }

  func positions(of path: String) -> EditorPositions? {
    snapshot.project.sources[path].map { project.positions.positions(of: $0.source, session.client.encoding) }
  }

  /// Of a file that could not be read its beginning.
  func range(_ source: SourceRange) -> Range<EditorPosition> {
    let start = EditorPosition(line: 0, character: 0)
    return positions(of: source.path)?.range(source.range) ?? start..<start
  }

  func location(_ source: SourceRange) -> Location { Location(uri: uri(of: source.path), range: range(source)) }

  /// `queries/a.sql:3`
  func shown(_ source: SourceRange) -> String { "\(source.path):\(range(source).lowerBound.line + 1)" }

  /// A place as a link.
  func link(_ source: SourceRange) -> String {
    let line = range(source).lowerBound.line + 1
    return "[\(source.path):\(line)](\(uri(of: source.path).text)#L\(line))"
  }

  /// The blocks that a file is part of, with their indexes.
  func blocks(of path: String) -> [(index: Int, block: BlockSnapshot)] {
    snapshot.blocks.enumerated().filter { _, block in
      (block.block.schema + block.block.queries).contains { $0.path == path }
    }.map { ($0.offset, $0.element) }
  }
}
