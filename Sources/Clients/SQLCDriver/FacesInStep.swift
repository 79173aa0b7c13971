// The schemas of a face, in step: the same migrations, and after the last of them the same keys and foreign keys. Columns, their
// types and what can be NULL are compared where the face is.

import SQLCAnalysis
import SQLCDiagnostics
import SQLCFacts
import SQLCMigrations
import SQLCTargetSwift

/// What one block's schema has and the other's has not.
struct SchemaComparison {
  private let first: BlockAnalysis
  private let second: BlockAnalysis
  private var diagnostics: [Diagnostic] = []

  static func differences(_ first: BlockAnalysis, _ second: BlockAnalysis) -> [Diagnostic] {
    var comparison = SchemaComparison(first: first, second: second)
    comparison.compareMigrations()
    comparison.compareKeys()
    return comparison.diagnostics
  }

  private init(first: BlockAnalysis, second: BlockAnalysis) {
    self.first = first
    self.second = second
  }

  // MARK: Migrations

  /// By version, a snapshot standing for those that it was made of; what has no version by its name. A schema that is edited in
  /// place has no steps.
  private mutating func compareMigrations() {
    guard [first, second].allSatisfy({ hasMigrationSteps($0.block, rules: $0.engine.lexicalRules) }) else { return }
    lag(of: second, behind: first)
    lag(of: first, behind: second)
  }

  private mutating func lag(of lagging: BlockAnalysis, behind leading: BlockAnalysis) {
    let known = Set(lagging.snapshot.migrations.flatMap(steps))
    for migration in leading.snapshot.migrations where !known.isSuperset(of: steps(of: migration)) {
      diagnostics.append(
        FaceProblem.missingMigration(
          name: migration.name, here: name(of: leading), there: name(of: lagging),
          at: migration.source, other: place(of: lagging)
        ).diagnostic)
    }
  }

  private func steps(of migration: MigrationScript) -> Set<String> {
    if !migration.squashed.isEmpty { return Set(migration.squashed.map(\.version)) }
    return [migration.role == .repeatable ? "repeatable \(migration.name)" : migration.version]
  }

  // MARK: Keys

  /// Of the tables that both have. What a server said, and was kept, has no keys to compare.
  private mutating func compareKeys() {
    guard let mine = facts(of: first), let theirs = facts(of: second) else { return }
    let others = Dictionary(
      theirs.tables.map { ($0.name.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })
    for table in mine.tables where table.kind == .table {
      guard let other = others[table.name.lowercased()], other.kind == .table else { continue }
      compare(keys(of: table, in: mine), keys(of: other, in: theirs), table, other, .differentKey)
      compare(foreignKeys(of: table), foreignKeys(of: other), table, other, .differentForeignKey)
    }
  }

  private mutating func compare(
    _ mine: [String: SourceRange?], _ theirs: [String: SourceRange?], _ table: TableFact, _ other: TableFact,
    _ rule: FaceRule
  ) {
    func missing(
      _ here: [String: SourceRange?], _ there: [String: SourceRange?], _ owner: TableFact, _ lacking: TableFact,
      _ leading: BlockAnalysis, _ lagging: BlockAnalysis
    ) -> [Diagnostic] {
      here.filter { there[$0.key] == nil }.sorted { $0.key < $1.key }.map { key, source in
        FaceProblem.missingKey(
          rule, what: key, table: owner.name, here: name(of: leading), there: name(of: lagging),
          at: source ?? owner.source ?? place(of: leading), other: lacking.source ?? place(of: lagging)
        ).diagnostic
      }
    }
    diagnostics += missing(mine, theirs, table, other, first, second)
    diagnostics += missing(theirs, mine, other, table, second, first)
  }

  /// What keeps rows apart, in words: `(user_id, name)`, `(user_id, name) of some rows`.
  private func keys(of table: TableFact, in facts: SchemaFacts) -> [String: SourceRange?] {
    var keys: [String: SourceRange?] = [:]
    func note(_ columns: [String], _ extent: String, _ source: SourceRange?) {
      let name = "(\(columns.map { $0.lowercased() }.sorted().joined(separator: ", ")))\(extent)"
      keys[name] = .some(source)
    }
    for key in table.keys { note(key.columns.map { table.columns[$0].name }, "", key.source) }
    if case .column(let index) = table.rowKey {
      note([table.columns[index].name], "", table.source)
    }
    for index in facts.indexes where index.isUnique && index.table.lowercased() == table.name.lowercased() {
      // Expressions are each engine's own words.
      let columns = index.terms.compactMap(\.column)
      guard columns.count == index.terms.count else { continue }
      switch index.reach {
      case .allRows: note(columns, "", index.source)
      case .rows: note(columns, " of some rows", index.source)
      }
    }
    return keys
  }

  private func foreignKeys(of table: TableFact) -> [String: SourceRange?] {
    var keys: [String: SourceRange?] = [:]
    for key in table.foreignKeys {
      let pairs = zip(
        key.columns.map { table.columns[$0].name.lowercased() }, key.parentColumns.map { $0.lowercased() }
      )
      .sorted { $0.0 < $1.0 }
      let action = key.onDelete.map { $0.uppercased() } ?? "NO ACTION"
      let text =
        "(\(pairs.map(\.0).joined(separator: ", "))) to \(key.parent.lowercased())"
        + " (\(pairs.map(\.1).joined(separator: ", "))) ON DELETE \(action)"
      keys[text] = .some(key.source)
    }
    return keys
  }

  private func facts(of block: BlockAnalysis) -> SchemaFacts? {
    (block.snapshot.inspector as? any FactInspector)?.schemaFacts()
  }

  private func name(of block: BlockAnalysis) -> String {
    block.engine.runtime?.engine ?? block.engine.name.rawValue
  }

  private func place(of block: BlockAnalysis) -> SourceRange {
    block.block.settings.face?.source ?? block.block.settings.out.source
  }
}

/// What is said of schemas that are not in step.
private enum FaceProblem {
  case missingMigration(name: String, here: String, there: String, at: SourceRange, other: SourceRange)
  case missingKey(
    FaceRule, what: String, table: String, here: String, there: String, at: SourceRange, other: SourceRange)

  var diagnostic: Diagnostic {
    switch self {
    case .missingMigration(let name, let here, let there, let at, let other):
      Diagnostic(
        FaceRule.missingMigration.rule, "the migration '\(name)' is there for \(here), and not for \(there)",
        at: DiagnosticLabel(at), secondary: [DiagnosticLabel(other, "the block for \(there)")],
        notes: [
          "write what it does in \(there)'s words, with the same version; one without statements is enough where nothing is to do"
        ])
    case .missingKey(let rule, let what, let table, let here, let there, let at, let other):
      Diagnostic(
        rule.rule,
        "'\(table)' has the \(rule == .differentKey ? "key" : "foreign key") \(what) for \(here), and not for \(there)",
        at: DiagnosticLabel(at), secondary: [DiagnosticLabel(other, "the table for \(there)")],
        notes: ["declare it in both schemas, by a migration of the same version"])
    }
  }
}
