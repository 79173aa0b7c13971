// Where a database is, told from what `open` is given, by SQLite's own rules (uri.html §3; main.c, sqlite3ParseUri).
//
// | text | database |
// |---|---|
// | begins with `file:` | a URI: `mode=memory`, `vfs=memdb` and the path `:memory:` are in memory, an empty path is temporary |
// | `:memory:` | in memory |
// | empty, or with a NUL | refused: it names no file, or another one than it says |
// | anything else | a file of exactly that name, `?`, `#` and `%` included |

enum DatabaseLocation: Equatable {
  /// Only the connection that has opened it sees it.
  case ofOneConnection
  /// With the file's path, percent escapes resolved.
  case file(String)

  init(_ text: String) throws(DatabaseError) {
    try refuseNoPath(text)
    guard text.hasPrefix("file:") else {
      self = text == ":memory:" ? .ofOneConnection : .file(text)
      return
    }
    let (path, parameters) = try Self.parse(text.utf8.dropFirst(5))
    // The last of two of the same name counts.
    let mode = parameters.last { $0.name == "mode" }?.value
    let system = parameters.last { $0.name == "vfs" }?.value
    let isInMemory = path == ":memory:" || mode == "memory" || system == "memdb"
    self = isInMemory || path.isEmpty ? .ofOneConnection : .file(path)
  }

  private typealias Parameter = (name: String, value: String)

  private static func parse(_ uri: Substring.UTF8View) throws(DatabaseError) -> (String, [Parameter]) {
    var rest = uri
    if rest.starts(with: "//".utf8) {
      // An authority, which must be empty or `localhost`; SQLite looks at it.
      rest = rest.dropFirst(2)
      rest = rest.drop { $0 != UInt8(ascii: "/") }
    }
    rest = rest.prefix { $0 != UInt8(ascii: "#") }
    let path = try unescaped(rest.prefix { $0 != UInt8(ascii: "?") })
    var parameters: [Parameter] = []
    for part in rest.drop(while: { $0 != UInt8(ascii: "?") }).dropFirst().split(separator: UInt8(ascii: "&")) {
      let name = part.prefix { $0 != UInt8(ascii: "=") }
      parameters.append((try unescaped(name), try unescaped(part.dropFirst(name.count).dropFirst())))
    }
    return (path, parameters)
  }

  /// - Throws: for an escaped NUL, after which SQLite would leave out the rest.
  private static func unescaped(_ text: Substring.UTF8View) throws(DatabaseError) -> String {
    var bytes: [UInt8] = []
    var rest = text
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%"), let high = rest.first.flatMap(hexadecimal),
        let low = rest.dropFirst().first.flatMap(hexadecimal)
      else {
        bytes.append(byte)
        continue
      }
      rest = rest.dropFirst(2)
      bytes.append(high << 4 | low)
    }
    if bytes.contains(0) { throw .noPath("a URI with a NUL in it names another file than it says") }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func hexadecimal(_ byte: UInt8) -> UInt8? {
    Character(UnicodeScalar(byte)).hexDigitValue.map { UInt8($0) }
  }
}

extension DatabaseError {
  fileprivate static func noPath(_ message: String) -> DatabaseError {
    DatabaseError(kind: .misuse, code: .cannotOpen, message: message)
  }
}

private func refuseNoPath(_ path: String) throws(DatabaseError) {
  if path.isEmpty { throw .noPath("an empty path names no file; Database.temporary() opens a database without one") }
  // C, and with it every file system, ends a text there.
  if path.utf8.contains(0) { throw .noPath("a path with a NUL in it names another file than it says") }
}

/// Refuses what is no file that a copy can be written to: where URIs and `:memory:` are not understood, they would be
/// names of files that nobody means.
func checkFilePath(_ path: String) throws(DatabaseError) {
  try refuseNoPath(path)
  if path.hasPrefix("file:") || path == ":memory:" {
    throw .noPath("'\(path)' is no path of a file; './\(path)' would be one of that name")
  }
}
