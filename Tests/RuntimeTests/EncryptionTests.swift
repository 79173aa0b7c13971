// Encrypted databases, where the SQLite that tests run on encrypts: built with SQLC_SWIFT_SQLITE=sqlcipher, or with
// SQLCipher in the place of SQLite.

import Foundation
import SQLCRuntime
import Testing

/// Does the SQLite that the tests run on encrypt?
nonisolated let encrypts = ProcessInfo.processInfo.environment["SQLC_SWIFT_ENCRYPTION"] != nil

@Suite(.enabled(if: encrypts, "set SQLC_SWIFT_ENCRYPTION=1 where SQLite encrypts")) struct EncryptionTests {
  private func configuration(_ key: EncryptionKey) -> Configuration {
    var configuration = Configuration()
    configuration.encryptionKey = key
    return configuration
  }

  private func isPlain(_ path: String) throws -> Bool {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    return bytes.starts(with: Data("SQLite format 3".utf8)) || bytes.range(of: Data("visible".utf8)) != nil
  }

  @Test(arguments: [EncryptionKey.passphrase("it's a secret"), .raw([UInt8](0..<32))])
  func nothingIsInTheClear(key: EncryptionKey) async throws {
    try await withStationFile { _, path in
      let own = path + ".encrypted"
      let database = try await Database.open(own, configuration: configuration(key))
      try await database.execute(stationSchema)
      try await database.run(CreateTag(name: "visible"))
      #expect(try await database.run(ListTags()) == ["visible"])
      try await database.backup(to: own + ".copy")
      try await database.vacuum(into: own + ".compact")
      #expect(try isPlain(own + "-wal") == false)
      await database.close()
      for file in [own, own + ".copy", own + ".compact"] {
        #expect(try isPlain(file) == false, "\(file)")
        let again = try await Database.open(file, configuration: configuration(key))
        #expect(try await again.run(ListTags()) == ["visible"])
        #expect(try await again.checkIntegrity().isClean)
        await again.close()
      }
      for wrong in [configuration(.passphrase("another")), Configuration()] {
        let error = await #expect(throws: DatabaseError.self) { try await Database.open(own, configuration: wrong) }
        #expect(error?.code == .notADatabase)
        #expect(error?.description.contains("secret'") == false)
      }
      let restored = try await Database.open(own + ".restored", configuration: configuration(key))
      try await restored.restore(from: own + ".copy")
      #expect(try await restored.run(ListTags()) == ["visible"])
      await restored.close()
    }
  }
}
