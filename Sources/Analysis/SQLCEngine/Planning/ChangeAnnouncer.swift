// How other processes hear of changed tables.

public import SQLCModel

/// What makes a database tell its listeners which tables a transaction has changed.
public protocol ChangeAnnouncer: Sendable {
  /// What all tables need, once for each database and channel.
  func channel(_ name: String) throws(ChannelProblem) -> AnnouncementStep
  /// What one table needs after that. The message is the table's name as generated code has it.
  func table(_ table: QualifiedName, on channel: String) throws(ChannelProblem) -> AnnouncementStep
}

/// A statement, and the one that takes it back.
public struct AnnouncementStep: Sendable, Hashable {
  public var up: String
  public var down: String

  public init(up: String, down: String) {
    self.up = up
    self.down = down
  }
}

/// A name that no channel can have.
public struct ChannelProblem: Error, Hashable {
  public var message: String
  public init(_ message: String) { self.message = message }
}
