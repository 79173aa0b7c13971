// A session: what is open, which projects there are, and what is done next.

import Foundation
import SQLCAnalysis
import SQLCConcurrency
import SQLCDiagnostics
import SQLCLanguageProtocol

/// Belongs to one thread.
final class Session {
  enum Phase { case new, running, shutDown }

  let environment: ServerEnvironment
  let inbox: Inbox
  let send: (OutgoingMessage) -> Void
  var phase = Phase.new
  var client = ClientFeatures()
  /// Open documents, by their paths.
  var documents: [String: Document] = [:]
  /// By their folders.
  var projects: [String: ProjectState] = [:]
  var requestsSent = 0
  /// What was told of files that are not formatted.
  var refusals: Set<String> = []
  private var restDeadline: Date?

  /// How long nothing must come before the code that would be generated is looked at.
  static let rest: TimeInterval = 0.4

  init(_ environment: ServerEnvironment, _ inbox: Inbox, send: @escaping (OutgoingMessage) -> Void) {
    self.environment = environment
    self.inbox = inbox
    self.send = send
  }

  /// Handles messages until the end of the session.
  func run() -> Int32 {
    while true {
      switch inbox.next(until: restDeadline) {
      case .message(.notification("exit", _), _):
        end()
        return phase == .shutDown ? 0 : 1
      case .message(let message, let cancellation):
        handle(message, cancellation)
        advance()
      case .news:
        advance()
        // A look that was overtaken has ended.
        if restDeadline == nil, projects.values.contains(where: \.wantsDeep) { restDeadline = Date() + Self.rest }
      case .timeout:
        restDeadline = nil
        for project in projects.values { project.startDeep(environment, inbox) }
      case .closed:
        end()
        return phase == .shutDown ? 0 : 1
      }
    }
  }

  private func end() {
    for project in projects.values { project.cancel() }
  }

  /// Tells diagnostics that are ready, and starts what makes those that are not.
  private func advance() {
    guard phase == .running, !inbox.isEdited else { return }
    for project in projects.values.sorted(by: { $0.folder < $1.folder }) {
      project.collect()
      if project.current == nil {
        project.start(inbox)
        if let failure = project.failure, failure.generation == project.generation {
          tellFailure(failure.reason, project)
        }
      } else if project.told?.generation != project.generation {
        publish(project)
        restDeadline = Date() + Self.rest
      } else if project.deepDiagnostics?.generation == project.generation, project.told?.depth != .generation {
        publish(project)
      }
    }
  }

  private func tellFailure(_ reason: String, _ project: ProjectState) {
    guard project.told?.generation != project.generation else { return }
    project.told = (project.generation, .generation)
    show(reason, .error)
  }

  /// A line for the user.
  func show(_ text: String, _ severity: Severity) {
    send(
      .notification(
        method: "window/showMessage", params: ["type": .integer(severity.editorNumber), "message": .string(text)]))
  }

  // MARK: Messages

  private func handle(_ message: IncomingMessage, _ cancellation: Cancellation) {
    switch message {
    case .invalid(let id, let error): send(.failure(id, error))
    case .response: break
    case .notification(let method, let params):
      do throws(ResponseError) {
        try notified(method, params)
      } catch {
        log("\(method): \(error.message)")
      }
    case .request(let id, let method, let params):
      defer { inbox.answered(id) }
      do {
        try cancellation.check()
        send(.result(id, try answer(method, params, cancellation)))
      } catch let error as ResponseError {
        send(.failure(id, error))
      } catch is CancellationError {
        send(.failure(id, .cancelled))
      } catch {
        send(.failure(id, ResponseError(.internalError, "\(error)")))
      }
    }
  }

  func log(_ text: String) {
    send(.notification(method: "window/logMessage", params: ["type": 2, "message": .string(text)]))
  }

  // MARK: Projects

  /// The project of the nearest configuration at or above a file; nothing where there is none.
  func project(of path: String) -> ProjectState? {
    var folder = path
    repeat {
      folder = folder.lastIndex(of: "/").map { String(folder[..<$0]) } ?? ""
      if let known = projects[folder] { return known }
      if hasConfiguration(folder) { return add(folder) }
    } while !folder.isEmpty
    return nil
  }

  func hasConfiguration(_ folder: String) -> Bool {
    ProjectLocation.defaultNames.contains { name in
      let path = folder + "/" + name
      return documents[path] != nil || environment.files.kind(of: path) == .file
    }
  }

  @discardableResult
  func add(_ folder: String) -> ProjectState {
    let project = ProjectState(folder: folder, environment: environment)
    projects[folder] = project
    for document in documents.values { project.setText(document.text, of: FileID(document.uri.path)) }
    return project
  }

  /// Every project learns of it: one can read files of another's folder.
  func changed(_ path: String, to text: String?) {
    for project in projects.values { project.setText(text, of: FileID(path)) }
    _ = project(of: path)
  }
}
