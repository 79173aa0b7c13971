// Waits for all sockets, in one thread that runs nobody's code: it only says "ready".

import CSQLCPolling
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What a connection waits for.
enum Interest: Sendable {
  case reading
  /// While it sends: who only writes while the other side does too waits forever.
  case readingAndWriting
}

/// One `epoll` or `kqueue` for the process.
final class Poller: Sendable {
  /// Made when the first connection is opened, and kept: the one of the process. When the system has no descriptor for it, that
  /// connection fails, and the next one tries again.
  private static let made = Mutex<Poller?>(nil)

  static func shared() throws(DatabaseError) -> Poller {
    let poller = made.withLock { made -> Result<Poller, DatabaseError> in
      if let made { return .success(made) }
      do throws(DatabaseError) {
        let poller = try Poller()
        made = poller
        return .success(poller)
      } catch { return .failure(error) }
    }
    return try poller.get()
  }

  private struct State {
    /// Encrypted sockets are looked at now and then: see ``Connection/receive()``.
    var encrypted: [ObjectIdentifier: PolledSocket] = [:]
    /// What the thread may have in its hands still.
    var leaving: [PolledSocket] = []
  }

  private let queue: CInt
  /// Written to when the thread has something to do besides sockets.
  private let bell: CInt
  private let state = Mutex(State())

  /// - Parameter openingQueue: gives its descriptor, or -1 and `errno`.
  init(openingQueue: () -> CInt = Poller.openQueue) throws(DatabaseError) {
    queue = openingQueue()
    #if os(Linux)
      if queue < 0 { throw Self.refused("epoll_create1") }
      bell = eventfd(0, CInt(EFD_CLOEXEC | EFD_NONBLOCK))
      if bell < 0 {
        let error = Self.refused("eventfd")
        close(queue)
        throw error
      }
      var event = epoll_event()
      event.events = EPOLLIN.rawValue
      event.data.ptr = nil
      epoll_ctl(queue, EPOLL_CTL_ADD, bell, &event)
    #else
      if queue < 0 { throw Self.refused("kqueue") }
      bell = 0
      var event = kevent(
        ident: 0, filter: Int16(EVFILT_USER), flags: UInt16(EV_ADD | EV_CLEAR), fflags: 0, data: 0, udata: nil)
      kevent(queue, &event, 1, nil, 0, nil)
    #endif
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setdetachstate(&attributes, CInt(PTHREAD_CREATE_DETACHED))
    // It lives as long as the process, as this object does.
    let context = Unmanaged.passUnretained(self).toOpaque()
    #if canImport(Darwin)
      var thread: pthread_t?
      pthread_create(&thread, &attributes, { Poller.main($0) }, context)
    #else
      var thread = pthread_t()
      pthread_create(&thread, &attributes, { $0.flatMap { Poller.main($0) } }, context)
    #endif
    pthread_attr_destroy(&attributes)
  }

