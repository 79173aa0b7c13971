// Where a server is, and as whom to talk to it.

/// The keywords of a connection: libpq's own (`host`, `user`, `dbname`, …). Describes itself without the password.
package struct ConnectionParameters: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
  private var values: [String: String]

  package init(_ values: [String: String] = [:]) { self.values = values }

  /// Reads `postgres://user@host/name?sslmode=…` or `host=… user=…`.
  package init(parsing text: String, with library: LibPQ) throws(PostgreSQLFailure) {
    // An option of libpq's: six pointers (keyword, environment variable, default, value, label, kind) and a number.
    let stride = MemoryLayout<Int>.stride * 7
    var message: UnsafePointer<CChar>?
    let options = text.withCString { library.parse($0, &message) }
    if let message { library.freeMemory(UnsafeMutableRawPointer(mutating: message)) }
    guard let options else { throw .malformedConnectionString }
    defer { library.freeOptions(options) }
    values = [:]
    var option = UnsafeRawPointer(options)
    while let keyword = option.load(as: UnsafePointer<CChar>?.self) {
      let value = option.load(fromByteOffset: MemoryLayout<Int>.stride * 3, as: UnsafePointer<CChar>?.self)
      if let value { values[String(cString: keyword)] = String(cString: value) }
      option += stride
    }
  }

  package subscript(_ keyword: String) -> String? {
    get { values[keyword] }
    set { values[keyword] = newValue }
  }

  /// In a fixed order, the password among them: for libpq only.
  package var keywords: [(key: String, value: String)] { values.sorted { $0.key < $1.key } }

  package var description: String {
    keywords.filter { $0.key != "password" && $0.key != "sslpassword" }
      .map { "\($0.key)=\($0.value)" }.joined(separator: " ")
  }

  package var customMirror: Mirror { Mirror(self, children: ["parameters": description]) }
}
