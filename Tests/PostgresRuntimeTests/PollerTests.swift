import Testing

@testable import SQLCPostgres

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension PostgresRuntimeTests {
  @Suite("The thread that waits")
  struct PollerTests {
    @Test("There is none where the system has no descriptor for it, and the connection's error says why")
    func noDescriptors() throws {
      let error = #expect(throws: DatabaseError.self) {
        _ = try Poller(openingQueue: {
          errno = EMFILE
          return -1
        })
      }
      #expect(error?.kind == .connection)
      #expect(error?.message.contains(String(cString: strerror(EMFILE))) == true)
      // The process's own is made when it is asked for again.
      #expect(try Poller.shared() === Poller.shared())
    }
  }
}
