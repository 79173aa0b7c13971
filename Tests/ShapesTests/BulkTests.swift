// The reference project `bulk`, run: many rows by one INSERT, many values of one query.

import BulkReference
import Foundation
import SQLCAnalysis
import SQLCDiagnostics
import SQLCDriver
import SQLCEngineSQLite
import SQLCQueryFile
import SQLCRuntime
import Testing

@Suite struct BulkTests {
  private func database() async throws -> Queries {
    let database = try await Database.inMemory()
    try await database.execute(String(contentsOf: reference("bulk/schema.sql"), encoding: .utf8))
    return Queries(database)
  }

  private func measurements(_ count: Int) -> [AddMeasurements] {
    (0..<count).map {
      AddMeasurements(
        sensor: "s\($0 % 7)", value: $0.isMultiple(of: 3) ? nil : Double($0),
        takenAt: Date(timeIntervalSince1970: Double($0)))
    }
  }

  /// Around the number of rows that share a statement: none, one, all but one, exactly, one more, several times.
  @Test(arguments: [0, 1, 63, 64, 65, 128, 1000])
  func everyRowArrives(count: Int) async throws {
    let queries = try await database()
    #expect(try await queries.addMeasurements(measurements(count)) == count)
    #expect(try await queries.countMeasurements() == Int64(count))
    let sensors = Set(measurements(count).map(\.sensor)).sorted()
    let values = try await queries.valuesOf(sensors.map { ValuesOf(sensor: $0) })
    #expect(values == sensors.map { sensor in measurements(count).filter { $0.sensor == sensor }.map(\.value) })
  }