  private static func main(_ context: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
    // Signals are the application's business.
    var all = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, nil)
    Unmanaged<Poller>.fromOpaque(context).takeUnretainedValue().run()
  }

  static func openQueue() -> CInt {
    #if os(Linux)
      epoll_create1(CInt(EPOLL_CLOEXEC))
    #else
      kqueue()
    #endif
  }

  private static func refused(_ call: String) -> DatabaseError {
    DatabaseError(kind: .connection, message: "cannot wait for sockets: \(call): \(String(cString: strerror(errno)))")
  }

  // MARK: Sockets

  /// The socket is kept until it leaves; one that the system refuses need not leave.
  func join(_ socket: PolledSocket, isEncrypted: Bool) throws(DatabaseError) {
    #if os(Linux)
      var event = epoll_event()
      event.events = 0
      event.data.ptr = Unmanaged.passUnretained(socket).toOpaque()
      guard epoll_ctl(queue, EPOLL_CTL_ADD, socket.descriptor, &event) == 0 else { throw Self.refused("epoll_ctl") }
      _ = Unmanaged.passRetained(socket)
    #else
      _ = Unmanaged.passRetained(socket)
    #endif
    if isEncrypted {
      let isFirst = state.withLock { state in
        state.encrypted[ObjectIdentifier(socket)] = socket
        return state.encrypted.count == 1
      }
      // The thread waits without a limit as long as there is none.
      if isFirst { ring() }
    }
  }

  /// From now on it is reported once, when it is ready; false when the system refuses.
  func arm(_ socket: PolledSocket, _ interest: Interest) -> Bool {
    #if os(Linux)
      var event = epoll_event()
      event.events = EPOLLIN.rawValue | EPOLLRDHUP.rawValue | EPOLLONESHOT.rawValue
      if interest == .readingAndWriting { event.events |= EPOLLOUT.rawValue }
      event.data.ptr = Unmanaged.passUnretained(socket).toOpaque()
      return epoll_ctl(queue, EPOLL_CTL_MOD, socket.descriptor, &event) == 0
    #else
      let context = Unmanaged.passUnretained(socket).toOpaque()
      var events = [
        kevent(
          ident: UInt(socket.descriptor), filter: Int16(EVFILT_READ), flags: UInt16(EV_ADD | EV_ONESHOT), fflags: 0,
          data: 0, udata: context)
      ]
      if interest == .readingAndWriting {
        events.append(
          kevent(
            ident: UInt(socket.descriptor), filter: Int16(EVFILT_WRITE), flags: UInt16(EV_ADD | EV_ONESHOT), fflags: 0,
            data: 0, udata: context))
      }
      return kevent(queue, &events, CInt(events.count), nil, 0, nil) == 0
    #endif
  }

  /// Before its descriptor is closed.
  func leave(_ socket: PolledSocket) {
    #if os(Linux)
      var event = epoll_event()
      epoll_ctl(queue, EPOLL_CTL_DEL, socket.descriptor, &event)
    #else
      for filter in [EVFILT_READ, EVFILT_WRITE] {
        var event = kevent(
          ident: UInt(socket.descriptor), filter: Int16(filter), flags: UInt16(EV_DELETE), fflags: 0, data: 0,
          udata: nil)
        // One that is not armed is not there.
        kevent(queue, &event, 1, nil, 0, nil)
      }
    #endif
    state.withLock { state in
      state.encrypted[ObjectIdentifier(socket)] = nil
      state.leaving.append(socket)
    }
    ring()
  }

  private func ring() {
    #if os(Linux)
      eventfd_write(bell, 1)
    #else
      var event = kevent(
        ident: 0, filter: Int16(EVFILT_USER), flags: 0, fflags: UInt32(NOTE_TRIGGER), data: 0, udata: nil)
      kevent(queue, &event, 1, nil, 0, nil)
    #endif
  }

  // MARK: The thread

  private static var batch: Int { 64 }

  private func run() -> Never {
    #if os(Linux)
      var events = [epoll_event](repeating: epoll_event(), count: Self.batch)
    #else
      var events: [kevent] = Array(repeating: kevent(), count: Self.batch)
    #endif
    var lastLook = ContinuousClock.now
    while true {
      let (encrypted, leaving) = state.withLock { state in
        defer { state.leaving = [] }
        return (state.encrypted.isEmpty ? [] : Array(state.encrypted.values), state.leaving)
      }
      // What left before this is in no batch any more: the last one has been dealt with.
      for socket in leaving { Unmanaged.passUnretained(socket).release() }
      if !encrypted.isEmpty, ContinuousClock.now - lastLook > .milliseconds(90) {
        lastLook = .now
        for socket in encrypted { socket.signal() }
      }
      #if os(Linux)
        let count = epoll_wait(queue, &events, CInt(Self.batch), encrypted.isEmpty ? -1 : 100)
      #else
        var limit = timespec(tv_sec: 0, tv_nsec: 100_000_000)
        let count =
          encrypted.isEmpty
          ? kevent(queue, nil, 0, &events, CInt(Self.batch), nil)
          : kevent(queue, nil, 0, &events, CInt(Self.batch), &limit)
      #endif
      guard count > 0 else {
        // Of an error that stays (the descriptor was closed by others) a loop without a pause would take a core.
        if count < 0, errno != EINTR { usleep(10_000) }
        continue
      }
      for index in 0..<Int(count) {
        #if os(Linux)
          let context = events[index].data.ptr
        #else
          let context = events[index].udata
        #endif
        guard let context else {
          #if os(Linux)
            var value: eventfd_t = 0
            eventfd_read(bell, &value)
          #endif
          continue
        }
        Unmanaged<PolledSocket>.fromOpaque(context).takeUnretainedValue().signal()
      }
    }
  }
}

/// A socket, and the one task that waits for it.
final class PolledSocket: Sendable {
  let descriptor: CInt
  let poller: Poller
  /// 0: nobody waits. 1: woken before anybody waited. Else the continuation of who does: a word
  /// (`UnsafeContinuation` is frozen, one pointer).
  private let waiting = Atomic<UInt>(0)

  init(_ descriptor: CInt, _ poller: Poller) {
    self.descriptor = descriptor
    self.poller = poller
  }

  /// Waits until the socket is ready, or until `wake()`; it may also return for nothing.
  nonisolated(nonsending) func wait(for interest: Interest) async {
    await withUnsafeContinuation { (continuation: UnsafeContinuation<Void, Never>) in
      resume(continuation, when: interest)
    }
  }

  /// The same, for a task that is suspended already. From then on the socket is the task's alone.
  func resume(_ continuation: UnsafeContinuation<Void, Never>, when interest: Interest) {
    // What is reported before the continuation stands there is remembered. Once it does, the task may have run on, and closed
    // the descriptor: nothing is done with it after that.
    let isArmed = poller.arm(self, interest)
    let word = unsafeBitCast(continuation, to: UInt.self)
    guard isArmed,
      waiting.compareExchange(expected: 0, desired: word, ordering: .acquiringAndReleasing).exchanged
    else {
      waiting.store(0, ordering: .releasing)
      return continuation.resume()
    }
  }

  /// Resumes who waits, or else who waits next.
  func signal() {
    var word = waiting.load(ordering: .acquiring)
    while word != 1 {
      let outcome = waiting.compareExchange(
        expected: word, desired: word == 0 ? 1 : 0, ordering: .acquiringAndReleasing)
      if outcome.exchanged {
        if word > 1 { unsafeBitCast(word, to: UnsafeContinuation<Void, Never>.self).resume() }
        return
      }
      word = outcome.original
    }
  }

  /// Ends the present wait, or else the next one.
  func wake() {
    let word = waiting.exchange(1, ordering: .acquiringAndReleasing)
    guard word > 1 else { return }
    waiting.store(0, ordering: .releasing)
    unsafeBitCast(word, to: UnsafeContinuation<Void, Never>.self).resume()
  }
}
