// Names of result columns inside a query, where SQLite makes them unique (select.c, sqlite3ColumnsFromExprList).

/// `a, a, a` are `a`, `a:1`, `a:2`. A name that has such a number already gets another one in its place: of `a, a:1, a, a:1`
/// the last two are `a:2` and `a:3`.
///
/// - Parameter giveWay: called with the place of a name and that of each one before which has what it would be called.
func uniqueNames(_ names: [String], giveWay: (Int, Int) -> Void = { _, _ in }) -> [String] {
  guard names.count > 1 else { return names }
  var places: [String: Int] = [:]
  /// The highest number tried for a name without its number, so that many equal names cost little.
  var tried: [String: Int] = [:]
  var unique: [String] = []
  unique.reserveCapacity(names.count)
  for (index, name) in names.enumerated() {
    var candidate = name
    var number = 0
    var stem: String?
    while let other = places[candidate.asciiLowercased] {
      giveWay(index, other)
      let known = stem ?? withoutNumber(name)
      stem = known
      number = number < 3 ? number + 1 : max(number, tried[known.asciiLowercased] ?? 0) + 1
      candidate = "\(known):\(number)"
    }
    places[candidate.asciiLowercased] = index
    if let stem { tried[stem.asciiLowercased] = max(number, tried[stem.asciiLowercased] ?? 0) }
    unique.append(candidate)
  }
  return unique
}

/// After `a:4` SQLite numbers by chance, anew each time it prepares the statement: nobody can write such a name.
func isNumberedByChance(_ name: String) -> Bool {
  let stem = withoutNumber(name)
  guard stem.utf8.count < name.utf8.count, let number = Int(name.utf8.dropFirst(stem.utf8.count + 1).asText) else {
    return false
  }
  return number > 4
}

/// Is SQLite's name ours, but for the number that makes it unique? In a join in parentheses it numbers anew: the `x:1` of a view
/// can be `x:2` there.
package func isNumbered(_ sqlite: String, as ours: String) -> Bool {
  sameName(withoutNumber(sqlite), withoutNumber(ours))
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
