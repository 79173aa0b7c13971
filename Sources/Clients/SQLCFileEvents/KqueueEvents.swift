// Apple's systems and the BSDs: kqueue(2). It watches open files and names no entries, so files are watched beside folders.

#if !(os(Linux) || os(Android))
  import CSQLCPolling
  import Foundation
  import Synchronization

  final class KqueueEvents: FileEventSource {
    /// What stands at a path, kept open; another file at the same path is another one.
    private struct Watch: Sendable {
      var descriptor: Descriptor
      var device: UInt64
      var file: UInt64
    }

    private let queue: Descriptor
    private let pipe: WakePipe
    private let watches = Mutex<[String: Watch]>([:])

    init() throws(FileEventsError) {
      queue = try Descriptor(kqueue(), "cannot watch files")
      pipe = try WakePipe()
      try add(pipe.reading.number, filter: Int16(EVFILT_READ), flags: 0)
    }

    func watch(_ wanted: WatchedPaths) throws(FileEventsError) -> WatchChange {
      var known = watches.withLock { $0 }
      var change = WatchChange.same
      let paths = wanted.folders.union(wanted.files)
      // A descriptor that is closed takes its watch along.
      for path in known.keys where !paths.contains(path) { known[path] = nil }
      for path in paths.sorted() {
        #if canImport(Darwin)
          let number = open(path, O_EVTONLY | O_CLOEXEC)
        #else
          let number = open(path, O_RDONLY | O_CLOEXEC)
        #endif
        guard number >= 0 else {
          let code = errno
          known[path] = nil
          if code == EMFILE || code == ENFILE {
            throw failure("cannot watch '\(path)'", code, hint: ": raise the number of open files ('ulimit -n')")
          }
          // What is not there, or may not be read, has a folder whose events tell when that changes.
          continue
        }
        let descriptor = try Descriptor(number, "")
        var about = stat()
        guard fstat(number, &about) == 0 else { continue }
        let (device, file) = (UInt64(truncatingIfNeeded: about.st_dev), UInt64(truncatingIfNeeded: about.st_ino))
        if let old = known[path], old.device == device, old.file == file { continue }
        try add(
          number, filter: Int16(EVFILT_VNODE),
          flags: UInt32(NOTE_WRITE | NOTE_EXTEND | NOTE_DELETE | NOTE_RENAME | NOTE_ATTRIB | NOTE_REVOKE))
        known[path] = Watch(descriptor: descriptor, device: device, file: file)
        change = .more
      }
      watches.withLock { $0 = known }
      return change
    }

    func next(within limit: Duration?) throws(FileEventsError) -> [FileEvent] {
      var found: [kevent] = Array(repeating: kevent(), count: 256)
      let milliseconds = limit?.milliseconds ?? 0
      var time = timespec(tv_sec: Int(milliseconds / 1000), tv_nsec: Int(milliseconds % 1000) * 1_000_000)
      let count =
        limit == nil
        ? kevent(queue.number, nil, 0, &found, Int32(found.count), nil)
        : kevent(queue.number, nil, 0, &found, Int32(found.count), &time)
      guard count >= 0 else {
        if errno == EINTR { return [] }
        throw failure("cannot wait for files to change")
      }
      let changed = Set(found.prefix(Int(count)).map { Int32(truncatingIfNeeded: $0.ident) })
      if changed.contains(pipe.reading.number) { pipe.drain() }
      return watches.withLock { $0.filter { changed.contains($0.value.descriptor.number) }.map { .path($0.key) } }
    }

    func wake() { pipe.wake() }

    private func add(_ descriptor: Int32, filter: Int16, flags: UInt32) throws(FileEventsError) {
      var change = kevent()
      change.ident = UInt(descriptor)
      change.filter = filter
      change.flags = UInt16(EV_ADD | EV_CLEAR)
      change.fflags = flags
      guard kevent(queue.number, &change, 1, nil, 0, nil) == 0 else { throw failure("cannot watch files") }
    }
  }
#endif
