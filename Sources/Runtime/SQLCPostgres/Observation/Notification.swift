// What NOTIFY sends (sql-notify.html).

import SQLCRuntimeKit

/// One message of a channel.
public struct Notification: Sendable, Hashable {
  public var channel: String
  public var payload: String
  /// The server process of who sent it, as `pg_backend_pid()` says.
  public var processID: Int32

  public init(channel: String, payload: String, processID: Int32) {
    self.channel = channel
    self.payload = payload
    self.processID = processID
  }
}

/// What there is to know of a channel.
public enum ChannelEvent: Sendable, Hashable {
  /// From here on messages come: listening has begun, or has begun again after the connection broke, or the reader was so slow
  /// that messages were dropped. What was sent before may be missing: whoever keeps a state by messages reads it anew.
  case resumed
  case notification(Notification)
}

/// The messages of a channel, in the order in which their transactions committed, as long as the task wants them.
///
/// A reader may be slow: up to 1,024 messages wait for it; with one more all that wait are dropped, and
/// ``ChannelEvent/resumed`` stands in their place. The server is never held up, and no gap goes unsaid. The sequence ends with the
/// task, or when the database is closed; a connection that breaks is replaced.
public struct Notifications: AsyncSequence, Sendable {
  public typealias Element = ChannelEvent
  public typealias Failure = DatabaseError

  let listener: Listener
  let channel: String

  public func makeAsyncIterator() -> Iterator { Iterator(listener.subscribe(channel)) }

  public struct Iterator: AsyncIteratorProtocol {
    public typealias Element = ChannelEvent
    public typealias Failure = DatabaseError

    private let subscription: Subscription

    init(_ subscription: Subscription) { self.subscription = subscription }

    public mutating func next() async throws(DatabaseError) -> ChannelEvent? { try await subscription.next() }

    public mutating func next(isolation actor: isolated (any Actor)?) async throws(DatabaseError) -> ChannelEvent? {
      try await subscription.next()
    }
  }
}

/// One reader of a channel, until it goes.
final class Subscription: Sendable {
  /// How many messages wait for a reader.
  static var limit: Int { 1_024 }

  let id: UInt64
  let channel: String
  private let inbox: Inbox<ChannelEvent>
  private let listener: Listener
  private let misuse: DatabaseError?

  init(_ listener: Listener, _ id: UInt64, _ channel: String, _ inbox: Inbox<ChannelEvent>, misuse: DatabaseError?) {
    self.listener = listener
    self.id = id
    self.channel = channel
    self.inbox = inbox
    self.misuse = misuse
  }

  deinit { listener.unsubscribe(id) }

  nonisolated(nonsending) func next() async throws(DatabaseError) -> ChannelEvent? {
    if let misuse { throw misuse }
    return await inbox.next()
  }
}

extension Database {
  /// The messages that `NOTIFY` and `pg_notify` send to a channel. The name is taken as it is, with capitals and blanks, as
  /// `pg_notify` takes it; it has 1 to 63 bytes.
  ///
  /// ```swift
  /// for try await event in database.notifications(channel: "jobs") {
  ///   switch event {
  ///   case .resumed: try await worker.lookForJobs()
  ///   case .notification(let message): await worker.take(message.payload)
  ///   }
  /// }
  /// ```
  ///
  /// All channels of a database are listened to on one connection outside of the pool, which is opened when the first is asked
  /// for and closed when nobody listens any more. The first element is ``ChannelEvent/resumed``: what is sent after it comes.
  public func notifications(channel: String) -> Notifications { Notifications(listener: listener, channel: channel) }
}
