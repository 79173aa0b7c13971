// From what the configuration names (a file, a folder, a pattern, a list of them) to source files.

import SQLCConfiguration
package import SQLCDiagnostics
import SQLCMigrations

/// Reads files once each, names them by their path from the configuration's folder, and keeps them for the renderer.
package struct InputReader {
  let fileSystem: any ReadableFiles
  /// The folder of the configuration; absolute.
  let base: String
  /// Where the user stands.
  let location: ProjectLocation
  package private(set) var sources = SourceSet()
  package private(set) var diagnostics: [Diagnostic] = []
  private var byPath: [String: SourceFile] = [:]
  /// Folders that entries name, for what lies deeper in them.
  private var folders: [(path: String, entry: Located<String>, what: String)] = []

  package init(fileSystem: any ReadableFiles, base: String, location: ProjectLocation) {
    self.fileSystem = fileSystem
    self.base = base
    self.location = location
  }

  /// Every file that the entries name, each once, in the order of the entries and, within one, of the migrations'
  /// versions or else of the names: the order in which a disk lists them never matters.
  mutating func files(for entries: [Located<String>], as what: String) -> [SourceFile] {
    var seen: Set<String> = []
    var result: [SourceFile] = []
    for entry in entries {
      for path in inMigrationOrder(paths(for: entry, as: what)) where seen.insert(path).inserted {
        if let source = read(path, mentionedAt: entry.source) { result.append(source) }
      }
    }
    return result
  }

  /// The text of one file, with a byte order mark at its start removed and every line end read as `\n`, as Swift reads
  /// those of its own string literals: the same queries give the same code whatever a version control system did to
  /// them. Nothing when the file cannot be read.
  package mutating func read(_ path: String, mentionedAt mention: SourceRange?) -> SourceFile? {
    let name = relativePath(path, from: base)
    if let known = byPath[name] { return known }
    let start = SourceRange(path: name, range: ByteRange(at: 0))
    do throws(FileSystemError) {
      let bytes = try fileSystem.read(path)
      guard let text = sourceText(of: bytes) else {
        let valid = validPrefix(of: withoutByteOrderMark(bytes))
        let source = SourceFile(path: name, text: valid)
        register(source, at: path)
        diagnostics.append(ProjectDiagnostic.invalidUTF8(offset: valid.utf8.count).at(start))
        return nil
      }
      let source = SourceFile(path: name, text: text)
      register(source, at: path)
      byPath[name] = source
      return source
    } catch {
      register(SourceFile(path: name, text: ""), at: path)
      diagnostics.append(ProjectDiagnostic.unreadableFile(reason: error.reason).at(start))
      return nil
    }
  }

  private mutating func register(_ source: SourceFile, at path: String) {
    sources.insert(source, displayedAs: location.shown(path))
  }

  /// A folder stands for the files in it. What lies in folders inside it, and no other entry reads, is said to be left out.
  mutating func diagnoseUnreadFolders() {
    var said: Set<String> = []
    for (folder, entry, what) in folders {
      for name in (try? fileSystem.names(in: folder)) ?? [] where !name.hasPrefix(".") {
        let path = folder + "/" + name
        guard fileSystem.kind(of: path) == .directory, said.insert(path).inserted else { continue }
        let unread = descendants(of: path).flatMap { deeper in
          ((try? fileSystem.names(in: deeper)) ?? []).filter {
            $0.hasSuffix(".sql") && !$0.hasPrefix(".") && byPath[relativePath(deeper + "/" + $0, from: base)] == nil
          }
        }
        guard !unread.isEmpty else { continue }
        let shown = relativePath(path, from: base)
        diagnostics.append(
          ProjectDiagnostic.unreadFolder(path: shown, files: unread.count, what: what).at(entry.source))
      }
    }
  }

  private mutating func paths(for entry: Located<String>, as what: String) -> [String] {
    let pattern = entry.value
    if pattern.contains("*") || pattern.contains("?") {
      let found = expand(join(base, pattern))
      if found.isEmpty {
        diagnostics.append(ProjectDiagnostic.unmatchedPattern(pattern: pattern, what: what).at(entry.source))
      }
      return found
    }
    let path = join(base, pattern)
    switch fileSystem.kind(of: path) {
    case .file:
      return [path]
    case .directory:
      folders.append((path, entry, what))
      do throws(FileSystemError) {
        let files = try fileSystem.names(in: path)
          .filter { $0.hasSuffix(".sql") && !$0.hasPrefix(".") }
          .map { path + "/" + $0 }
          .filter { fileSystem.kind(of: $0) == .file }
        if files.isEmpty {
          diagnostics.append(ProjectDiagnostic.emptyFolder(path: pattern, what: what).at(entry.source))
        }
        return files
      } catch {
        diagnostics.append(ProjectDiagnostic.unreadableFolder(path: pattern, reason: error.reason).at(entry.source))
        return []
      }
    case nil:
      var diagnostic = ProjectDiagnostic.missingPath(path: pattern, what: what).at(entry.source)
      let siblings = (try? fileSystem.names(in: parent(of: path))) ?? []
      let near = nearestNames(to: fileName(of: path), among: siblings)
      if !near.isEmpty {
        diagnostic.primary.text = "did you mean \(near.map { "'\($0)'" }.joined(separator: " or "))?"
      }
      diagnostics.append(diagnostic)
      return []
    }
  }

  /// Files that match a pattern, component by component; `**` stands for any number of folders.
  private func expand(_ pattern: String) -> [String] {
    var folders = [""]
    let parts = pattern.split(separator: "/")
    for (index, part) in parts.enumerated() {
      let isLast = index == parts.count - 1
      var next: [String] = []
      for folder in folders {
        if part == "**" {
          next += descendants(of: folder)
        } else if part.contains("*") || part.contains("?") {
          let names = (try? fileSystem.names(in: folder.isEmpty ? "/" : folder)) ?? []
          for name in names where !name.hasPrefix(".") && matches(name[...], pattern: part) {
            next.append(folder + "/" + name)
          }
        } else {
          next.append(folder + "/" + part)
        }
      }
      folders = next.filter { fileSystem.kind(of: $0) == (isLast ? .file : .directory) }
    }
    return folders
  }

  private func descendants(of folder: String) -> [String] {
    var result = [folder]
    for name in (try? fileSystem.names(in: folder.isEmpty ? "/" : folder)) ?? [] where !name.hasPrefix(".") {
      let path = folder + "/" + name
      if fileSystem.kind(of: path) == .directory { result += descendants(of: path) }
    }
    return result
  }

  private func validPrefix(of bytes: ArraySlice<UInt8>) -> String {
    // The decoder repairs what is wrong with U+FFFD; up to the first repair the bytes are those of the file.
    let repaired = String(decoding: bytes, as: UTF8.self)
    var count = 0
    for (original, decoded) in zip(bytes, repaired.utf8) {
      guard original == decoded else { break }
      count += 1
    }
    while count > 0, String(validating: bytes.prefix(count), as: UTF8.self) == nil { count -= 1 }
    return String(decoding: bytes.prefix(count), as: UTF8.self)
  }
}

/// A file's text as everything reads it: without the byte order mark at its start, every line end `\n`. Nothing when it is not
/// UTF-8.
func sourceText(of bytes: [UInt8]) -> String? {
  String(validating: withoutByteOrderMark(bytes), as: UTF8.self).map(withoutCarriageReturns)
}

private func withoutByteOrderMark(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
  bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
}

private func withoutCarriageReturns(_ text: String) -> String {
  guard text.utf8.contains(UInt8(ascii: "\r")) else { return text }
  var bytes: [UInt8] = []
  bytes.reserveCapacity(text.utf8.count)
  for byte in text.utf8 {
    if byte == UInt8(ascii: "\n"), bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
    bytes.append(byte)
  }
  return String(decoding: bytes, as: UTF8.self)
}
