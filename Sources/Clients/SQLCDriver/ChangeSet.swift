// What generating would change on the disk, before anything is touched.

import SQLCAnalysis
import SQLCDiagnostics
import SQLCModel

/// One file of an output folder, as it is and as it should be.
package struct FileChange: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    case create(new: String)
    case modify(old: String, new: String)
    /// We wrote it once, and nothing generates it any more.
    case deleteOrphan(old: String)
    case unchanged
    /// Only its line ends are others, as a version control system makes them: no drift, and not rewritten.
    case otherLineEnds
  }
  /// Absolute.
  package var path: String
  package var kind: Kind
}

extension FileChange {
  /// Would `generate` touch the file?
  package var isDrift: Bool {
    switch kind {
    case .create, .modify, .deleteOrphan: true
    case .unchanged, .otherLineEnds: false
    }
  }
}

package struct ChangeSet: Sendable, Hashable {
  /// By path.
  package var changes: [FileChange] = []

  package var isEmpty: Bool { !changes.contains(where: \.isDrift) }
}

/// Holds generated files against an output folder.
///
/// A file there that does not carry `header` was written by someone else: in the way of ours it is an error, otherwise it
/// is left alone. So is a symbolic link, whatever it leads to.
func planChanges(
  _ files: [GeneratedFile], in folder: String, named name: OutputName, header: String, on fileSystem: any FileSystem
) -> Diagnosed<ChangeSet> {
  var diagnostics: [Diagnostic] = []
  var result = ChangeSet()
  var expected: Set<String> = []
  switch fileSystem.kind(of: folder) {
  case .file: return Diagnosed(result, [DriverDiagnostic.outputIsFile(path: name.text).at(name.source)])
  case .directory, nil: break
  }
  for file in files {
    let path = join(folder, file.path)
    expected.insert(path)
    guard !fileSystem.isLink(path) else {
      diagnostics.append(DriverDiagnostic.linkedOutput(path: name.text + "/" + file.path).at(name.source))
      continue
    }
    guard fileSystem.kind(of: path) != nil else {
      result.changes.append(FileChange(path: path, kind: .create(new: file.text)))
      continue
    }
    guard let old = text(at: path, fileSystem), old.hasPrefix(header) else {
      diagnostics.append(DriverDiagnostic.foreignFile(path: name.text + "/" + file.path).at(name.source))
      continue
    }
    result.changes.append(FileChange(path: path, kind: change(from: old, to: file.text)))
  }
  for entry in (try? fileSystem.names(in: folder)) ?? [] where entry.hasSuffix(".swift") {
    let path = join(folder, entry)
    guard !expected.contains(path), !fileSystem.isLink(path), let old = text(at: path, fileSystem),
      old.hasPrefix(header)
    else { continue }
    result.changes.append(FileChange(path: path, kind: .deleteOrphan(old: old)))
  }
  result.changes.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  return Diagnosed(result, diagnostics)
}

/// Bytes are compared, since two spellings of one letter are equal strings to Swift.
private func change(from old: String, to new: String) -> FileChange.Kind {
  if areSameBytes(old, new) { return .unchanged }
  return areSameBytes(withLineFeeds(old), withLineFeeds(new)) ? .otherLineEnds : .modify(old: old, new: new)
}

private func areSameBytes(_ a: String, _ b: String) -> Bool {
  guard a.utf8.count == b.utf8.count else { return false }
  let areSame = a.utf8.withContiguousStorageIfAvailable { first in
    b.utf8.withContiguousStorageIfAvailable { first.elementsEqual($0) }
  }
  return (areSame ?? nil) ?? a.utf8.elementsEqual(b.utf8)
}

/// The text with every CR LF and every CR as LF.
func withLineFeeds(_ text: String) -> String {
  let (carriageReturn, lineFeed) = (UInt8(ascii: "\r"), UInt8(ascii: "\n"))
  guard text.utf8.contains(carriageReturn) else { return text }
  var bytes: [UInt8] = []
  bytes.reserveCapacity(text.utf8.count)
  var previous: UInt8?
  for byte in text.utf8 {
    if byte == carriageReturn {
      bytes.append(lineFeed)
    } else if byte != lineFeed || previous != carriageReturn {
      bytes.append(byte)
    }
    previous = byte
  }
  return String(decoding: bytes, as: UTF8.self)
}

/// A name from the configuration and where it stands.
struct OutputName {
  var text: String
  var source: SourceRange
}

private func text(at path: String, _ fileSystem: any FileSystem) -> String? {
  guard let bytes = try? fileSystem.read(path) else { return nil }
  return String(decoding: bytes, as: UTF8.self)
}
