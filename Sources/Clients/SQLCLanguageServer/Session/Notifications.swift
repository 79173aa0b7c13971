// What a client tells: documents, files, its beginning.

import SQLCAnalysis
import SQLCDiagnostics
import SQLCLanguageProtocol

extension Session {
  func notified(_ method: String, _ params: JSON) throws(ResponseError) {
    // LSP 3.17: before `initialize` and after `shutdown` notifications are dropped.
    guard phase == .running else { return }
    switch method {
    case "initialized": begin()
    case "textDocument/didOpen": try opened(params)
    case "textDocument/didChange": try edited(params)
    case "textDocument/didClose": try closed(params)
    case "textDocument/didSave": filesChanged([try uri(params).path])
    case "workspace/didChangeWatchedFiles":
      filesChanged((params["changes"]?.array ?? []).compactMap { $0["uri"]?.string.flatMap(DocumentURI.init)?.path })
    case "workspace/didChangeWorkspaceFolders":
      for folder in params["event"]?["added"]?.array ?? [] { addFolder(folder["uri"]?.string) }
    default: break
    }
  }

  /// Of `textDocument`.
  func uri(_ params: JSON) throws(ResponseError) -> DocumentURI {
    guard let text = params["textDocument"]?["uri"]?.string else {
      throw ResponseError(.invalidParams, "there is no textDocument with a uri")
    }
    guard let uri = DocumentURI(text) else { throw ResponseError(.invalidParams, "'\(text)' names no file") }
    return uri
  }

  private func opened(_ params: JSON) throws(ResponseError) {
    let uri = try uri(params)
    guard let text = params["textDocument"]?["text"]?.string else {
      throw ResponseError(.invalidParams, "the document has no text")
    }
    documents[uri.path] = Document(
      uri: uri, version: params["textDocument"]?["version"]?.integer, text: text, encoding: client.encoding)
    changed(uri.path, to: text)
  }

  private func edited(_ params: JSON) throws(ResponseError) {
    let uri = try uri(params)
    guard documents[uri.path] != nil else { throw ResponseError(.invalidParams, "the document is not open") }
    guard let changes = params["contentChanges"]?.array else {
      throw ResponseError(.invalidParams, "there are no contentChanges")
    }
    try documents[uri.path]?.change(changes, version: params["textDocument"]?["version"]?.integer)
    changed(uri.path, to: documents[uri.path]?.text)
  }

  private func closed(_ params: JSON) throws(ResponseError) {
    let uri = try uri(params)
    guard documents.removeValue(forKey: uri.path) != nil else { return }
    changed(uri.path, to: nil)
  }

  private func filesChanged(_ paths: [String]) {
    guard !paths.isEmpty else { return }
    for project in projects.values { project.filesChanged(paths.map(FileID.init)) }
    for path in paths { _ = project(of: path) }
    dropProjects()
  }

  /// A project whose configuration is gone is none any more.
  private func dropProjects() {
    for (folder, project) in projects where !hasConfiguration(folder) {
      project.cancel()
      withdraw(project)
      projects[folder] = nil
    }
  }

  // MARK: The beginning

  func addFolder(_ uri: String?) {
    guard let path = uri.flatMap(DocumentURI.init)?.path else { return }
    let folder = FileID(path).path
    if projects[folder] == nil, hasConfiguration(folder) { add(folder) }
  }

  private func begin() {
    guard client.watchedFiles else { return }
    let globs = ["**/*.sql", "**/sqlc-swift.yaml", "**/sqlc-swift.yml", "**/sqlc-swift.json"]
    request(
      "client/registerCapability",
      [
        "registrations": [
          [
            "id": "files", "method": "workspace/didChangeWatchedFiles",
            "registerOptions": ["watchers": .array(globs.map { ["globPattern": .string($0)] })],
          ]
        ]
      ])
  }

  func request(_ method: String, _ params: JSON) {
    requestsSent += 1
    send(.request(.string("sqlc-\(requestsSent)"), method: method, params: params))
  }
}
