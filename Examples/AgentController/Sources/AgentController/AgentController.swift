// What the application does with agents. Nothing here knows which engine keeps them.

public import AgentStore
public import Foundation
import SQLCPortable

/// An agent as its owner wants it.
public struct AgentSpec: Codable, Sendable, Hashable {
  public var prompt: String
  public var maxSteps: Int
  public init(prompt: String, maxSteps: Int) {
    self.prompt = prompt
    self.maxSteps = maxSteps
  }
}

/// Why the application refuses.
public enum Refusal: Error, Sendable, Hashable {
  /// Lower-case letters, digits and hyphens, at most 63, neither first nor last a hyphen (RFC 1123).
  case invalidName(String)
  /// Another agent of the namespace has the name.
  case nameTaken(namespace: String, name: String)
  case noSuchAgent
}

/// Everything that one user may do. Every query says whose rows it is about.
public struct AgentController: Sendable {
  public let queries: any QueriesProtocol
  public let userID: String
  /// The one way to get "now", to the millisecond, which both engines keep.
  public let now: @Sendable () -> Date

  public init(
    queries: any QueriesProtocol, userID: String, now: @escaping @Sendable () -> Date = { currentMillisecond() }
  ) {
    self.queries = queries
    self.userID = userID
    self.now = now
  }

  // MARK: Agents

  public func createAgent(
    named name: String, in namespace: String, spec: AgentSpec, tags: [String] = [], model: UUID? = nil
  ) async throws -> Agent {
    guard isAgentName(name) else { throw Refusal.invalidName(name) }
    let spec = try PortableJSON(encoding: spec)
    do {
      return try await queries.createAgent(
        id: UUID(), userID: userID, namespace: namespace, name: name, modelConfigID: model, spec: spec, tags: tags,
        now: now())
    } catch  where error.constraint?.kind == .unique {
      throw Refusal.nameTaken(namespace: namespace, name: name)
    }
  }

  public func deleteAgent(_ id: UUID) async throws {
    guard try await queries.deleteAgent(now: now(), id: id, userID: userID) == 1 else { throw Refusal.noSuchAgent }
  }

  /// A new agent in place of one that is deleted with it: both, or neither.
  public func replaceAgent(_ id: UUID, with spec: AgentSpec) async throws -> Agent {
    let text = try PortableJSON(encoding: spec)
    return try await queries.transaction { tx in
      guard let old = try await tx.getAgent(id: id, userID: userID) else { throw Refusal.noSuchAgent }
      _ = try await tx.deleteAgent(now: now(), id: id, userID: userID)
      return try await tx.createAgent(
        id: UUID(), userID: userID, namespace: old.namespace, name: old.name, modelConfigID: old.modelConfigID,
        spec: text, tags: old.tags, now: now())
    }
  }

  // MARK: Tasks

  public func submit(_ messages: [String], to agent: UUID, title: String? = nil) async throws -> Session {
    try await queries.transaction { tx in
      guard try await tx.getAgent(id: agent, userID: userID) != nil else { throw Refusal.noSuchAgent }
      let session = try await tx.createSession(
        id: UUID(), userID: userID, agentID: agent, title: title, now: now())
      for (index, message) in messages.enumerated() {
        _ = try await tx.submitTask(
          id: UUID(), userID: userID, sessionID: session.id, priority: Int64(messages.count - index), message: message,
          now: now())
      }
      return session
    }
  }

  /// Takes the next task, works on it, and writes down what came of it; nothing when none waits.
  ///
  /// The work happens outside of any transaction: a task that is claimed is nobody else's.
  public func workOnce(_ work: @Sendable (AgentTask) async throws -> String) async throws -> AgentTask? {
    guard let task = try await queries.claimTask(now: now(), userID: userID) else { return nil }
    do {
      let answer = try PortableJSON(encoding: ["answer": try await work(task)])
      return try await queries.finishTask(
        state: .completed, result: answer, now: now(), id: task.id, userID: userID)
    } catch {
      return try await queries.finishTask(state: .failed, result: nil, now: now(), id: task.id, userID: userID)
    }
  }
}

/// RFC 1123, section 2.1: what a label of a host's name may be.
public func isAgentName(_ name: String) -> Bool {
  let bytes = Array(name.utf8)
  guard (1...63).contains(bytes.count), bytes.first != 0x2D, bytes.last != 0x2D else { return false }
  return bytes.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
}

/// Now, to the millisecond.
public func currentMillisecond() -> Date {
  Date(timeIntervalSince1970: (Date().timeIntervalSince1970 * 1_000).rounded(.down) / 1_000)
}
