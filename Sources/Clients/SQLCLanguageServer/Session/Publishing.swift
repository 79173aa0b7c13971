// Diagnostics on their way to the client.

import SQLCAnalysis
import SQLCDiagnostics
import SQLCLanguageProtocol

extension Session {
  /// Tells the diagnostics of the project's files as they are, as far as they differ from what was told.
  func publish(_ project: ProjectState) {
    guard let snapshot = project.current else { return }
    let view = ProjectView(project: project, snapshot: snapshot, session: self)
    let diagnostics = project.diagnostics(environment)
    let byFile = Dictionary(grouping: diagnostics.sortedAndUnique()) { $0.primary.source.path }
    for path in Set(byFile.keys).union(project.published.keys).sorted() {
      let found = JSON.array((byFile[path] ?? []).map { json(of: $0, view) })
      let before = project.published[path]
      guard before != found, before != nil || found != [] else { continue }
      project.published[path] = found == [] ? nil : found
      tell(found, of: path, view)
    }
    project.told = (
      project.generation, project.deepDiagnostics?.generation == project.generation ? .generation : .analysis
    )
    // What a client shows of other files changes with the schema alone.
    guard project.refreshed != snapshot.work.schemasLoaded else { return }
    if project.refreshed != nil { for method in client.refreshes { request(method, .null) } }
    project.refreshed = snapshot.work.schemasLoaded
  }

  private func tell(_ diagnostics: JSON, of path: String, _ view: ProjectView) {
    let uri = view.uri(of: path)
    let version = client.documentVersions ? documents[uri.path]?.version : nil
    send(
      .notification(
        method: "textDocument/publishDiagnostics",
        params: .members([
          "uri": .string(uri.text), "diagnostics": diagnostics, "version": version.map(JSON.integer),
        ])))
  }

  /// Takes everything back that was told of a project.
  func withdraw(_ project: ProjectState) {
    for path in project.published.keys.sorted() {
      let uri =
        documents[FileID(project.folder + "/" + path).path]?.uri
        ?? DocumentURI(path: FileID(project.folder + "/" + path).path)
      send(
        .notification(
          method: "textDocument/publishDiagnostics", params: ["uri": .string(uri.text), "diagnostics": []]))
    }
    project.published = [:]
  }

  func json(of diagnostic: Diagnostic, _ view: ProjectView) -> JSON {
    let related = diagnostic.secondary.map { label -> JSON in
      ["location": view.location(label.source).json, "message": .string(label.text.isEmpty ? "here" : label.text)]
    }
    let label = diagnostic.primary.text
    var lines = [diagnostic.message] + (label.isEmpty ? [] : [label]) + diagnostic.notes
    if !client.relatedInformation {
      lines += diagnostic.secondary.map { "\(view.shown($0.source)): \($0.text)" }
    }
    let page = client.codeDescription ? environment.page(diagnostic.id)?.address : nil
    return .members([
      "range": view.range(diagnostic.primary.source).json,
      "severity": .integer(diagnostic.severity.editorNumber),
      "code": .string(diagnostic.id.description),
      "codeDescription": page.map { ["href": .string($0)] },
      "source": "sqlc-swift",
      "message": .string(lines.map(visibleText).joined(separator: "\n")),
      "relatedInformation": client.relatedInformation && !related.isEmpty ? .array(related) : nil,
    ])
  }
}
