// Names of result columns inside a query, where SQLite makes them unique (select.c, sqlite3ColumnsFromExprList).

/// `a, a, a` are `a`, `a:1`, `a:2`. A name that has such a number already gets another one in its place: of `a, a:1, a, a:1`
/// the last two are `a:2` and `a:3`.
func uniqueNames(_ names: [String]) -> [String] {
  guard names.count > 1 else { return names }
  var seen: Set<String> = []
  /// The highest number tried for a name without its number, so that many equal names cost little.
  var tried: [String: Int] = [:]
  var unique: [String] = []
  unique.reserveCapacity(names.count)
  for name in names {
    unique.append(
      seen.insert(name.asciiLowercased).inserted ? name : numbered(name, seen: &seen, tried: &tried))
  }
  return unique
}

/// The name with the next number that makes it new.
private func numbered(_ name: String, seen: inout Set<String>, tried: inout [String: Int]) -> String {
  let stem = withoutNumber(name)
  let key = stem.asciiLowercased
  var number = tried[key] ?? 0
  while true {
    number += 1
    let candidate = "\(stem):\(number)"
    guard seen.insert(candidate.asciiLowercased).inserted else { continue }
    tried[key] = number
    return candidate
  }
}

/// After `a:4` SQLite numbers by chance, anew each time it prepares the statement: nobody can write such a name.
func isNumberedByChance(_ name: String) -> Bool {
  let stem = withoutNumber(name)
  guard stem.utf8.count < name.utf8.count, let number = Int(name.utf8.dropFirst(stem.utf8.count + 1).asText) else {
    return false
  }
  return number > 4
}

/// Is SQLite's name ours with a number behind it, or with another one where it chooses numbers by chance?
package func isNumbered(_ sqlite: String, as ours: String) -> Bool {
  sameName(withoutNumber(sqlite), isNumberedByChance(ours) ? withoutNumber(ours) : ours)
}

/// `a` for `a:12` and `a:`; other names stay. The first character is never taken for a digit.
private func withoutNumber(_ name: String) -> String {
  let bytes = Array(name.utf8)
  var last = bytes.count - 1
  while last > 0, bytes[last] >= UInt8(ascii: "0"), bytes[last] <= UInt8(ascii: "9") { last -= 1 }
  guard last >= 0, bytes[last] == UInt8(ascii: ":") else { return name }
  return bytes[..<last].asText
}

extension Collection<UInt8> {
  fileprivate var asText: String { String(decoding: self, as: UTF8.self) }
}
