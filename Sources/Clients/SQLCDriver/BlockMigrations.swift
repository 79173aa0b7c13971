// A block's schema as a list of migrations.

package import SQLCDiagnostics
package import SQLCEngine
package import SQLCMigrations
import SQLCModel
import SQLCRuntime

/// The migrations of a block, in order. What is wrong with their files is said when the schema is loaded.
package func migrations(of block: ProjectBlock, engine: any Engine) -> Diagnosed<[MigrationScript]> {
  migrationScripts(
    of: migrationFiles(of: block.schema, downs: block.downs, rules: engine.lexicalRules).value, engine: engine)
}

/// Is something migrated, or are its files a schema that is edited in place?
func hasMigrationSteps(_ block: ProjectBlock, rules: LexicalRules) -> Bool {
  migrationFiles(of: block.schema, downs: block.downs, rules: rules).value.contains { $0.role != .definition }
}

extension MigrationModel {
  init(_ script: MigrationScript) {
    self.init(
      version: script.version, name: script.name, up: script.up.map(\.sql), down: script.down?.map(\.sql),
      isInTransaction: script.isInTransaction, isRepeatable: script.role == .repeatable)
  }
}

extension Migration {
  init(_ script: MigrationScript) {
    self.init(
      version: script.version, name: script.name, up: script.up.map(\.sql), down: script.down?.map(\.sql),
      isInTransaction: script.isInTransaction, isRepeatable: script.role == .repeatable)
  }
}
