// A client that asks and waits, for tests.

package import Foundation
package import SQLCAnalysis
import SQLCConcurrency
package import SQLCDiagnostics
import SQLCDriver
package import SQLCLanguageProtocol
import SQLCLanguageServer

/// `@unchecked Sendable`: what the server's thread writes is touched under `condition` alone.
package final class TestClient: @unchecked Sendable {
  private let condition = NSCondition()
  private var answers: [RequestID: OutgoingMessage] = [:]
  private var other: [OutgoingMessage] = []
  private var diagnostics: [String: JSON] = [:]
  private var number = 0
  private var server: LanguageServer!

  /// - Parameter files: by absolute path.
  package init(
    _ files: [String: String],
    diagnosing: @escaping @Sendable (Snapshot) -> [Diagnostic] = { analysisDiagnostics(of: $0) }
  ) {
    let disk = MemoryFiles(files)
    let environment = ServerEnvironment(
      version: "1", files: disk, engines: .standard, diagnostics: { snapshot, _ in diagnosing(snapshot) },
      isSuppressible: { isSuppressible($0) },
      rules: adjustableRules,
      page: { RulePage(text: "the page of \($0)", address: "https://example.org/\($0)") },
      signatures: { methodSignatures(of: $0) },
      layout: { layout(of: $1, in: $0, on: disk, range: $2) })
    server = LanguageServer(environment) { [weak self] in self?.take($0) }
  }

  deinit { server.close() }

  private func take(_ message: OutgoingMessage) {
    condition.lock()
    defer { condition.unlock() }
    switch message {
    case .result(let id, _): answers[id] = message
    case .failure(let id, _):
      if let id { answers[id] = message } else { other.append(message) }
    case .notification("textDocument/publishDiagnostics", let params):
      diagnostics[params["uri"]?.string ?? ""] = params["diagnostics"]
    case .notification, .request: other.append(message)
    }
    condition.broadcast()
  }

  package func send(_ message: IncomingMessage) { server.receive(message) }

  package func tell(_ method: String, _ params: JSON = [:]) { send(.notification(method: method, params: params)) }

  /// Asks, and does not wait.
  package func start(_ method: String, _ params: JSON = [:]) -> RequestID {
    number += 1
    send(.request(.number(number), method: method, params: params))
    return .number(number)
  }

  package func answer(to id: RequestID) throws -> OutgoingMessage {
    condition.lock()
    defer { condition.unlock() }
    let deadline = Date() + 120
    while answers[id] == nil {
      guard condition.wait(until: deadline) else { break }
    }
    let answer = answers.removeValue(forKey: id)
    guard let answer else { throw TrialFailure(text: "\(id) is not answered") }
    return answer
  }

  /// - Throws: the error that the request is answered with.
  package func ask(_ method: String, _ params: JSON = [:]) throws -> JSON {
    switch try answer(to: start(method, params)) {
    case .result(_, let value): return value
    case .failure(_, let error): throw error
    case .notification, .request: return .null
    }
  }

  package func code(_ method: String, _ params: JSON = [:]) throws -> ErrorCode? {
    do {
      _ = try ask(method, params)
      return nil
    } catch let error as ResponseError {
      return error.code
    }
  }

  package func messages() -> [OutgoingMessage] {
    condition.lock()
    defer { condition.unlock() }
    return other
  }

  package func exitStatus() -> Int32 { server.wait() }

  // MARK: Documents

  /// - Parameter capabilities: of a client that can do everything, where nothing else is said.
  package func begin(_ folder: String, _ capabilities: JSON = TestClient.able) throws {
    _ = try ask("initialize", ["rootUri": .string(DocumentURI(path: folder).text), "capabilities": capabilities])
    tell("initialized")
  }

  package static let able: JSON = [
    "textDocument": [
      "publishDiagnostics": ["relatedInformation": true, "codeDescriptionSupport": true],
      "documentSymbol": ["hierarchicalDocumentSymbolSupport": true],
      "codeAction": ["codeActionLiteralSupport": [:]],
    ]
  ]

  package static func document(_ path: String) -> JSON { ["uri": .string(DocumentURI(path: path).text)] }

  package func open(_ path: String, _ text: String) {
    tell(
      "textDocument/didOpen",
      [
        "textDocument": [
          "uri": .string(DocumentURI(path: path).text), "version": 1, "languageId": "sql", "text": .string(text),
        ]
      ])
  }

  package func change(_ path: String, _ changes: [JSON]) {
    tell("textDocument/didChange", ["textDocument": Self.document(path), "contentChanges": .array(changes)])
  }

  package func replace(_ path: String, with text: String) { change(path, [["text": .string(text)]]) }

  /// What is told of each file, once everything that was sent before has been handled and told.
  package func told(after path: String) throws -> [String: JSON] {
    for _ in 0..<2 { _ = try ask("textDocument/documentSymbol", ["textDocument": Self.document(path)]) }
    condition.lock()
    defer { condition.unlock() }
    return diagnostics.filter { $0.value != [] }
  }
}

/// A text with `|` where the cursor is.
package struct MarkedText {
  package var text: String
  package var position: JSON

  package init(_ marked: String) {
    let parts = marked.components(separatedBy: "|")
    text = parts.joined()
    let before = parts[0].split(separator: "\n", omittingEmptySubsequences: false)
    position = ["line": .integer(before.count - 1), "character": .integer(before.last.map { $0.utf16.count } ?? 0)]
  }
}

package enum TestProject {
  package static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "LanguageServerTests/Project")

  package static func files(in folder: String = "/project") throws -> [String: String] {
    var files: [String: String] = [:]
    for path in ["sqlc-swift.yaml", "schema/tables.sql", "queries/books.sql"] {
      files["\(folder)/\(path)"] = try String(contentsOf: Self.folder.appending(path: path), encoding: .utf8)
    }
    return files
  }
  /// The files of this package's own project, as if they lay in `folder`.
  package static func ofThisPackage(in folder: String = "/p") throws -> [String: String] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    var files: [String: String] = [:]
    for part in ["schema", "queries"] {
      for name in try FileManager.default.contentsOfDirectory(atPath: root.appending(path: part).path) {
        files["\(folder)/\(part)/\(name)"] = try String(
          contentsOf: root.appending(path: "\(part)/\(name)"), encoding: .utf8)
      }
    }
    files["\(folder)/sqlc-swift.yaml"] = try String(
      contentsOf: root.appending(path: "sqlc-swift.yaml"), encoding: .utf8)
    return files
  }
}
