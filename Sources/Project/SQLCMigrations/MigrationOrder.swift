// The order that names give.

/// The order in which the files of a folder apply, whatever order the folder was listed in.
///
/// Names that begin with a version come first, by the numbers (`2_b` before `10_a`, `1.9` before `1.10`, timestamps among
/// them by value); then the others by name, runs of digits again by value; Flyway's repeatable ones last. Files that go down
/// (`1_a.down.sql`, `1_a/down.sql`, `U1__a.sql`) are left out.
public func inMigrationOrder(_ paths: [String]) -> [String] {
  paths
    .map { (path: $0, name: MigrationName(path: $0)) }
    .filter { $0.name.direction != .down }
    .sorted { a, b in
      let (first, second) = (a.name, b.name)
      if (first.role == .repeatable) != (second.role == .repeatable) { return second.role == .repeatable }
      if first.version.isEmpty != second.version.isEmpty { return second.version.isEmpty }
      if first.version != second.version { return isLower(first.version, second.version) }
      return isNaturallyLower(a.path, b.path)
    }
    .map(\.path)
}

/// Versions part by part; the shorter first when it begins the longer.
func isLower(_ a: [Substring], _ b: [Substring]) -> Bool {
  for (left, right) in zip(a, b) where left != right { return isLowerNumber(left, right) }
  return a.count < b.count
}

/// Numbers of any length; leading zeros are gone.
private func isLowerNumber(_ a: Substring, _ b: Substring) -> Bool {
  a.utf8.count == b.utf8.count ? a < b : a.utf8.count < b.utf8.count
}

/// By bytes, but runs of digits by value; equal values with other zeros by bytes again.
private func isNaturallyLower(_ a: String, _ b: String) -> Bool {
  var (left, right) = (a[...], b[...])
  while let x = left.first, let y = right.first {
    if isDigit(x), isDigit(y) {
      let (m, n) = (left.prefix(while: isDigit), right.prefix(while: isDigit))
      let (p, q) = (m.drop { $0 == "0" }, n.drop { $0 == "0" })
      if p != q { return isLowerNumber(p, q) }
      left = left.dropFirst(m.count)
      right = right.dropFirst(n.count)
    } else {
      if x != y { return Array(String(x).utf8).lexicographicallyPrecedes(Array(String(y).utf8)) }
      left.removeFirst()
      right.removeFirst()
    }
  }
  if left.isEmpty != right.isEmpty { return left.isEmpty }
  return a < b
}
