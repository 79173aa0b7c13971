// Which file a query file's code goes to. A build-tool plugin must know before anything is parsed, so this looks at
// names only.

/// The Swift file for every query file: `agents.sql` → `agents.sql.swift`.
///
/// Swift wants file names in a module to differ, and some file systems do not tell case apart. Query files of the same
/// name are told apart by as many of their folders as it takes: `a/users.sql`, `b/users.sql` → `a.users.sql.swift`,
/// `b.users.sql.swift`.
public func outputFileNames(forQueryFiles paths: [String]) -> [String: String] {
  var unsettled = Set(paths)
  var names: [String: String] = [:]
  var depth = 1
  while !unsettled.isEmpty {
    var groups: [String: [String]] = [:]
    for path in unsettled { groups[stem(of: path, depth: depth).lowercased(), default: []].append(path) }
    for group in groups.values {
      // Alone, or out of folders to be told apart by: `a/x.sql` and `./a/x.sql` are one file to whoever lists both.
      let isExhausted = group.allSatisfy { components(of: $0).count <= depth }
      guard group.count == 1 || isExhausted else { continue }
      for (number, path) in group.sorted().enumerated() {
        let suffix = number == 0 ? "" : "-\(number + 1)"
        names[path] = stem(of: path, depth: depth) + suffix + ".swift"
        unsettled.remove(path)
      }
    }
    depth += 1
  }
  return names
}

private func components(of path: String) -> [String] {
  path.split { $0 == "/" || $0 == "\\" }.filter { $0 != "." && $0 != ".." }.map { fileName(String($0)) }
}

/// A text as the name of one file in the output folder: what cannot be seen, or would lead elsewhere, is an underscore.
func fileName(_ text: String) -> String {
  let plain = String(
    String.UnicodeScalarView(
      text.unicodeScalars.map { scalar -> Unicode.Scalar in
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: "_"
        default: scalar == "/" || scalar == "\\" ? "_" : scalar
        }
      }))
  return plain.isEmpty || plain == "." || plain == ".." ? "_" : plain
}

private func stem(of path: String, depth: Int) -> String {
  components(of: path).suffix(depth).joined(separator: ".")
}