  /// Short and long texts, empty ones, and those of several bytes a letter: each row has its own.
  @Test func valuesAreNotMixedUp() async throws {
    let queries = try await database()
    let names = (0..<200).map { $0 % 5 == 0 ? String(repeating: "ü\($0)", count: 100) : "n\($0)" } + [""]
    #expect(try await queries.addNewTags(names.map { AddNewTags(name: $0, uses: Int64($0.count)) }) == 201)
    #expect(
      try await queries.listTags().map { "\($0.name) \($0.uses)" }
        == names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { "\($0) \(2 * $0.count)" })
  }

  @Test func conflictsWithinOneStatement() async throws {
    let queries = try await database()
    let names = (0..<150).map { " Tag\($0 % 3) " }
    #expect(try await queries.countTags(names.map { CountTags(name: $0) }) == 150)
    #expect(try await queries.listTags().map(\.uses) == [50, 50, 50])
    // Those that are skipped do not count.
    #expect(try await queries.addNewTags([AddNewTags(name: "tag0", uses: 1), AddNewTags(name: "new", uses: 1)]) == 1)
  }

  /// SQLite, lang_conflict.html: what the table says of conflicts is not what several rows in one statement do.
  @Test(arguments: [
    ("conflict TEXT", true), ("v TEXT DEFAULT 'ON CONFLICT'", true), ("v TEXT UNIQUE ON CONFLICT IGNORE", false),
    ("v TEXT UNIQUE ON /* a */ conflict REPLACE", false),
  ]) func tablesThatSayWhatAConflictDoes(_ column: String, _ isBulk: Bool) throws {
    let schema = try SQLiteEngine().load([SourceFile(path: "s.sql", text: "CREATE TABLE t (\(column));")])
    let source = SourceFile(path: "q.sql", text: "-- name: Add :copyfrom\nINSERT INTO t VALUES (@value);\n")
    let model = try schema.value.analyze(try #require(splitQueries(of: source, rules: .sqlite).value.first))
    #expect(model.diagnostics.isEmpty)
    #expect((try #require(model.value).bulk != nil) == isBulk)
  }

  @Test func rowsThatSeeEachOtherAreStatementsOfTheirOwn() async throws {
    let queries = try await database()
    #expect(try await queries.addRunningTotals((1...100).map { AddRunningTotals(amount: Int64($0)) }) == 100)
    #expect(try await queries.listTotals().last == 5050)
  }

  /// The last of many rows fails: none is there.
  @Test func allOrNone() async throws {
    let queries = try await database()
    let rows = measurements(300) + [measurements(1)[0]]
    let error = await #expect(throws: DatabaseError.self) { try await queries.addMeasurements(rows) }
    #expect(error?.query == "AddMeasurements")
    #expect(error?.code == .constraintUnique)
    #expect(try await queries.countMeasurements() == 0)
    // In a transaction the failure undoes the rows, and what was done before stays.
    let first = measurements(100)
    let counts = try await queries.transaction { tx in
      let added = try tx.addMeasurements(first)
      var wasRefused = false
      do { _ = try tx.addMeasurements(rows) } catch is DatabaseError { wasRefused = true }
      return (added, wasRefused, try tx.countMeasurements())
    }
    #expect(counts == (100, true, 100))
    #expect(try await queries.countMeasurements() == 100)
  }

  @Test func batches() async throws {
    let queries = try await database()
    _ = try await queries.addMeasurements(measurements(20))
    let latest = try await queries.latestOf([LatestOf(sensor: "s1"), LatestOf(sensor: "none"), LatestOf(sensor: "s6")])
    #expect(latest.map { $0?.value } == [nil, nil, 13])
    #expect(latest.map { $0?.sensor } == ["s1", nil, "s6"])
    let since = Date(timeIntervalSince1970: 10)
    #expect(
      try await queries.valuesOf([ValuesOf(sensor: "s0", since: since), ValuesOf(sensor: "s3")])
        == [[14], [nil, 10, 17]])
    try await queries.renameSensors([
      RenameSensors(newName: "a", oldName: "s0"), RenameSensors(newName: "b", oldName: "a"),
    ])
    #expect(try await queries.valuesOf([ValuesOf(sensor: "b")]) == [[nil, 7, 14]])
    #expect(try await queries.addCounters([AddCounters(total: 5), AddCounters(total: 6)]) == [1, 2])
    #expect(try await queries.latestOf([LatestOf]()) == [])
    let inside = try await queries.read { tx in try tx.latestOf([LatestOf(sensor: "b")]).count }
    #expect(inside == 1)
  }

  /// The second of two renamings breaks a rule; the first is undone as well.
  @Test func batchesAreAllOrNone() async throws {
    let queries = try await database()
    let at = Date(timeIntervalSince1970: 0)
    _ = try await queries.addMeasurements(["x", "y", "z"].map { AddMeasurements(sensor: $0, value: 1, takenAt: at) })
    await #expect(throws: DatabaseError.self) {
      try await queries.renameSensors([
        RenameSensors(newName: "w", oldName: "x"), RenameSensors(newName: "z", oldName: "y"),
      ])
    }
    #expect(try await queries.valuesOf([ValuesOf(sensor: "w"), ValuesOf(sensor: "x")]) == [[], [1]])
  }

  @Test func observersHearOfBulkInserts() async throws {
    let queries = try await database()
    var seen: [Int64] = []
    for try await count in queries.database.observe(CountMeasurements()) {
      seen.append(count)
      if seen.count == 2 { break }
      _ = try await queries.addMeasurements(measurements(200))
    }
    #expect(seen == [0, 200])
  }

  @Test func cancellationLeavesNothing() async throws {
    let queries = try await database()
    let rows = measurements(20_000)
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await queries.addMeasurements(rows)
    }
    await #expect(throws: DatabaseError.self) { try await task.value }
    #expect(try await queries.countMeasurements() == 0)
  }

  @Test func stubsRecordTheRows() async throws {
    let stub = QueriesStub()
    stub.on(AddMeasurements.self) { _ in 1 }
    stub.on(LatestOf.self) { _ in nil }
    let queries: any QueriesProtocol = stub
    #expect(try await queries.addMeasurements(measurements(3)) == 3)
    #expect(try await queries.latestOf([LatestOf(sensor: "a")]) == [nil])
    #expect(stub.calls(of: AddMeasurements.self) == measurements(3))
  }

  @Test func isExercised() throws {
    let outcome = try exercise(
      CommandContext(location: ProjectLocation(workingDirectory: reference("bulk").path)),
      effort: ExerciseEffort(rounds: 1))
    #expect(outcome.exit == .success)
    #expect(outcome.standardOutput.contains("0 wrong claims, 0 queries never ran"))
  }
}
