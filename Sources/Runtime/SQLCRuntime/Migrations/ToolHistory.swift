// What other tools have noted of their migrations, and how it is taken over.

import SQLCSQLiteHandle

/// What the version table of another tool says.
public struct ToolHistory: Sendable, Hashable, CustomStringConvertible {
  /// Such as "goose".
  public var tool: String
  /// As the table has them. golang-migrate's and tern's say no more than the last one.
  public var applied: [String]
  /// Taken back again, of tools that keep it (goose).
  public var reverted: [String]
  /// golang-migrate's mark: it stopped inside of this one.
  public var dirty: String?

  public var description: String {
    var text = "\(tool)'s table "
    let isLast = tool == MigrationTool.golangMigrate.rawValue || tool == MigrationTool.tern.rawValue
    if applied.isEmpty {
      text += "has no version"
    } else if isLast {
      text += "is at version \(applied.joined(separator: ", "))"
    } else {
      text += "has \(applied.joined(separator: ", "))"
    }
    if !reverted.isEmpty { text += "; \(reverted.joined(separator: ", ")) taken back" }
    if let dirty { text += "; \(dirty) is marked as dirty" }
    return text
  }
}

/// What a baseline recorded.
public struct BaselineSummary: Sendable, Hashable {
  /// Versions that are recorded as applied and were not run, in order.
  public var recorded: [String]
  /// What another tool had noted.
  public var found: ToolHistory?
}

extension VersionTable {
  func history() throws(SQLiteFailure) -> ToolHistory? {
    guard let tool = try tool() else { return nil }
    var history = ToolHistory(tool: tool.rawValue, applied: [], reverted: [], dirty: nil)
    switch tool {
    case .goose:
      for (version, isApplied) in try gooseEvents() where version != "0" {
        if isApplied { history.applied.append(version) } else { history.reverted.append(version) }
      }
    case .dbmate: history.applied = try column("SELECT version FROM schema_migrations ORDER BY version")
    case .sqlMigrate: history.applied = try column("SELECT id FROM gorp_migrations ORDER BY id")
    case .golangMigrate:
      let row = try database.texts("SELECT version, dirty FROM schema_migrations LIMIT 1").first
      if let version = row?[0], !version.hasPrefix("-") {
        if row?[1] == "0" { history.applied = [version] } else { history.dirty = version }
      }
    case .tern: history.applied = try column("SELECT version FROM schema_version WHERE version > 0 LIMIT 1")
    }
    return history
  }

  private func column(_ sql: String) throws(SQLiteFailure) -> [String] { try database.texts(sql).compactMap { $0[0] } }

  /// Each version once, in the order in which they came first, with what was done last: every row is an event.
  func gooseEvents() throws(SQLiteFailure) -> [(version: String, isApplied: Bool)] {
    var order: [String] = []
    var last: [String: Bool] = [:]
    for row in try database.texts("SELECT version_id, is_applied FROM goose_db_version ORDER BY id") {
      guard let version = row[0] else { continue }
      if last.updateValue(row[1] == "1", forKey: version) == nil { order.append(version) }
    }
    return order.map { ($0, last[$0] ?? false) }
  }

  /// The migrations are as far as the version says: golang-migrate's mark of one that stopped inside is taken away.
  func clearMarks(last: Migration?) throws(SQLiteFailure) {
    guard try tool() == .golangMigrate, try history()?.dirty != nil else { return }
    try database.execute("DELETE FROM schema_migrations")
    guard let last else { return }
    _ = try database.texts(
      "INSERT INTO schema_migrations (version, dirty) VALUES (CAST(?1 AS INTEGER), 0)", [last.version])
  }
}

extension Migrator {
  /// The migrations that a baseline is about.
  func taken(at version: String?, _ history: ToolHistory?) throws -> [Migration] {
    let table = VersionTable(database: core.database)
    if let entry = try table.applied().first { throw MigrationError.hasHistory(version: entry.version) }
    guard let version else {
      guard let tool = try table.tool() else { throw MigrationError.noToolHistory }
      return try table.adopted(from: tool, migrations)
    }
    guard let index = migrations.firstIndex(where: { $0.version == version }) else {
      throw noVersion(version, of: migrations)
    }
    let taken = Array(migrations[...index])
    guard let history, history.dirty == nil, let tool = try table.tool() else { return taken }
    let adopted = try table.adopted(from: tool, migrations)
    let numbered = taken.filter { tool.records($0) }
    if adopted.map(\.version) != numbered.map(\.version) { throw MigrationError.otherHistory(history) }
    return taken
  }
}

func noVersion(_ version: String, of migrations: [Migration]) -> MigrationError {
  let snapshot = migrations.first { $0.squashedVersions.contains(version) }
  return snapshot.map { .squashedVersion(version, into: $0.version) } ?? .noSuchVersion(version)
}
