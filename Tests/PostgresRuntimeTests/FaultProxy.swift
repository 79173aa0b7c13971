import Foundation
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Stands between client and server, on sockets of this machine, and does what networks do.
nonisolated final class FaultProxy: Sendable {
  enum Direction: Sendable { case toServer, toClient }

  /// What happens to a connection.
  enum Fault: Sendable {
    case none
    /// One byte at a time.
    case dribble
    /// Both ends are closed after so many bytes.
    case cut(Direction, after: Int)
    /// Nothing more comes after so many bytes, and nothing is closed.
    case silence(Direction, after: Int)
  }

  /// Where a socket is.
  enum Place: Sendable {
    case folder(String)
    /// Of this machine.
    case port(Int)
  }

  /// Of its socket, where the server has one too.
  let folder: String
  /// Where the server has one too.
  let port: Int
  private let server: Place
  private let listener: CInt
  private let fault: Mutex<Fault>
  /// Bytes that have come through, in both directions.
  private let passed = Mutex<[Int]>([0, 0])
  private let descriptors = Mutex<Set<CInt>>([])

  /// - Parameter server: the folder of the server's socket.
  convenience init(_ server: String) throws { try self.init(.folder(server)) }

  init(_ server: Place) throws {
    self.server = server
    folder = NSTemporaryDirectory() + unique("proxy")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    fault = Mutex(.none)
    switch server {
    case .folder:
      port = 5432
      listener = socket(AF_UNIX, streamKind, 0)
      let bound = withAddress(folder + "/.s.PGSQL.5432") { bind(listener, $0, $1) }
      guard bound == 0, listen(listener, 64) == 0 else { throw CocoaError(.fileWriteUnknown) }
    case .port:
      let tcp = try TCPListener(port: 0)
      port = tcp.port
      listener = tcp.descriptor
    }
    let thread = Thread { [listener, self] in
      while true {
        let client = accept(listener, nil, nil)
        guard client >= 0 else { return }
        serve(client)
      }
    }
    thread.start()
  }

  /// For the connections that come from now on.
  func set(_ fault: Fault) { self.fault.withLock { $0 = fault } }

  /// Bytes so far, and from now on from zero.
  func takeCounts() -> (toServer: Int, toClient: Int) {
    passed.withLock { passed in
      defer { passed = [0, 0] }
      return (passed[0], passed[1])
    }
  }

  func stop() {
    shutdown(listener, CInt(SHUT_RDWR))
    close(listener)
    for descriptor in descriptors.withLock({ $0 }) { shutdown(descriptor, CInt(SHUT_RDWR)) }
    try? FileManager.default.removeItem(atPath: folder)
  }

  private func serve(_ client: CInt) {
    let fault = fault.withLock { $0 }
    let (upstream, isConnected) = connected()
    guard isConnected else {
      close(client)
      close(upstream)
      return
    }
    descriptors.withLock { $0.formUnion([client, upstream]) }
    let open = Mutex(2)
    let ends = Ends(client: client, upstream: upstream, open: open)
    for direction in [Direction.toServer, .toClient] {
      Thread { [self] in
        pump(direction, fault, ends)
        // Both ways have to end before the numbers can be given to others.
        if ends.leave() {
          descriptors.withLock { $0.subtract([client, upstream]) }
          close(client)
          close(upstream)
        }
      }.start()
    }
  }

  private func connected() -> (descriptor: CInt, isConnected: Bool) {
    switch server {
    case .folder(let folder):
      let upstream = socket(AF_UNIX, streamKind, 0)
      return (upstream, withAddress(folder + "/.s.PGSQL.5432") { connect(upstream, $0, $1) } == 0)
    case .port(let port):
      let upstream = socket(AF_INET, streamKind, 0)
      var address = loopback(port)
      let result = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          connect(upstream, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
      }
      return (upstream, result == 0)
    }
  }

  private final class Ends: Sendable {
    let client: CInt
    let upstream: CInt
    private let open: Mutex<Int>
    init(client: CInt, upstream: CInt, open: consuming sending Mutex<Int>) {
      self.client = client
      self.upstream = upstream
      self.open = open
    }
    func leave() -> Bool {
      open.withLock { open in
        open -= 1
        return open == 0
      }
    }
    func cut() {
      shutdown(client, CInt(SHUT_RDWR))
      shutdown(upstream, CInt(SHUT_RDWR))
    }
  }

  private func pump(_ direction: Direction, _ fault: Fault, _ ends: Ends) {
    let (from, to) = direction == .toServer ? (ends.client, ends.upstream) : (ends.upstream, ends.client)
    var bytes = [UInt8](repeating: 0, count: 16_384)
    var total = 0
    while true {
      var count = read(from, &bytes, bytes.count)
      guard count > 0 else { break }
      passed.withLock { $0[direction == .toServer ? 0 : 1] += count }
      var isLast = false
      switch fault {
      case .cut(direction, let limit) where total + count >= limit:
        count = max(0, limit - total)
        isLast = true
      case .silence(direction, let limit) where total + count >= limit:
        count = max(0, limit - total)
        if count > 0 { _ = write(all: bytes[..<count], to) }
        // Until the client has had enough.
        while read(from, &bytes, bytes.count) > 0 {}
        return ends.cut()
      default: break
      }
      total += count
      if case .dribble = fault {
        for index in 0..<count where !write(all: bytes[index...index], to) { return ends.cut() }
      } else if !write(all: bytes[..<count], to) {
        break
      }
      if isLast { break }
    }
    ends.cut()
  }

  private func write(all bytes: ArraySlice<UInt8>, _ descriptor: CInt) -> Bool {
    bytes.withUnsafeBytes { bytes in
      var sent = 0
      while sent < bytes.count {
        let count = send(descriptor, bytes.baseAddress! + sent, bytes.count - sent, noSignal)
        if count <= 0 { return false }
        sent += count
      }
      return true
    }
  }
}

#if canImport(Glibc)
  nonisolated private let streamKind = CInt(SOCK_STREAM.rawValue)
  nonisolated private let noSignal = CInt(MSG_NOSIGNAL)
#else
  nonisolated private let streamKind = SOCK_STREAM
  nonisolated private let noSignal: CInt = 0
#endif

nonisolated private func withAddress<T>(
  _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> T
) -> T {
  var address = sockaddr_un()
  address.sun_family = sa_family_t(AF_UNIX)
  withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8.prefix(100)) + [0]) }
  return withUnsafePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
  }
}
