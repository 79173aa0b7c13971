// The databases between which rows are transferred.

import SQLCAnalysis
import SQLCConfiguration
import SQLCEngine
import SQLCTransfer
import SQLCTrialPostgreSQL
import SQLCTrialSQLite

/// Opens both, each by the engine that its name is of: one of a file, one of a server.
func openEnds(
  _ request: TransferRequest, _ pair: BlockPair, in context: CommandContext
) throws(TrialFailure) -> TransferEnds {
  let isRemote = (isServerAddress(request.source), isServerAddress(request.target))
  guard isRemote.0 != isRemote.1 else {
    throw TrialFailure(
      .statement,
      "one of --from and --to is an SQLite file, the other the address of a PostgreSQL server ('postgres://…')")
  }
  guard request.batch > 0 else { throw TrialFailure(.statement, "--batch is at least 1") }
  let file = join(context.location.workingDirectory, isRemote.0 ? request.target : request.source)
  guard context.fileSystem.kind(of: file) == .file else { throw TrialFailure(.statement, "there is no file '\(file)'") }
  let local = try SQLiteTransferDatabase(
    path: file, storage: valueStorage(of: pair.first.block.settings), for: isRemote.0 ? .writing : .reading)
  let address = isRemote.0 ? request.source : request.target
  let access = databaseAccess(of: pair.second.block.settings, context)
  let remote = try PostgreSQLTransferDatabase(
    address: address, name: access?.shown(address) ?? "the server",
    settings: postgreSQLEngine(for: pair.second.block.settings).settings)
  return isRemote.0
    ? TransferEnds(source: remote, target: local, sourceBlock: pair.second, targetBlock: pair.first)
    : TransferEnds(source: local, target: remote, sourceBlock: pair.first, targetBlock: pair.second)
}

/// `postgres://…`, `postgresql://…`, `host=… dbname=…`
private func isServerAddress(_ name: String) -> Bool {
  name.hasPrefix("postgres://") || name.hasPrefix("postgresql://")
    || ["host=", "dbname=", "service=", "port=", "user="].contains { name.hasPrefix($0) }
}
