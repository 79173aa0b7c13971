// The texts diagnostics point into, found by path.

/// Every file a run has read.
///
/// A file has two names: the one the passes know it by (relative to the configuration, so that results do not depend on
/// where the tool was started) and the one shown to the user (relative to where the user stands).
public struct SourceSet: Sendable, Hashable {
  public struct Entry: Sendable, Hashable {
    public var source: SourceFile
    public var displayPath: String
  }

  private var entries: [String: Entry] = [:]

  public init() {}

  /// All files shown by their own path.
  public init(_ sources: [SourceFile]) {
    for source in sources { insert(source) }
  }

  public mutating func insert(_ source: SourceFile, displayedAs path: String? = nil) {
    entries[source.path] = Entry(source: source, displayPath: path ?? source.path)
  }

  /// Another text of a file that is there.
  public mutating func replace(_ source: SourceFile) { entries[source.path]?.source = source }

  public subscript(path: String) -> Entry? { entries[path] }

  /// Files whose texts differ, and those that only one of the two has; by the paths they are shown by, sorted.
  public func pathsThatDiffer(from other: SourceSet) -> [String] {
    let own = entries.filter { other.entries[$0.key]?.source.text != $0.value.source.text }
    let gone = other.entries.filter { entries[$0.key] == nil }
    return (Array(own.values) + Array(gone.values)).map(\.displayPath).sorted()
  }

  public mutating func merge(_ other: SourceSet) {
    entries.merge(other.entries) { mine, _ in mine }
  }
}
