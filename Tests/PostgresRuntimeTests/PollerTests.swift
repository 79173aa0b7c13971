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

    @Test("The thread waits itself for servers that are known to be quick alone")
    func quickServers() {
      var quickness = Quickness()
      #expect(!quickness.mayWaitHere)
      for _ in 0..<3 { quickness.noteElsewhere(20_000) }
      #expect(quickness.mayWaitHere)
      #expect(!quickness.isDueToGiveWay)
      for _ in 0..<100 { quickness.noteHere(20_000) }
      #expect(quickness.mayWaitHere)
      // Others come first now and then: after many waits, and after long ones.
      #expect(quickness.isDueToGiveWay)
      quickness.noteGaveWay()
      #expect(!quickness.isDueToGiveWay)
      for _ in 0..<3 { quickness.noteHere(900_000) }
      #expect(quickness.isDueToGiveWay)
      for _ in 0..<3 { quickness.noteElsewhere(2_000_000) }
      #expect(!quickness.mayWaitHere)
    }

    @Test("A server that is slow now and then keeps the thread more and more seldom")
    func unsteadyServers() {
      var quickness = Quickness()
      for _ in 0..<3 { quickness.noteElsewhere(20_000) }
      var long = 0
      // Every fifth answer takes its time.
      for index in 0..<10_000 {
        let nanoseconds: UInt64 = index % 5 == 4 ? 4_000_000 : 20_000
        if quickness.mayWaitHere {
          if index % 5 == 4 { long += 1 }
          quickness.noteHere(nanoseconds)
        } else {
          // The mean is not what keeps it away here.
          quickness.noteElsewhere(20_000)
        }
      }
      #expect(long > 0 && long <= 10)
      // After many short ones all is forgotten.
      while !quickness.mayWaitHere { quickness.noteElsewhere(20_000) }
      for _ in 0..<1000 { quickness.noteHere(20_000) }
      quickness.noteHere(4_000_000)
      for _ in 0..<4 { quickness.noteElsewhere(20_000) }
      #expect(quickness.mayWaitHere)
    }
  }
}
