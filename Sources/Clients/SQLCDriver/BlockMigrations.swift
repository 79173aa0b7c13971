// A block's migrations as the runtime takes them.

import SQLCAnalysis
import SQLCEngine
import SQLCMigrations
import SQLCRuntime

/// Is something migrated, or are its files a schema that is edited in place?
func hasMigrationSteps(_ block: ProjectBlock, rules: LexicalRules) -> Bool {
  migrationFiles(of: block.schema, downs: block.downs, rules: rules).value.contains { $0.role != .definition }
}

extension Migration {
  init(_ script: MigrationScript) {
    self.init(
      version: script.version, name: script.name, up: script.up.map(\.sql), down: script.down?.map(\.sql),
      isInTransaction: script.isInTransaction, isRepeatable: script.role == .repeatable)
  }
}
