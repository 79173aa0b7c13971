// Linux: inotify(7). Folders are watched, never files, so that an editor that saves by renaming is seen as one that writes.

#if os(Linux) || os(Android)
  import Foundation
  import Synchronization

  final class InotifyEvents: FileEventSource {
    private let queue: Descriptor
    private let pipe: WakePipe
    /// The paths of each watch. Two paths can lead to one folder, and the system has one watch for both.
    private let paths = Mutex<[Int32: Set<String>]>([:])

    private static let mask = UInt32(
      IN_CREATE | IN_DELETE | IN_MODIFY | IN_CLOSE_WRITE | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB | IN_DELETE_SELF
        | IN_MOVE_SELF | IN_ONLYDIR)

    init() throws(FileEventsError) {
      queue = try Descriptor(
        inotify_init1(Int32(IN_CLOEXEC) | Int32(IN_NONBLOCK)), "cannot watch files")
      pipe = try WakePipe()
    }

    func watch(_ wanted: WatchedPaths) throws(FileEventsError) -> WatchChange {
      // A path is asked for anew each time: another folder may stand there than the one that is watched.
      var found: [Int32: Set<String>] = [:]
      for folder in wanted.folders.sorted() {
        let watch = inotify_add_watch(queue.number, folder, Self.mask)
        if watch >= 0 {
          found[watch, default: []].insert(folder)
        } else if errno == ENOSPC {
          throw failure(
            "cannot watch '\(folder)'",
            hint: ": raise fs.inotify.max_user_watches, the number of folders a user may watch")
        }
        // What is not there, or may not be read, has a folder whose events tell when that changes.
      }
      let known = paths.withLock { known in
        defer { known = found }
        return known
      }
      for watch in known.keys where found[watch] == nil { inotify_rm_watch(queue.number, watch) }
      return found.contains { !$0.value.isSubset(of: known[$0.key] ?? []) } ? .more : .same
    }

    func next(within limit: Duration?) throws(FileEventsError) -> [FileEvent] {
      var waiting = [
        pollfd(fd: queue.number, events: Int16(POLLIN), revents: 0),
        pollfd(fd: pipe.reading.number, events: Int16(POLLIN), revents: 0),
      ]
      guard poll(&waiting, 2, limit?.milliseconds ?? -1) >= 0 else {
        if errno == EINTR { return [] }
        throw failure("cannot wait for files to change")
      }
      if waiting[1].revents != 0 { pipe.drain() }
      return waiting[0].revents == 0 ? [] : try events()
    }

    func wake() { pipe.wake() }

    private func events() throws(FileEventsError) -> [FileEvent] {
      let size = 64 * 1024
      let buffer = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: MemoryLayout<inotify_event>.alignment)
      defer { buffer.deallocate() }
      let count = read(queue.number, buffer, size)
      guard count > 0 else {
        if count == 0 || errno == EAGAIN || errno == EINTR { return [] }
        throw failure("cannot read what files have changed")
      }
      var found: [FileEvent] = []
      var offset = 0
      while offset + MemoryLayout<inotify_event>.size <= count {
        let event = buffer.loadUnaligned(fromByteOffset: offset, as: inotify_event.self)
        let name = (buffer + offset + MemoryLayout<inotify_event>.size).assumingMemoryBound(to: CChar.self)
        found += describe(event, name: event.len == 0 ? nil : String(cString: name))
        offset += MemoryLayout<inotify_event>.size + Int(event.len)
      }
      return found
    }

    private func describe(_ event: inotify_event, name: String?) -> [FileEvent] {
      if event.mask & UInt32(IN_Q_OVERFLOW) != 0 { return [.overflow] }
      let folders = paths.withLock { $0[event.wd] ?? [] }
      guard let name else { return folders.map { .path($0) } }
      let progress: FileEvent.Progress = event.mask & UInt32(IN_MODIFY) != 0 ? .writing : .done
      return folders.map { .entry(path: ($0 == "/" ? "" : $0) + "/" + name, progress) }
    }
  }
#endif
