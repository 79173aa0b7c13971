// Where the configuration is: in the folder, or in the nearest one above it that has one.

package import SQLCDiagnostics

/// Where to look.
public struct ProjectLocation: Sendable, Hashable {
  /// The names tried, in this order, when no file is named.
  public static let defaultNames = ["sqlc-swift.yaml", "sqlc-swift.yml", "sqlc-swift.json"]

  /// The configuration, relative to `directory`; absent: the first of `defaultNames` there or, if there is none, in the
  /// nearest folder above.
  public var file: String?
  /// Relative to `workingDirectory`; absent: that itself.
  public var directory: String?
  /// Absolute.
  public var workingDirectory: String
  public var shownPaths: ShownPaths

  /// How diagnostics show where files are.
  public enum ShownPaths: Sendable, Hashable {
    /// Seen from the working directory.
    case relative
    /// For those who stand elsewhere than the tool: editors that show the output of a build.
    case absolute
  }

  public init(
    file: String? = nil, directory: String? = nil, workingDirectory: String, shownPaths: ShownPaths = .relative
  ) {
    self.file = file
    self.directory = directory
    self.workingDirectory = workingDirectory
    self.shownPaths = shownPaths
  }

  /// How diagnostics show a path.
  func shown(_ path: String) -> String {
    switch shownPaths {
    case .relative: relativePath(path, from: workingDirectory)
    case .absolute: path
    }
  }
}

/// The folder that a location means; absolute.
package func startFolder(of location: ProjectLocation) -> String {
  location.directory.map { join(location.workingDirectory, $0) } ?? location.workingDirectory
}

/// The configuration's absolute path. A file that is named is looked for where it is said to be and nowhere else.
package func findConfiguration(at location: ProjectLocation, from files: any ReadableFiles) -> Diagnosed<String?> {
  let directory = startFolder(of: location)
  func shown(_ path: String) -> SourceRange {
    SourceRange(path: location.shown(path), range: ByteRange(at: 0))
  }
  if let named = location.directory, files.kind(of: directory) != .directory {
    return Diagnosed(nil, [ProjectDiagnostic.missingFolder(path: named).at(shown(directory))])
  }
  if let file = location.file {
    let path = join(directory, file)
    if files.kind(of: path) == .file { return Diagnosed(path) }
    return Diagnosed(nil, [ProjectDiagnostic.missingConfiguration(names: [file], sqlc: nil).at(shown(path))])
  }
  let names = ProjectLocation.defaultNames
  for folder in folders(from: directory) {
    if let name = names.first(where: { files.kind(of: join(folder, $0)) == .file }) {
      return Diagnosed(join(folder, name))
    }
  }
  let sqlc = ["sqlc.yaml", "sqlc.yml", "sqlc.json"].first { files.kind(of: join(directory, $0)) == .file }
  return Diagnosed(
    nil, [ProjectDiagnostic.missingConfiguration(names: names, sqlc: sqlc).at(shown(join(directory, names[0])))])
}

/// A folder and those it lies in, up to the root.
private func folders(from start: String) -> [String] {
  var folders = [normalize(start)]
  while let last = folders.last, last != "/" { folders.append(parent(of: last)) }
  return folders
}
