// A copy that is being written, and what is left of one whose process was killed.
//
// `NAME.PROCESS-RANDOM.partial` stands beside its place, and beside it `NAME.PROCESS-RANDOM.partial-lock`, which the
// process that writes keeps locked (flock). The system gives such a lock up when its process ends, however it ends, and so
// who can lock it knows that nobody writes any more. Process numbers come again, and mean nothing on another machine: the
// name has one for people who look. That a file is ours is told by the form of its name and by what the lock's file says.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

struct PartialFile {
  let path: String
  private let lock: FileLock

  private static let ending = ".partial"
  private static let lockEnding = "-lock"

  /// A new one, whose lock is held from now on. Its file does not exist yet.
  init(beside path: String) throws(DatabaseError) {
    let random = String(UInt64.random(in: 0 ... .max), radix: 16)
    self.path = "\(path).\(getpid())-\(String(repeating: "0", count: 16 - random.utf8.count))\(random)\(Self.ending)"
    lock = try FileLock(creating: self.path + Self.lockEnding, for: path)
  }

  /// Nothing of it is left.
  func discard() {
    Self.remove(path)
    release()
  }

  /// It has its place now.
  func release() { lock.remove() }

  /// Removes what killed processes left of copies in the folder of `path`, whatever they were to be called; nothing of a
  /// process that lives.
  static func removeAbandoned(beside path: String) {
    let folder = folder(of: path)
    for name in names(in: folder) where isOfLock(name) {
      let lockFile = "\(folder)/\(name)"
      guard let lock = FileLock(taking: lockFile) else { continue }
      remove(String(lockFile.dropLast(lockEnding.count)))
      lock.remove()
    }
  }

  private static func remove(_ path: String) {
    for ending in ["", "-journal", "-wal", "-shm"] { unlink(path + ending) }
  }

  /// Has the name exactly the form that is given above?
  private static func isOfLock(_ name: String) -> Bool {
    guard name.hasSuffix(ending + lockEnding) else { return false }
    let stem = name.dropLast(ending.count + lockEnding.count)
    guard let dot = stem.lastIndex(of: "."), dot > stem.startIndex else { return false }
    let parts = stem[stem.index(after: dot)...].split(separator: "-", omittingEmptySubsequences: false)
    return parts.count == 2 && !parts[0].isEmpty && parts[0].utf8.allSatisfy { (0x30...0x39).contains($0) }
      && parts[1].utf8.count == 16
      && parts[1].utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }

  private static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      names.append(
        withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: entry.pointee.d_name)) {
            String(cString: $0)
          }
        })
    }
    return names
  }
}

/// A file that is locked for as long as it is open, and says whose it is.
private struct FileLock {
  private let path: String
  private let descriptor: Int32

  init(creating path: String, for target: String) throws(DatabaseError) {
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      let reason = openingProblem(target, isToBeCreated: true, isToBeWritten: true) ?? String(cString: strerror(errno))
      throw DatabaseError(kind: .sqlite, code: .cannotOpen, message: "cannot write '\(target)': \(reason)")
    }
    flock(descriptor, LOCK_EX | LOCK_NB)
    _ = Self.signature.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    self.path = path
    self.descriptor = descriptor
  }

  /// nil when somebody has it, or it is gone, or it is none.
  init?(taking path: String) {
    let descriptor = open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    var status = stat()
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, fstat(descriptor, &status) == 0, Self.isSigned(descriptor, status),
      status.st_mode & S_IFMT == S_IFREG, time(nil) - Self.changed(status) >= Self.leastAge
    else {
      close(descriptor)
      return nil
    }
    self.path = path
    self.descriptor = descriptor
  }

  /// Its name goes before its lock does.
  func remove() {
    unlink(path)
    close(descriptor)
  }

  private static let signature = Array("sqlc-swift: a copy is being written\n".utf8)

  private static func isSigned(_ descriptor: Int32, _ status: stat) -> Bool {
    guard Int(status.st_size) == signature.count else { return false }
    var content = [UInt8](repeating: 0, count: signature.count)
    return content.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) } == content.count
      && content == signature
  }

  /// In seconds: between its making and its locking a file belongs to somebody too.
  private static let leastAge = 5

  private static func changed(_ status: stat) -> Int {
    #if canImport(Darwin)
      status.st_mtimespec.tv_sec
    #else
      status.st_mtim.tv_sec
    #endif
  }
}
