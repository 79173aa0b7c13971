// The lock file of a folder of migrations: which there are, and what they say.

public import SQLCDiagnostics
import SQLCRuntimeKit

/// Names and checksums of migrations in their order, kept in a file that is committed beside them.
///
/// Each migration is a line, new ones are the last: of two branches that both add one, version control reports a conflict
/// instead of putting one before the other in silence.
public struct MigrationLock: Sendable, Hashable {
  public struct Entry: Sendable, Hashable {
    public var version: String
    public var name: String
    /// Of the statements in both directions, and of what it is a snapshot of; comments and blanks between them make no difference.
    public var checksum: String
  }

  /// The file's name in the folder of the migrations.
  public static let fileName = "migrations.lock"
  private static let header =
    "# The migrations of this folder in their order. Written by 'sqlc-swift migrate lock'; commit it."

  public var entries: [Entry]

  /// Of migrations as they are. What is edited in place or applied again when it changes is not among them.
  public init(of scripts: [MigrationScript]) {
    entries = scripts.filter { $0.role == .step }.map { script in
      Entry(version: script.version, name: script.name, checksum: Self.checksum(of: script))
    }
  }

  /// Nothing where a line is none of a lock file, such as the marks of a conflict.
  public init?(text: String) {
    entries = []
    for line in text.split(whereSeparator: \.isNewline) where !line.hasPrefix("#") {
      let words = line.split(separator: " ", omittingEmptySubsequences: false)
      guard words.count >= 3, words[0].utf8.count == 16, words[0].allSatisfy(\.isHexDigit) else { return nil }
      entries.append(
        Entry(
          version: String(words[1]), name: words[2...].joined(separator: " "), checksum: String(words[0])))
    }
  }

  public var text: String {
    Self.header + "\n" + entries.map { "\($0.checksum) \($0.version) \($0.name)\n" }.joined()
  }

  private static func checksum(of script: MigrationScript) -> String {
    var text =
      script.up.map(\.sql).joined(separator: ";\n") + "\n--\n" + (script.down ?? []).map(\.sql).joined(separator: ";\n")
    for held in script.squashed { text += "\n" + squashLine(of: held) }
    return Fingerprint(text).hexadecimal
  }
}

/// What of the migrations is not as their lock file says.
///
/// - Parameter file: the lock file.
public func lockProblems(of scripts: [MigrationScript], in file: SourceFile) -> [Diagnostic] {
  guard let lock = MigrationLock(text: file.text) else {
    return [MigrationDiagnostic.unreadableLock.at(ByteRange(at: 0), in: file)]
  }
  let locked = Dictionary(lock.entries.map { ($0.version, $0) }, uniquingKeysWith: { first, _ in first })
  let now = MigrationLock(of: scripts)
  let steps = scripts.filter { $0.role == .step }
  var diagnostics: [Diagnostic] = []
  for (entry, script) in zip(now.entries, steps) {
    func say(_ problem: MigrationDiagnostic) {
      diagnostics.append(problem.at(script.source))
    }
    guard let before = locked[entry.version] else {
      let later = lock.entries.filter { one in
        now.entries.contains { $0.version == one.version } && isOlder(entry.version, than: one.version)
      }
      if let newest = later.last, !script.mayComeLate {
        say(.lateMigration(entry.version, newest: newest.version))
      } else {
        say(.unlockedMigration(entry.version))
      }
      continue
    }
    if before.checksum != entry.checksum { say(.changedMigration(entry.version)) }
  }
  let late = Set(steps.filter(\.mayComeLate).map(\.version))
  for (index, entry) in lock.entries.enumerated() where !late.contains(entry.version) {
    // Of two branches, both lines were kept, and the one that was applied first has the later version.
    let earlier = lock.entries[..<index].last { isOlder(entry.version, than: $0.version) && locked[$0.version] == $0 }
    guard let earlier, let script = steps.first(where: { $0.version == entry.version }) else { continue }
    diagnostics.append(
      MigrationDiagnostic.lateMigration(entry.version, newest: earlier.version).at(script.source))
  }
  for entry in lock.entries where !now.entries.contains(where: { $0.version == entry.version }) {
    diagnostics.append(MigrationDiagnostic.missingMigration(entry.version, entry.name).at(ByteRange(at: 0), in: file))
  }
  return diagnostics
}

/// By the numbers of versions; names have no order.
private func isOlder(_ version: String, than other: String) -> Bool {
  func parts(_ version: String) -> [Substring]? {
    let parts = version.split(separator: ".", omittingEmptySubsequences: false)
    return parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(isDigit) } ? parts.map { $0.drop { $0 == "0" } } : nil
  }
  guard let ours = parts(version), let theirs = parts(other) else { return false }
  return isLower(ours, theirs)
}

/// Of the statements that go up, as databases keep it.
public func upChecksum(of statements: [String]) -> String {
  Fingerprint(statements.joined(separator: ";\n")).hexadecimal
}
