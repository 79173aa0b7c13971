// What an operating system says of files that change.

/// Something that happened to watched paths. What it means is for who reads the files to find out: an event says where to look,
/// not what is there.
public enum FileEvent: Sendable, Hashable {
  /// An entry of a watched folder was made, written, renamed, removed, or its rights were changed.
  case entry(path: String, Progress)
  /// A watched folder or file itself, or an entry of it that the system does not name.
  case path(String)
  /// The system has dropped events: anything may have changed.
  case overflow

  public enum Progress: Sendable, Hashable {
    /// Someone who has the file open has written, and has not closed it.
    case writing
    case done
  }
}

/// What is to be watched; absolute paths. What is not there is left out: its folder's events tell when it comes.
public struct WatchedPaths: Sendable, Hashable {
  public var folders: Set<String>
  /// For systems that do not tell which entry of a folder was written.
  public var files: Set<String>

  public init(folders: Set<String> = [], files: Set<String> = []) {
    self.folders = folders
    self.files = files
  }
}

/// Did a call of `watch(_:)` begin to watch something that was not watched before?
public enum WatchChange: Sendable, Hashable {
  case more
  case same
}

/// Why files cannot be watched, in words for people.
public struct FileEventsError: Error, Sendable, Hashable, CustomStringConvertible {
  public var description: String
}

/// Watches folders and files, and can be woken from other threads. Everything but `wake()` is for one thread at a time.
public protocol FileEventSource: Sendable {
  /// Watches these paths and no others. What happens to them afterwards is told; who reads them after a call that says `.more`
  /// misses nothing.
  func watch(_ paths: WatchedPaths) throws(FileEventsError) -> WatchChange

  /// The events since the last call; waits for the first of them.
  ///
  /// - Parameter limit: how long; nil: until there is one.
  /// - Returns: nothing when the time is up, or after `wake()`.
  func next(within limit: Duration?) throws(FileEventsError) -> [FileEvent]

  /// Ends the present or the next wait. From any thread.
  func wake()
}

/// The events of this operating system.
public func makeFileEventSource() throws(FileEventsError) -> any FileEventSource {
  #if os(Linux) || os(Android)
    return try InotifyEvents()
  #else
    return try KqueueEvents()
  #endif
}
