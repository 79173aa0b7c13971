// `transfer`: the rows of a database of one engine into a database of the other, whole or not at all.

import SQLCAnalysis
import SQLCDiagnostics
import SQLCEngine
import SQLCModel
import SQLCTransfer

/// What is transferred.
public struct TransferRequest: Sendable {
  /// A file, or the address of a server: one of each.
  public var source: String
  public var target: String
  /// Rows that are put in at a time, in one transaction.
  public var batch: Int

  public init(source: String, target: String, batch: Int = 5000) {
    self.source = source
    self.target = target
    self.batch = batch
  }
}

/// Rows that are named one by one.
private let mostBadRows = 20

/// Copies the rows of every table that both schemas of a pair have, and compares counts and checksums afterwards.
///
/// How far it has come stands in the target, in the transaction that brings the rows; run again after it was ended by whatever,
/// it goes on there. Where a row cannot go over, or the target has something else in the end, all that was put in is removed
/// again. Exits with 1 then.
///
/// - Parameter progress: told of tables and rows, now and then.
public func transfer(
  _ context: CommandContext, _ request: TransferRequest, progress: @escaping (String) -> Void = { _ in }
) throws -> CommandOutcome {
  let workspace = Workspace(at: context.location, files: context.fileSystem, engines: context.engines)
  let analyzed = AnalyzedProject(try workspace.snapshot(progress: context.progress))
  let errors = analyzed.diagnostics.filter { $0.severity == .error }
  guard errors.isEmpty else {
    return CommandOutcome(
      standardError: render(errors, in: analyzed.project.sources, as: context.format), exit: .failure)
  }
  func refused(_ words: String) -> CommandOutcome {
    CommandOutcome(standardError: "sqlc-swift: error: \(visibleText(words))\n", exit: .failure)
  }
  let pairs = blockPairs(of: analyzed)
  guard let pair = pairs.first, pairs.count == 1 else {
    return refused(
      pairs.isEmpty
        ? "there is no pair of blocks: two blocks of one face, or one block for each engine"
        : "there are \(pairs.count) pairs of blocks; name a configuration with one by --file")
  }
  do throws(TrialFailure) {
    let ends = try openEnds(request, pair, in: context)
    let run = TransferRun(ends, request, progress)
    return try run.run()
  } catch {
    return refused(error.message)
  }
}

/// Two databases with the blocks that their schemas come from.
struct TransferEnds {
  var source: any TransferDatabase
  var target: any TransferDatabase
  var sourceBlock: BlockAnalysis
  var targetBlock: BlockAnalysis
}

private final class TransferRun {
  let ends: TransferEnds
  let request: TransferRequest
  let progress: (String) -> Void
  let plan: TransferPlan
  private var known: [String: TransferProgress] = [:]
  private var bad: [BadRow] = []
  private var badCount = 0
  private var resumed = false

  init(_ ends: TransferEnds, _ request: TransferRequest, _ progress: @escaping (String) -> Void) {
    self.ends = ends
    self.request = request
    self.progress = { progress(visibleText($0)) }
    plan = TransferPlan(from: ends.sourceBlock, to: ends.targetBlock)
  }

  func run() throws(TrialFailure) -> CommandOutcome {
    let (source, target) = (ends.source, ends.target)
    let lacking =
      try source.missing(plan.tables.map(\.source)).map { "\(source.name) has no \($0)" }
      + target.missing(plan.tables.map(\.target)).map { "\(target.name) has no \($0)" }
    guard lacking.isEmpty else {
      throw TrialFailure(.schema, lacking.joined(separator: "; ") + ": migrate it first")
    }
    try begin()
    for group in plan.groups { try transfer(group) }
    let broken = try target.brokenReferences()
    if badCount > 0 || !broken.isEmpty { return try undone(broken) }
    try target.begin([])
    try target.continueNumbers(plan.tables.map(\.target), behind: try source.givenNumbers())
    try target.commit([])
    let unequal = try compare()
    guard unequal.isEmpty else { return try undone(unequal) }
    try target.forgetProgress()
    return CommandOutcome(standardOutput: summary)
  }

