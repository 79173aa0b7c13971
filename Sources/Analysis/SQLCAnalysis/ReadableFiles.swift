// Files as the analysis sees them: a disk, or whatever else the caller has, with the unsaved texts of editors over it.

/// What a path leads to.
public enum FileKind: Sendable, Hashable {
  case file, directory
}

/// Why the disk said no, in the operating system's words.
public struct FileSystemError: Error, Sendable, Hashable {
  public var path: String
  public var reason: String

  public init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }
}

/// Files that can be read. Paths are absolute, with `/` between components.
public protocol ReadableFiles: Sendable {
  /// Absent when nothing is there.
  func kind(of path: String) -> FileKind?
  /// Names in a directory, sorted by their bytes.
  func names(in directory: String) throws(FileSystemError) -> [String]
  func read(_ path: String) throws(FileSystemError) -> [UInt8]
}

/// A file, by where it is: absolute, with `/` between components, without `.` and `..`.
public struct FileID: Sendable, Hashable, Comparable, CustomStringConvertible {
  public let path: String

  public init(_ path: String) { self.path = normalize(path) }

  public var description: String { path }

  public static func < (a: FileID, b: FileID) -> Bool { a.path.utf8.lexicographicallyPrecedes(b.path.utf8) }
}

/// Texts that lie over files: what editors show and have not saved.
struct OverlaidFiles: ReadableFiles {
  var disk: any ReadableFiles
  private(set) var texts: [String: String] = [:]
  /// Names of overlaid files, by their folder.
  private var names: [String: Set<String>] = [:]

  init(over disk: any ReadableFiles) { self.disk = disk }

  /// nil: what the disk has.
  mutating func set(_ text: String?, of file: FileID) {
    texts[file.path] = text
    let folder = parent(of: file.path)
    if text == nil {
      names[folder]?.remove(fileName(of: file.path))
    } else {
      names[folder, default: []].insert(fileName(of: file.path))
    }
  }

  func kind(of path: String) -> FileKind? { texts[path] == nil ? disk.kind(of: path) : .file }

  func names(in directory: String) throws(FileSystemError) -> [String] {
    guard let own = names[directory], !own.isEmpty else { return try disk.names(in: directory) }
    let all = own.union((try? disk.names(in: directory)) ?? [])
    return all.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  func read(_ path: String) throws(FileSystemError) -> [UInt8] {
    if let text = texts[path] { return Array(text.utf8) }
    return try disk.read(path)
  }
}

/// Files in memory, for editors without a disk and for tests.
public struct MemoryFiles: ReadableFiles {
  private var texts: [String: String] = [:]

  public init(_ texts: [String: String] = [:]) {
    for (path, text) in texts { self.texts[normalize(path)] = text }
  }

  public subscript(file: FileID) -> String? {
    get { texts[file.path] }
    set { texts[file.path] = newValue }
  }

  public func kind(of path: String) -> FileKind? {
    if texts[path] != nil { return .file }
    let folder = path == "/" ? path : path + "/"
    return texts.keys.contains { $0.hasPrefix(folder) } ? .directory : nil
  }

  public func names(in directory: String) throws(FileSystemError) -> [String] {
    let folder = directory == "/" ? directory : directory + "/"
    let names = Set(
      texts.keys.filter { $0.hasPrefix(folder) }.compactMap { $0.dropFirst(folder.count).split(separator: "/").first })
    guard !names.isEmpty else { throw FileSystemError(path: directory, reason: "No such file or directory") }
    return names.map(String.init).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  public func read(_ path: String) throws(FileSystemError) -> [UInt8] {
    guard let text = texts[path] else { throw FileSystemError(path: path, reason: "No such file or directory") }
    return Array(text.utf8)
  }
}
