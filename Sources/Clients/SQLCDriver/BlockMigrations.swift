// Is a block's schema a history?

import SQLCAnalysis
import SQLCEngine
import SQLCMigrations

/// Is something migrated, or are its files a schema that is edited in place?
func hasMigrationSteps(_ block: ProjectBlock, rules: LexicalRules) -> Bool {
  migrationFiles(of: block.schema, downs: block.downs, rules: rules).value.contains { $0.role != .definition }
}
