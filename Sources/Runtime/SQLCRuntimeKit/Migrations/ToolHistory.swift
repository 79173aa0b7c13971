// What other tools have noted of their migrations, and how it is taken over.

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

/// The rows of another tool's version table.
package struct ForeignRecord: Sendable, Hashable {
  package enum Content: Sendable, Hashable {
    /// goose: each row is an event, the latest counts.
    case events([Event])
    /// dbmate.
    case versions([String])
    /// golang-migrate and tern: that version and all before it; nothing for none.
    case upTo(String?)
    /// golang-migrate: a migration failed on the way.
    case dirty(String)
    /// sql-migrate: names of files.
    case names([String])
  }

  package struct Event: Sendable, Hashable {
    package var version: String
    package var isApplied: Bool
    package init(version: String, isApplied: Bool) {
      self.version = version
      self.isApplied = isApplied
    }
  }

  package let tool: MigrationTool
  let content: Content

  package init(of tool: MigrationTool, _ content: Content) {
    self.tool = tool
    self.content = content
  }

  package var history: ToolHistory {
    var history = ToolHistory(tool: tool.rawValue, applied: [], reverted: [], dirty: nil)
    switch content {
    case .events(let events):
      for event in latest(events) {
        if event.isApplied { history.applied.append(event.version) } else { history.reverted.append(event.version) }
      }
    case .versions(let versions), .names(let versions): history.applied = versions
    case .upTo(let version): history.applied = version.map { [$0] } ?? []
    case .dirty(let version): history.dirty = version
    }
    return history
  }

  /// Has nothing ever been noted?
  package var isBlank: Bool {
    let history = history
    return history.applied.isEmpty && history.reverted.isEmpty && history.dirty == nil
  }

  /// The migrations that the tool has applied.
  package func adopted<Cause>(
    _ migrations: [Migration], as failure: MigrationFailure<Cause>.Type
  ) throws(MigrationFailure<Cause>) -> [Migration] {
    switch content {
    case .events(let events):
      return try known(latest(events).filter(\.isApplied).map(\.version), migrations, as: failure)
    case .versions(let versions): return try known(versions, migrations, as: failure)
    case .dirty(let version): throw .dirty(tool: tool.rawValue, version: version)
    case .upTo(nil): return []
    case .upTo(let version?): return try through(version, migrations, as: failure)
    case .names(let names):
      let files = Set(names.map { $0.hasSuffix(".sql") ? String($0.dropLast(4)) : $0 })
      var found: [Migration] = []
      for migration in migrations {
        var isApplied = files.contains(migration.name)
        let held = Set(migration.squashed.filter { files.contains($0.name) }.map(\.version))
        if !isApplied, !held.isEmpty { isApplied = try migration.isApplied(in: held, as: failure) }
        if isApplied { found.append(migration) }
      }
      return found
    }
  }

  /// Each version once, in the order in which they came first, with what was done last. goose begins with a version 0.
  private func latest(_ events: [Event]) -> [Event] {
    var order: [String] = []
    var last: [String: Bool] = [:]
    for event in events where event.version != "0" {
      if last.updateValue(event.isApplied, forKey: event.version) == nil { order.append(event.version) }
    }
    return order.map { Event(version: $0, isApplied: last[$0] ?? false) }
  }

  private func known<Cause>(
    _ versions: [String], _ migrations: [Migration], as failure: MigrationFailure<Cause>.Type
  ) throws(MigrationFailure<Cause>) -> [Migration] {
    // Leading zeros are no part of a version here.
    let wanted = Set(versions.map { String($0.drop { $0 == "0" }) })
    let known = Set(migrations.flatMap { $0.squashedVersions + [$0.version] })
    if let missing = wanted.subtracting(known).sorted().first { throw .unknownVersion(missing) }
    var found: [Migration] = []
    for migration in migrations where try migration.isApplied(in: wanted, as: failure) { found.append(migration) }
    return found
  }

  private func through<Cause>(
    _ version: String, _ migrations: [Migration], as _: MigrationFailure<Cause>.Type
  ) throws(MigrationFailure<Cause>) -> [Migration] {
    if let index = migrations.firstIndex(where: { $0.version == version }) { return Array(migrations[...index]) }
    guard let snapshot = migrations.first(where: { $0.squashedVersions.contains(version) }) else {
      throw .unknownVersion(version)
    }
    let all = snapshot.squashedVersions
    let count = (all.firstIndex(of: version) ?? 0) + 1
    throw .beforeSnapshot(
      version: snapshot.version, name: snapshot.name, applied: Array(all.prefix(count)),
      missing: Array(all.dropFirst(count)))
  }
}
