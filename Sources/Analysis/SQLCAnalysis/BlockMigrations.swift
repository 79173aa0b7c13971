// A block's schema as a list of migrations.

package import SQLCDiagnostics
package import SQLCEngine
package import SQLCMigrations
package import SQLCModel

/// The migrations of a block, in order. What is wrong with their files is said when the schema is loaded.
package func migrations(of block: ProjectBlock, engine: any Engine) -> Diagnosed<[MigrationScript]> {
  migrationScripts(
    of: migrationFiles(of: block.schema, downs: block.downs, rules: engine.lexicalRules).value, engine: engine)
}

extension MigrationModel {
  package init(_ script: MigrationScript) {
    let withdrawal = script.withdrawal.isEmpty ? nil : script.withdrawal
    self.init(
      version: script.version, name: script.name, up: script.up.map(\.sql), down: script.down?.map(\.sql) ?? withdrawal,
      isInTransaction: script.isInTransaction, isRepeatable: script.role == .repeatable,
      mayComeLate: script.mayComeLate, squashed: script.squashed)
  }
}