  // MARK: Beginning

  /// The progress of a table without a name says where the rows come from.
  private func begin() throws(TrialFailure) {
    let target = ends.target
    if let found = try target.progress(), !found.isEmpty {
      known = Dictionary(found.map { ($0.table, $0) }, uniquingKeysWith: { first, _ in first })
      let origin = known[""]?.place ?? ""
      guard origin == ends.source.name else {
        throw TrialFailure(
          .statement,
          "a transfer from \(origin) into \(target.name) has been begun: run it again to its end, or empty the tables and drop 'sqlc_transfer'"
        )
      }
      resumed = true
      return progress("going on with a transfer that was begun")
    }
    for table in plan.tables where try target.count(of: table.target) > 0 {
      throw TrialFailure(
        .statement, "'\(table.target.name)' of \(target.name) has rows; a transfer goes into empty tables")
    }
    try target.begin([])
    try target.prepareProgress()
    try target.note(TransferProgress(table: "", place: ends.source.name, rows: 0, state: .begun))
    try target.commit([])
  }

  // MARK: Rows

  private func transfer(_ group: [TransferPair]) throws(TrialFailure) {
    let isWhole = TransferPlan.needsWhole(group, ends.sourceBlock, ends.targetBlock)
    guard group.contains(where: { known[$0.key]?.state != .done }) else { return }
    let tables = group.map(\.target)
    guard isWhole else {
      for pair in group { try transferInBatches(pair) }
      return
    }
    // Rows that refer to each other come in one transaction.
    try ends.target.begin(tables)
    do throws(TrialFailure) {
      for pair in group {
        var rows = 0
        try pages(of: pair, after: nil) { (page, conversion) throws(TrialFailure) in
          rows += try put(page.rows, pair, conversion)
          progress("\(pair.source.name): \(rows) rows")
        }
        try ends.target.note(TransferProgress(table: pair.key, place: nil, rows: rows, state: .done))
        known[pair.key] = TransferProgress(table: pair.key, place: nil, rows: rows, state: .done)
      }
      try ends.target.commit(tables)
    } catch {
      ends.target.rollBack()
      // A foreign key that waited is missed at the end.
      badCount += 1
      bad.append(BadRow(table: group.map(\.key).joined(separator: ", "), row: "some row", reason: error.message))
    }
  }

  private func transferInBatches(_ pair: TransferPair) throws(TrialFailure) {
    guard known[pair.key]?.state != .done else { return }
    var rows = known[pair.key]?.rows ?? 0
    let target = ends.target
    try pages(of: pair, after: known[pair.key]?.place) { (page, conversion) throws(TrialFailure) in
      try target.begin([pair.target])
      do throws(TrialFailure) {
        rows += try put(page.rows, pair, conversion)
        try target.note(TransferProgress(table: pair.key, place: page.place, rows: rows, state: .begun))
        try target.commit([pair.target])
      } catch {
        target.rollBack()
        throw error
      }
      progress("\(pair.source.name): \(rows) rows")
    }
    let done = TransferProgress(table: pair.key, place: nil, rows: rows, state: .done)
    try target.begin([])
    try target.note(done)
    try target.commit([])
    known[pair.key] = done
  }

  private func pages(
    of pair: TransferPair, after place: String?,
    _ body: (TransferPage, RowConversion) throws(TrialFailure) -> Void
  ) throws(TrialFailure) {
    let conversion = RowConversion(pair: pair, source: ends.source.types, target: ends.target.types)
    var place = place
    while true {
      let page = try ends.source.page(of: pair.source, after: place, limit: request.batch)
      if page.rows.isEmpty { return }
      try body(page, conversion)
      place = page.place
      if page.rows.count < request.batch { return }
    }
  }

  /// - Returns: how many rows went over.
  private func put(
    _ rows: [[TrialValue]], _ pair: TransferPair, _ conversion: RowConversion
  ) throws(TrialFailure) -> Int {
    var converted: [[TrialValue]] = []
    var origins: [[TrialValue]] = []
    for row in rows {
      do throws(RowConversion.Misfit) {
        converted.append(try conversion.convert(row))
        origins.append(row)
      } catch {
        note(row, conversion, error.reason)
      }
    }
    return try insert(converted[...], origins[...], pair, conversion)
  }

