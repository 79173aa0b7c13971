// Migrations as the runtimes have them, and as the commands do. All runtimes have the same types.

import SQLCEngine
import SQLCModel
import SQLCRuntime

extension Migration {
  init(_ model: MigrationModel) {
    self.init(
      version: model.version, name: model.name, up: model.up, down: model.down,
      isInTransaction: model.isInTransaction, isRepeatable: model.isRepeatable,
      order: model.mayComeLate ? .any : .strict,
      squashed: model.squashed.map {
        SquashedMigration(version: $0.version, name: $0.name, checksum: $0.checksum)
      })
  }
}

extension MigrationTarget {
  init(_ destination: MigrationDestination) {
    self =
      switch destination {
      case .latest: .latest
      case .version(let version): .version(version)
      case .empty: .empty
      }
  }
}

extension SQLCEngine.MigrationStep {
  init(_ step: SQLCRuntime.MigrationStep) {
    self =
      switch step {
      case .adopting(let tool, let versions): .adopting(tool: tool, count: versions.count)
      case .applying(let version, let name): .applying(version: version, name: name)
      case .reverting(let version, let name): .reverting(version: version, name: name)
      }
  }
}

extension MigrationRecord {
  init(_ status: MigrationStatus) {
    let state: State =
      switch status.state {
      case .pending: .pending
      case .applied: .applied
      case .edited: .edited
      case .unknown: .unknown
      case .halfApplied(let done): .halfApplied(done: done)
      case .halfReverted(let done): .halfReverted(done: done)
      case .halfDoneAndEdited(let done): .halfDoneAndEdited(done: done)
      case .unfinished: .unfinished
      case .beforeSnapshot(let missing): .beforeSnapshot(missing: missing)
      }
    self.init(version: status.version, name: status.name, state: state, appliedAt: status.appliedAt)
  }
}

extension BaselineResult {
  init(_ summary: BaselineSummary) {
    self.init(recorded: summary.recorded, found: summary.found.map { "\($0)" })
  }
}
