// Requests and who answers them. What is announced is what is here.

import Foundation
import SQLCAnalysis
import SQLCConcurrency
import SQLCDiagnostics
import SQLCLanguageProtocol

extension Session {
  func answer(_ method: String, _ params: JSON, _ cancellation: Cancellation) throws -> JSON {
    if method == "initialize" { return try initialize(params) }
    switch phase {
    case .new: throw ResponseError(.serverNotInitialized, "'initialize' comes first")
    case .shutDown: throw ResponseError(.invalidRequest, "the server is shut down")
    case .running: break
    }
    if method == "shutdown" {
      phase = .shutDown
      return .null
    }
    if method == "workspace/symbol" { return try workspaceSymbols(params, cancellation) }
    guard let handler = Self.handlers[method] else {
      throw ResponseError(.methodNotFound, "'\(method)' is not answered here")
    }
    if method == "textDocument/completion" { return try complete(params, cancellation) }
    guard let context = try context(params, cancellation) else { return .null }
    return try handler(context, params)
  }

  /// What is asked of a document in a project. Completion has a way of its own, since it does not wait long.
  private static let handlers: [String: @Sendable (DocumentContext, JSON) throws -> JSON] = [
    "textDocument/completion": { _, _ in .null },
    "textDocument/hover": { try $0.hover($1) },
    "textDocument/definition": { try $0.definitions($1) },
    "textDocument/references": { try $0.references($1) },
    "textDocument/documentHighlight": { try $0.highlights($1) },
    "textDocument/documentSymbol": { context, _ in context.documentSymbols() },
    "textDocument/codeAction": { try $0.codeActions($1) },
    "textDocument/codeLens": { context, _ in context.codeLenses() },
    "textDocument/inlayHint": { try $0.inlayHints($1) },
    "textDocument/signatureHelp": { try $0.signatureHelp($1) },
    "textDocument/prepareRename": { try $0.prepareRename($1) },
    "textDocument/rename": { try $0.rename($1) },
    "textDocument/semanticTokens/full": { context, _ in context.semanticTokens() },
    "textDocument/formatting": { context, _ in try context.formatting(in: nil) },
    "textDocument/rangeFormatting": { try $0.rangeFormatting($1) },
    "textDocument/onTypeFormatting": { try $0.onTypeFormatting($1) },
  ]

  private func initialize(_ params: JSON) throws -> JSON {
    guard phase == .new else { throw ResponseError(.invalidRequest, "'initialize' comes once") }
    client = ClientFeatures(params)
    phase = .running
    let folders = (params["workspaceFolders"]?.array ?? []).map { $0["uri"]?.string }
    for folder in folders.isEmpty ? [params["rootUri"]?.string] : folders { addFolder(folder) }
    return [
      "capabilities": capabilities,
      "serverInfo": ["name": "sqlc-swift", "version": .string(environment.version)],
    ]
  }

  private var capabilities: JSON {
    [
      "positionEncoding": .string(client.encoding.rawValue),
      "textDocumentSync": ["openClose": true, "change": 2, "save": ["includeText": false]],
      "hoverProvider": true,
      "definitionProvider": true,
      "referencesProvider": true,
      "documentHighlightProvider": true,
      "documentSymbolProvider": true,
      "workspaceSymbolProvider": true,
      "codeActionProvider": client.codeActionLiterals
        ? ["codeActionKinds": ["quickfix", "refactor.rewrite", "source.fixAll"]] : false,
      "codeLensProvider": ["resolveProvider": false],
      "inlayHintProvider": true,
      "completionProvider": ["triggerCharacters": [".", "@", ":", " ", "("], "resolveProvider": false],
      "signatureHelpProvider": ["triggerCharacters": ["(", ","]],
      "renameProvider": client.prepareRename ? ["prepareProvider": true] : true,
      "documentFormattingProvider": true,
      "documentRangeFormattingProvider": true,
      "documentOnTypeFormattingProvider": ["firstTriggerCharacter": ";"],
      "semanticTokensProvider": ["legend": SemanticTokens.legend, "full": true],
      "workspace": ["workspaceFolders": ["supported": true, "changeNotifications": true]],
    ]
  }

  // MARK: Snapshots

  /// The snapshot of the files as they are at this message. A long analysis can be cancelled, and ends when the user goes on.
  func snapshot(of project: ProjectState, _ cancellation: Cancellation) throws -> Snapshot {
    let start = Date()
    while true {
      project.collect()
      if let snapshot = project.current { return snapshot }
      if let failure = project.failure, failure.generation == project.generation {
        throw ResponseError(.requestFailed, failure.reason)
      }
      project.start(inbox)
      switch wait(for: project, cancellation, grace: start + 0.5, deadline: start + 600) {
      case .ready: continue
      case .cancelled: throw ResponseError.cancelled
      case .overtaken: throw ResponseError(.contentModified, "the text was edited before the analysis was done")
      case .late: throw ResponseError(.requestFailed, "the analysis takes too long")
      }
    }
  }

  func wait(
    for project: ProjectState, _ cancellation: Cancellation, grace: Date, deadline: Date
  ) -> Inbox.WaitEnd {
    inbox.wait(for: { project.isReady }, cancellation: cancellation, grace: grace, deadline: deadline)
  }

  /// Nothing for a file that no project has.
  private func context(_ params: JSON, _ cancellation: Cancellation) throws -> DocumentContext? {
    let uri = try uri(params)
    guard let project = project(of: uri.path) else { return nil }
    let snapshot = try snapshot(of: project, cancellation)
    return DocumentContext(
      view: ProjectView(project: project, snapshot: snapshot, session: self), uri: uri, cancellation: cancellation)
  }
}
