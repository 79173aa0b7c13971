// What a file's name says: its version, its direction, and what kind of file it is.

/// Read from a file's name, or from its folder's where each migration has a folder (`20240131_init/migration.sql`,
/// `2024-01-31-120000_init/up.sql`).
struct MigrationName {
  enum Direction { case up, down }

  enum Role {
    case step
    /// Flyway's `B5__all.sql`: what the files before it make, in one.
    case baseline
    /// Flyway's `R__views.sql`: after all others, and again when it changes.
    case repeatable
  }

  enum Convention {
    /// `1_users.up.sql`, `1_users.down.sql`
    case suffixes
    /// `1_users/up.sql`, `1_users/down.sql`
    case folders
    /// `V1__users.sql`, `U1__users.sql`
    case letters
  }

  /// The digits of each part of the version, leading zeros removed: `V1.10` has `["1", "10"]`; empty without a version.
  private(set) var version: [Substring] = []
  private(set) var direction: Direction?
  private(set) var role = Role.step
  private(set) var convention: Convention?
  /// The name without folder and extension; the folder's where it tells.
  private(set) var stem: Substring
  /// The folder in which the migrations are, with its slash.
  private(set) var folder: Substring

  init(path: String) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let file = parts.last ?? ""
    folder = path.dropLast(file.count)
    stem = file.lowercased().hasSuffix(".sql") ? file.dropLast(4) : file
    switch stem.lowercased() {
    case "up": (direction, convention) = (.up, .folders)
    case "down": (direction, convention) = (.down, .folders)
    default: break
    }
    let isNamedByFolder = convention == .folders || stem.lowercased() == "migration"
    if isNamedByFolder, parts.count > 1, let version = Self.version(in: parts[parts.count - 2]) {
      stem = parts[parts.count - 2]
      folder = folder.dropLast(stem.count + 1)
      self.version = version
      return
    }
    for (ending, way) in [(".up", Direction.up), (".down", .down)] where stem.lowercased().hasSuffix(ending) {
      (direction, convention) = (way, .suffixes)
      stem = stem.dropLast(ending.count)
    }
    if convention == nil, readLetters() { return }
    version = Self.version(in: stem) ?? []
  }

  /// Nothing for a name without a version.
  var spelling: String? {
    version.isEmpty ? nil : version.map { $0.isEmpty ? "0" : String($0) }.joined(separator: ".")
  }

  /// `V1.2__a`, `V1_2__a`, `U1__a`, `B1__a`, `R__a` (Flyway, naming of migrations).
  private mutating func readLetters() -> Bool {
    guard let letter = stem.first, "VUBR".contains(letter), let end = stem.firstRange(of: "__") else { return false }
    let digits = stem[stem.index(after: stem.startIndex)..<end.lowerBound]
    let parts = digits.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "_" }
    let isVersion = parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(isDigit) }
    guard letter == "R" ? digits.isEmpty : isVersion else { return false }
    convention = .letters
    switch letter {
    case "U": direction = .down
    case "B": role = .baseline
    case "R": role = .repeatable
    default: break
    }
    if letter != "R" { version = parts.map { $0.drop { $0 == "0" } } }
    return true
  }

  /// Numbers with points between them, or a date and time, whose parts may be parted by `-` or `_`.
  private static func version(in name: Substring) -> [Substring]? {
    if let date = date(in: name) { return [date] }
    var rest = name
    if rest.first == "V" || rest.first == "v" { rest.removeFirst() }
    var version: [Substring] = []
    while true {
      let digits = rest.prefix(while: isDigit)
      guard !digits.isEmpty else { break }
      version.append(digits.drop { $0 == "0" })
      rest = rest.dropFirst(digits.count)
      guard rest.first == ".", let next = rest.dropFirst().first, isDigit(next) else { break }
      rest.removeFirst()
    }
    return version.isEmpty ? nil : version
  }

  /// `2024-01-31_a` and `2024_01_31_120000_a`: without what parts them they are a number.
  private static func date(in name: Substring) -> Substring? {
    let words = name.split { $0 == "-" || $0 == "_" }
    let numbers = words.prefix { $0.allSatisfy(isDigit) }
    guard numbers.count >= 3, numbers[0].count == 4, numbers[1].count == 2, numbers[2].count == 2 else { return nil }
    let time = numbers.dropFirst(3).first.map { $0.count == 4 || $0.count == 6 ? $0 : "" } ?? ""
    return Substring(numbers.prefix(3).joined() + time)
  }
}

func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }

/// The files with down migrations, in their order.
///
/// - Parameters:
///   - paths: of the files that go up.
///   - others: what lies in the same folders.
public func downFiles(of paths: [String], among others: [String]) -> [String] {
  var downs: [MigrationName.Pair: String] = [:]
  for path in others where path.lowercased().hasSuffix(".sql") {
    let name = MigrationName(path: path)
    if name.direction == .down, let pair = name.pair, downs[pair] == nil { downs[pair] = path }
  }
  if downs.isEmpty { return [] }
  return paths.compactMap { path in MigrationName(path: path).pair.flatMap { downs[$0] } }
}

/// Where a migration's file is, for naming the next one alike.
package struct MigrationPlace: Sendable, Hashable {
  /// The folder in which the migrations are, with its slash.
  package var folder: String
  /// What begins with the version: the file's name, or its folder's.
  package var name: String
  /// The file's name inside a folder of its own; absent when it has none.
  package var fileInFolder: String?
  /// Is it applied after all others?
  package var isRepeatable: Bool

  package init(path: String) {
    let parsed = MigrationName(path: path)
    folder = String(parsed.folder)
    name = String(parsed.stem)
    isRepeatable = parsed.role == .repeatable
    let rest = path.dropFirst(folder.count)
    fileInFolder = rest.contains("/") ? rest.split(separator: "/").last.map(String.init) : nil
  }
}

extension MigrationName {
  struct Pair: Hashable {
    var folder: Substring
    var name: String
    var convention: Convention
  }

  /// What the two files of one migration have in common; nothing where there are none.
  var pair: Pair? {
    guard let convention else { return nil }
    return Pair(
      folder: folder, name: convention == .folders ? String(stem) : spelling ?? String(stem), convention: convention)
  }
}
