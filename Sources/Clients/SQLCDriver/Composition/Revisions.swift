// An older state of a project: a folder, or a commit of git.

import Foundation
import SQLCAnalysis

/// Why an older state cannot be read.
struct RevisionFault: Error { var text: String }

/// The files of a commit, read through git; where they are in the working tree is where they are found.
final class RevisionFiles: ReadableFiles {
  private struct Entry: Sendable {
    var object: String
    var isLink: Bool
  }

  private let root: String
  /// By absolute path.
  private let entries: [String: Entry]
  /// Names in each folder, by its absolute path.
  private let folders: [String: [String]]

  /// - Parameters:
  ///   - reference: a branch, a tag, a hash: whatever git takes for a commit.
  ///   - folder: absolute, inside of the working tree.
  init(_ reference: String, at folder: String) throws(RevisionFault) {
    func git(_ arguments: String...) throws(RevisionFault) -> [UInt8] { try SQLCDriver.git(arguments, in: folder) }
    func line(_ bytes: [UInt8]) -> String {
      String(String(decoding: bytes, as: UTF8.self).prefix { !$0.isNewline })
    }
    root = line(try git("rev-parse", "--show-toplevel"))
    let commit = line(
      try git("rev-parse", "--verify", "--quiet", "--end-of-options", "\(reference)^{commit}"))
    var entries: [String: Entry] = [:]
    var folders: [String: Set<String>] = [root: []]
    // MODE TYPE OBJECT<tab>PATH, and a NUL behind each.
    for line in try git("ls-tree", "-r", "-z", "--full-tree", commit).split(separator: 0) {
      let parts = String(decoding: line, as: UTF8.self).split(separator: "\t", maxSplits: 1)
      let words = parts.first?.split(separator: " ") ?? []
      guard parts.count == 2, words.count == 3, words[1] == "blob" else { continue }
      var path = join(root, String(parts[1]))
      entries[path] = Entry(object: String(words[2]), isLink: words[0] == "120000")
      while path != root, path.contains("/") {
        let folder = parent(of: path)
        folders[folder, default: []].insert(fileName(of: path))
        path = folder
      }
    }
    self.entries = entries
    self.folders = folders.mapValues { names in names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }
  }

  func kind(of path: String) -> FileKind? {
    guard let found = resolved(path) else { return nil }
    return folders[found] != nil ? .directory : entries[found] != nil ? .file : nil
  }

  func names(in directory: String) throws(FileSystemError) -> [String] {
    guard let found = resolved(directory), let names = folders[found] else {
      throw FileSystemError(path: directory, reason: "No such file or directory")
    }
    return names
  }

  func read(_ path: String) throws(FileSystemError) -> [UInt8] {
    guard let found = resolved(path), let entry = entries[found] else {
      throw FileSystemError(path: path, reason: "No such file or directory")
    }
    do throws(RevisionFault) {
      return try git(["cat-file", "blob", entry.object], in: root)
    } catch {
      throw FileSystemError(path: path, reason: error.text)
    }
  }

  /// Through symbolic links, which stand in the tree as what they lead to; nothing for a circle of them.
  private func resolved(_ path: String) -> String? {
    var path = normalize(path)
    for _ in 0..<32 {
      guard let entry = entries[path], entry.isLink else { return path }
      guard let target = try? git(["cat-file", "blob", entry.object], in: root) else { return nil }
      path = normalize(join(parent(of: path), String(decoding: target, as: UTF8.self)))
    }
    return nil
  }
}

/// What git prints.
private func git(_ arguments: [String], in folder: String) throws(RevisionFault) -> [UInt8] {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = ["git", "-C", folder] + arguments
  let (output, errors) = (Pipe(), Pipe())
  process.standardInput = FileHandle.nullDevice
  process.standardOutput = output
  process.standardError = errors
  do {
    try process.run()
  } catch {
    throw RevisionFault(text: "git cannot be run: \(error.localizedDescription)")
  }
  // What git says of an error is shorter than what a pipe holds.
  let data = output.fileHandleForReading.readDataToEndOfFile()
  let said = errors.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  guard process.terminationStatus == 0 else {
    let text = String(decoding: said, as: UTF8.self).split(whereSeparator: \.isNewline).first.map(String.init)
    throw RevisionFault(text: text ?? "git knows no such commit")
  }
  return [UInt8](data)
}
