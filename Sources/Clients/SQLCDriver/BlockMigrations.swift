// A block's schema as a list of migrations.

package import SQLCDiagnostics
package import SQLCEngineSQLite
import SQLCMigrations
import SQLCModel
import SQLCRuntime

/// The migrations of a block, in order. What is wrong with their files is said when the schema is loaded.
package func migrations(of block: ProjectBlock) -> Diagnosed<[MigrationScript]> {
  migrationScripts(of: migrationFiles(of: block.schema, downs: block.downs).value)
}

/// Is something migrated, or are its files a schema that is edited in place?
func hasMigrationSteps(_ block: ProjectBlock) -> Bool {
  migrationFiles(of: block.schema, downs: block.downs).value.contains { $0.role != .definition }
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
