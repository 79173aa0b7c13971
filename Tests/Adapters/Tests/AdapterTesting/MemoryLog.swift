// A log that tests can read.

public import Logging
import Synchronization

/// Keeps what is logged.
public struct MemoryLog: LogHandler {
  public struct Entry: Sendable {
    public var level: Logger.Level
    public var message: String
    public var metadata: Logger.Metadata
  }

  public final class Entries: Sendable {
    private let kept = Mutex<[Entry]>([])
    public init() {}
    public var all: [Entry] { kept.withLock { $0 } }
    func append(_ entry: Entry) { kept.withLock { $0.append(entry) } }
  }

  private let entries: Entries
  public var metadata: Logger.Metadata = [:]
  public var logLevel = Logger.Level.trace

  public init(entries: Entries) { self.entries = entries }

  public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  public func log(event: LogEvent) {
    entries.append(Entry(level: event.level, message: "\(event.message)", metadata: event.metadata ?? [:]))
  }
}
