// The real disk.

import Foundation
public import SQLCAnalysis

/// The operating system's files.
public struct LocalFileSystem: FileSystem {
  public init() {}

  public func kind(of path: String) -> FileKind? {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else { return nil }
    return isDirectory.boolValue ? .directory : .file
  }

  public func destination(ofLink path: String) -> String? {
    try? FileManager.default.destinationOfSymbolicLink(atPath: path)
  }

  public func names(in directory: String) throws(FileSystemError) -> [String] {
    do {
      let names = try FileManager.default.contentsOfDirectory(atPath: directory)
      return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    } catch {
      throw failure(directory, error)
    }
  }

  public func read(_ path: String) throws(FileSystemError) -> [UInt8] {
    do {
      return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
      throw failure(path, error)
    }
  }

  public func createDirectory(_ path: String) throws(FileSystemError) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw failure(path, error)
    }
  }

  public func write(_ bytes: [UInt8], to path: String) throws(FileSystemError) {
    do {
      try Data(bytes).write(to: URL(fileURLWithPath: path), options: .withoutOverwriting)
      let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
      try handle.synchronize()
      try handle.close()
    } catch {
      throw failure(path, error)
    }
  }

  public func rename(_ old: String, to new: String) throws(FileSystemError) {
    guard Foundation.rename(old, new) == 0 else {
      throw FileSystemError(path: new, reason: String(cString: strerror(errno)))
    }
  }

  public func remove(_ path: String) throws(FileSystemError) {
    guard Foundation.unlink(path) == 0 else {
      throw FileSystemError(path: path, reason: String(cString: strerror(errno)))
    }
  }

  /// The system's words where there are some ("Permission denied"), Foundation's otherwise.
  private func failure(_ path: String, _ error: any Error) -> FileSystemError {
    let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
    if let underlying, underlying.domain == NSPOSIXErrorDomain {
      return FileSystemError(path: path, reason: String(cString: strerror(Int32(underlying.code))))
    }
    return FileSystemError(path: path, reason: error.localizedDescription)
  }
}
