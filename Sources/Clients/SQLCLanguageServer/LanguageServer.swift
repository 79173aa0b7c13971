// A language server: messages of a client go in, messages to it come out.

import Foundation
import SQLCConcurrency
public import SQLCLanguageProtocol

/// One session with one client.
///
///     let server = LanguageServer(environment) { output.write(MessageFrames.frame($0.json)) }
///     server.receive(message)
///
/// Messages are handled in their order, on a thread of the server's own: `receive` never waits. `$/cancelRequest` overtakes.
/// Analyses run on other threads, and an edit supersedes those of the text before it.
public final class LanguageServer: Sendable {
  private let inbox = Inbox()
  private let session: DeepTask<Int32>

  /// - Parameter send: called from the server's thread, one message at a time.
  public init(_ environment: ServerEnvironment, send: @escaping @Sendable (OutgoingMessage) -> Void) {
    let inbox = inbox
    session = DeepTask { Session(environment, inbox, send: send).run() }
  }

  public func receive(_ message: IncomingMessage) { inbox.post(message) }

  /// Nothing more will come.
  public func close() { inbox.close() }

  /// Waits for the end: after `exit`, or once it is closed.
  ///
  /// - Returns: the exit status that the protocol wants: 0 after `shutdown`, 1 without.
  public func wait() -> Int32 { session.wait() }
}
