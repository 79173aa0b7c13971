// Changes that mend what diagnostics tell of, and comments that say that it is meant so.

import SQLCDiagnostics
import SQLCLanguageProtocol

extension DocumentContext {
  func codeActions(_ params: JSON) throws -> JSON {
    guard let asked = Range<EditorPosition>(params["range"]) else {
      throw ResponseError(.invalidParams, "there is no proper range")
    }
    let only = params["context"]?["only"]?.array?.compactMap(\.string)
    func isWanted(_ kind: String) -> Bool { only?.contains { kind == $0 || kind.hasPrefix($0 + ".") } ?? true }
    let here = diagnostics.filter { diagnostic in
      let range = range(diagnostic.primary.source)
      return range.lowerBound <= asked.upperBound && asked.lowerBound <= range.upperBound
    }
    var actions: [JSON] = []
    if isWanted("quickfix") {
      for diagnostic in here {
        actions += diagnostic.fixIts.compactMap { fix in
          edit(fix.edits).map {
            action(fix.message, "quickfix", $0, of: diagnostic, isPreferred: fix.applicability == .safe)
          }
        }
        if let suppression = suppression(of: diagnostic) { actions.append(suppression) }
      }
    }
    if isWanted("refactor.rewrite") {
      actions += narrowings(at: positions.offset(of: asked.lowerBound)).compactMap { title, edits in
        edit(edits).map { action(title, "refactor.rewrite", $0, of: nil) }
      }
    }
    if isWanted("source.fixAll"), only != nil || !here.isEmpty, let all = fixAll() { actions.append(all) }
    return .array(actions)
  }

  /// Of this file.
  var diagnostics: [Diagnostic] {
    view.project.diagnostics(session.environment).filter { $0.primary.source.path == path }.sortedAndUnique()
  }

  /// Nothing where a migration would have to be edited that may have been applied, or a file made by a client that makes none.
  private func edit(_ edits: [FixIt.Edit]) -> WorkspaceEdit? {
    var changes: [DocumentURI: [TextEdit]] = [:]
    var newFiles: [DocumentURI] = []
    let locked = lockedMigrations
    for edit in edits {
      guard !locked.contains(edit.source.path) else { return nil }
      let uri = view.uri(of: edit.source.path)
      if snapshot.project.sources[edit.source.path] == nil {
        guard session.client.createsFiles else { return nil }
        newFiles.append(uri)
      }
      changes[uri, default: []].append(TextEdit(range: range(edit.source), newText: edit.replacement))
    }
    return WorkspaceEdit(changes: changes, newFiles: newFiles)
  }

  private func action(
    _ title: String, _ kind: String, _ edit: WorkspaceEdit, of diagnostic: Diagnostic?, isPreferred: Bool = false
  ) -> JSON {
    .members([
      "title": .string(title), "kind": .string(kind), "edit": edit.json,
      "diagnostics": diagnostic.map { [session.json(of: $0, view)] }, "isPreferred": isPreferred ? true : nil,
    ])
  }

  /// `-- sqlc:ignore rule: ` above the statement. The reason is the user's to write; without one a warning says so.
  private func suppression(of diagnostic: Diagnostic) -> JSON? {
    guard session.environment.isSuppressible(diagnostic.id), path != snapshot.project.configuration,
      !lockedMigrations.contains(path),
      let start = statementStart(at: diagnostic.primary.source.range.lower)
    else { return nil }
    let line = EditorPosition(line: positions.position(at: start).line, character: 0)
    let edit = WorkspaceEdit(changes: [
      uri: [TextEdit(range: line..<line, newText: "-- sqlc:ignore \(diagnostic.id): \n")]
    ])
    return action("ignore '\(diagnostic.id)' here, and say why", "quickfix", edit, of: diagnostic)
  }

  /// Where the statement begins that a place is in.
  private func statementStart(at offset: Int) -> Int? {
    if let (_, _, query) = query(at: offset) { return query.annotated.statementRange.lower }
    guard let block = blocks.first else { return nil }
    let text = SQLText(source, block.block.block.lexicalRules)
    return text.statement(at: offset).first.map { text.tokens[$0].range.lower }
  }

  /// All safe fixes of the file that do not touch one another.
  private func fixAll() -> JSON? {
    var edits: [FixIt.Edit] = []
    for diagnostic in diagnostics {
      guard let fix = diagnostic.fixIts.first(where: { $0.applicability == .safe }),
        fix.edits.allSatisfy({ edit in
          edit.source.path == path
            && edits.allSatisfy {
              $0.source.range.upper < edit.source.range.lower || edit.source.range.upper < $0.source.range.lower
            }
        })
      else { continue }
      edits += fix.edits
    }
    guard !edits.isEmpty, let edit = edit(edits) else { return nil }
    return action("make all safe fixes of this file", "source.fixAll", edit, of: nil)
  }
}
