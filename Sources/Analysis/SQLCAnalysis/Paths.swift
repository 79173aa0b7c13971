// Paths as text: joined, tidied, and shown from where the user stands.

/// `path` seen from `base`; an absolute `path` stays itself. `.` and `..` are resolved.
package func join(_ base: String, _ path: String) -> String {
  path.hasPrefix("/") ? normalize(path) : normalize(base + "/" + path)
}

/// An absolute path without `.`, `..` and doubled slashes.
package func normalize(_ path: String) -> String {
  var parts: [Substring] = []
  for part in path.split(separator: "/") {
    switch part {
    case ".": continue
    case "..": _ = parts.popLast()
    default: parts.append(part)
    }
  }
  return "/" + parts.joined(separator: "/")
}

/// The directory a file is in.
package func parent(of path: String) -> String {
  guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
  return String(path[..<slash])
}

package func fileName(of path: String) -> String {
  path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
}

/// How to write an absolute path for someone who stands in `base`: `queries/a.sql`, `../b.sql`.
package func relativePath(_ path: String, from base: String) -> String {
  let target = normalize(path).split(separator: "/")
  let start = normalize(base).split(separator: "/")
  var shared = 0
  while shared < target.count, shared < start.count, target[shared] == start[shared] { shared += 1 }
  let parts = Array(repeating: "..", count: start.count - shared) + target[shared...].map(String.init)
  return parts.isEmpty ? "." : parts.joined(separator: "/")
}

/// Does a name match a pattern of `*` (any characters), `?` (one) and literal characters?
package func matches(_ name: Substring, pattern: Substring) -> Bool {
  let name = Array(name.unicodeScalars)
  let pattern = Array(pattern.unicodeScalars)
  var n = 0
  var p = 0
  var star: (pattern: Int, name: Int)?
  while n < name.count {
    if p < pattern.count, pattern[p] == "*" {
      star = (p, n)
      p += 1
    } else if p < pattern.count, pattern[p] == "?" || pattern[p] == name[n] {
      n += 1
      p += 1
    } else if let back = star {
      // The last star takes one more character.
      star = (back.pattern, back.name + 1)
      n = back.name + 1
      p = back.pattern + 1
    } else {
      return false
    }
  }
  while p < pattern.count, pattern[p] == "*" { p += 1 }
  return p == pattern.count
}
