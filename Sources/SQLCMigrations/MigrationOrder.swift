// Versions in file names, and the order they give.

/// The parts of a file name such as `0012_add_users.up.sql` or `V1.10__agents.sql`.
struct MigrationName {
  enum Direction { case up, down }

  /// The digits of each part of the version, leading zeros removed: `V1.10` has `["1", "10"]`.
  var version: [Substring]
  /// As golang-migrate marks it.
  var direction: Direction?

  /// Nothing for a name without a version.
  init?(path: String) {
    let file = Substring(path.split(separator: "/").last ?? "")
    let lowercased = file.lowercased()
    if lowercased.hasSuffix(".up.sql") {
      direction = .up
    } else if lowercased.hasSuffix(".down.sql") {
      direction = .down
    }
    var rest = file
    if rest.first == "V" || rest.first == "v" { rest.removeFirst() }
    version = []
    while true {
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      guard !digits.isEmpty else { break }
      version.append(digits.drop { $0 == "0" })
      rest = rest.dropFirst(digits.count)
      guard rest.first == ".", let next = rest.dropFirst().first, next.isASCII, next.isNumber else { break }
      rest.removeFirst()
    }
    guard !version.isEmpty else { return nil }
  }

  var spelling: String { version.map { $0.isEmpty ? "0" : String($0) }.joined(separator: ".") }
}

/// The order in which the files of a folder apply, whatever order the folder was listed in.
///
/// Names that begin with a version come first, by the numbers (`2_b` before `10_a`, `1.9` before `1.10`, timestamps among
/// them by value); then the others by name, runs of digits again by value. Golang-migrate's `.down.sql` files are left out.
public func inMigrationOrder(_ paths: [String]) -> [String] {
  paths
    .map { (path: $0, name: MigrationName(path: $0)) }
    .filter { $0.name?.direction != .down && !$0.path.lowercased().hasSuffix(".down.sql") }
    .sorted { a, b in
      switch (a.name, b.name) {
      case (let a?, let b?) where a.version != b.version: isLower(a.version, b.version)
      case (.some, .none): true
      case (.none, .some): false
      case (.some, .some), (.none, .none): isNaturallyLower(a.path, b.path)
      }
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

private func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }
