// Messages on their way from the client to the session.

import Foundation
import SQLCConcurrency
import SQLCLanguageProtocol

/// What came and is not handled yet, in its order. Cancellations overtake what they cancel.
///
/// `@unchecked Sendable`: every member is touched between `condition.lock()` and `condition.unlock()` alone.
final class Inbox: @unchecked Sendable {
  enum Event {
    case message(IncomingMessage, Cancellation)
    /// Work on another thread has ended.
    case news
    case timeout
    /// Nothing more will come.
    case closed
  }

  private let condition = NSCondition()
  private var messages: [(message: IncomingMessage, cancellation: Cancellation)] = []
  private var first = 0
  /// Requests that are not answered yet.
  private var open: [RequestID: Cancellation] = [:]
  private var hasNews = false
  private var isClosed = false

  private func locked<Value>(_ body: () -> Value) -> Value {
    condition.lock()
    defer { condition.unlock() }
    return body()
  }

  // MARK: From other threads

  func post(_ message: IncomingMessage) {
    locked {
      if case .notification("$/cancelRequest", let params) = message {
        params["id"].flatMap(RequestID.init).flatMap { open[$0] }?.cancel()
      } else {
        let cancellation = Cancellation()
        if case .request(let id, _, _) = message, open[id] == nil { open[id] = cancellation }
        messages.append((message, cancellation))
      }
      condition.signal()
    }
  }

  func close() {
    locked {
      isClosed = true
      condition.signal()
    }
  }

  func tell() {
    locked {
      hasNews = true
      condition.signal()
    }
  }

  // MARK: From the session's thread

  func next(until deadline: Date?) -> Event {
    locked {
      while true {
        if first < messages.count {
          let (message, cancellation) = messages[first]
          first += 1
          if first == messages.count {
            messages = []
            first = 0
          }
          return .message(message, cancellation)
        }
        if hasNews {
          hasNews = false
          return .news
        }
        if isClosed { return .closed }
        guard let deadline else {
          condition.wait()
          continue
        }
        if !condition.wait(until: deadline) { return .timeout }
      }
    }
  }

  /// Is there an edit among what waits to be handled?
  var isEdited: Bool { locked { hasEdit } }

  private var hasEdit: Bool {
    messages[first...].contains { item in
      if case .notification(let method, _) = item.message { return method.hasPrefix("textDocument/did") }
      return false
    }
  }

  func answered(_ id: RequestID) { locked { open[id] = nil } }

  enum WaitEnd { case ready, cancelled, overtaken, late }

  /// Waits for work on another thread, for a request.
  ///
  /// - Parameters:
  ///   - grace: until then edits that have come since do not end the waiting.
  ///   - deadline: when it ends in any case.
  func wait(
    for isReady: () -> Bool, cancellation: Cancellation, grace: Date, deadline: Date
  ) -> WaitEnd {
    locked {
      while true {
        if isReady() {
          hasNews = true
          return .ready
        }
        if cancellation.isCancelled { return .cancelled }
        let now = Date()
        if now >= deadline { return .late }
        if now >= grace, hasEdit || isClosed { return .overtaken }
        _ = condition.wait(until: min(deadline, now >= grace ? deadline : grace))
      }
    }
  }
}