  /// What is refused as a whole goes over in halves, down to the rows that are bad.
  private func insert(
    _ rows: ArraySlice<[TrialValue]>, _ origins: ArraySlice<[TrialValue]>, _ pair: TransferPair,
    _ conversion: RowConversion
  ) throws(TrialFailure) -> Int {
    guard !rows.isEmpty else { return 0 }
    do throws(TrialFailure) {
      try ends.target.insert(Array(rows), into: pair.target)
      return rows.count
    } catch {
      guard rows.count > 1 else {
        if let origin = origins.first { note(origin, conversion, error.message) }
        return 0
      }
      // Enough is known: everything is undone anyway.
      guard bad.count < mostBadRows else {
        badCount += rows.count
        return 0
      }
      let middle = rows.startIndex + rows.count / 2
      return try insert(rows[..<middle], origins[..<middle], pair, conversion)
        + insert(rows[middle...], origins[middle...], pair, conversion)
    }
  }

  private func note(_ row: [TrialValue], _ conversion: RowConversion, _ reason: String) {
    badCount += 1
    if bad.count < mostBadRows {
      bad.append(BadRow(table: "\(conversion.pair.source.name)", row: conversion.name(of: row), reason: reason))
    }
  }

  // MARK: Ending

  private func sums(
    of table: TransferTable, _ types: [ValueType], in database: any TransferDatabase
  ) throws(TrialFailure) -> RowSums {
    var sums = RowSums(columns: types.count)
    let own = database.types
    var place: String?
    while true {
      let page = try database.page(of: table, after: place, limit: request.batch)
      for row in page.rows { sums.add(row, table.columns, as: types, own) }
      if page.rows.count < request.batch { return sums }
      place = page.place
    }
  }

  /// What is not the same in both, for people.
  private func compare() throws(TrialFailure) -> [String] {
    var unequal: [String] = []
    for pair in plan.tables {
      progress("\(pair.source.name): comparing")
      let one = try sums(of: pair.source, pair.types, in: ends.source)
      let two = try sums(of: pair.target, pair.types, in: ends.target)
      if one.rows != two.rows {
        unequal.append("'\(pair.source.name)' has \(one.rows) rows in the source and \(two.rows) in the target")
      } else if one != two {
        let columns = pair.types.indices.filter { one.columns[$0] != two.columns[$0] }
          .map { "'\(pair.source.columns[$0].name)'" }
        unequal.append(
          "'\(pair.source.name)' is not the same in both"
            + (columns.isEmpty ? "" : ": \(columns.joined(separator: ", "))"))
      }
    }
    return unequal
  }

  /// The target is as it was.
  private func undone(_ reasons: [String]) throws(TrialFailure) -> CommandOutcome {
    let target = ends.target
    try target.begin([])
    do throws(TrialFailure) {
      try target.removeRows(of: plan.tables.reversed().map(\.target))
      try target.forgetProgress()
      try target.commit([])
    } catch {
      target.rollBack()
      throw error
    }
    var lines = bad.map { "\($0.table): \($0.row): \($0.reason)" }
    if badCount > bad.count { lines.append("and \(count(badCount - bad.count, "row", "rows")) more") }
    lines += reasons
    lines.append("nothing was transferred: what had been put into \(target.name) was removed again")
    return CommandOutcome(
      standardOutput: lines.map { visibleText($0) + "\n" }.joined(), exit: .drift)
  }

  private var summary: String {
    let rows = plan.tables.reduce(0) { $0 + (known[$1.key]?.rows ?? 0) }
    var lines = [
      "transferred \(count(plan.tables.count, "table", "tables")), \(count(rows, "row", "rows")): counts and checksums are equal"
        + (resumed ? "; gone on where it had ended" : "")
    ]
    if !plan.left.isEmpty { lines.append("in one schema alone, and left out: \(plan.left.joined(separator: ", "))") }
    return lines.map { visibleText($0) + "\n" }.joined()
  }
}
