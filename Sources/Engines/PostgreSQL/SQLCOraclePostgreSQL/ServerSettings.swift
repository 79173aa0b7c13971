// What is known about the server before there is one.

/// What the configuration and the machine say about the server to ask.
package struct ServerSettings: Sendable, Hashable {
  /// The server's address, variables of the environment not yet replaced; nil for one of our own.
  package var uri: String?
  /// The major version that must answer.
  package var major: Int?
  /// How long one statement of the schema, or a portion of the queries, may take.
  package var limit: Duration
  package var machine: Machine

  package init(uri: String? = nil, major: Int? = nil, limit: Duration = .seconds(60), machine: Machine) {
    self.uri = uri
    self.major = major
    self.limit = limit
    self.machine = machine
  }

  /// The connection string with `${NAME}` replaced, as sqlc does.
  func expanded(_ uri: String) throws(ServerProblem) -> String {
    var text = ""
    var rest = uri[...]
    while let start = rest.range(of: "${"), let end = rest[start.upperBound...].firstIndex(of: "}") {
      let name = String(rest[start.upperBound..<end])
      guard let value = machine.environment[name] else { throw .missingVariable(name: name) }
      text += rest[..<start.lowerBound] + value
      rest = rest[rest.index(after: end)...]
    }
    return text + rest
  }
}

extension Substring {
  /// Where a short text stands first.
  fileprivate func range(of text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}

/// The machine as the tool sees it: what it asks of its surroundings is handed in.
package struct Machine: Sendable, Hashable {
  package var environment: [String: String]
  /// Where libpq is looked for.
  package var libraryPaths: [String]

  package init(environment: [String: String], libraryPaths: [String]) {
    self.environment = environment
    self.libraryPaths = libraryPaths
  }

  /// What programs that we start see: nothing of the user's `PG…` variables, and messages in English.
  var programEnvironment: [String: String] {
    var variables = ["LC_ALL": "C", "TZ": "UTC"]
    for name in ["PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"] {
      if let value = environment[name] { variables[name] = value }
    }
    return variables
  }

  var pathFolders: [String] { (environment["PATH"] ?? "").split(separator: ":").map(String.init) }

  var temporaryFolder: String { environment["TMPDIR"].map(withoutTrailingSlash) ?? "/tmp" }

  private func withoutTrailingSlash(_ path: String) -> String {
    path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }
}
