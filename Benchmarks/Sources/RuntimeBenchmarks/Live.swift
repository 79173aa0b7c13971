// From a commit to the observer that sees it, and rows a second of a batch.

import Foundation
import GRDB
import Measuring
import SQLCRuntime

struct Live {
  let ours: Ours
  let rival: Rival

  func report() async throws {
    var rows = [["", "q1", "median", "q3"]]
    rows.append(row("observation, commit to value, µs: ours", try await latencies(ofOurs: true)))
    rows.append(row("observation, commit to value, µs: GRDB", try await latencies(ofOurs: false)))
    var batch = Samples()
    var theirs = Samples()
    let notes = (0..<100_000).map { CreateNote(Int64($0)) }
    for _ in 0..<5 {
      let start = ContinuousClock.now
      try await ours.database.executeBatch(notes)
      batch.append(100_000 / seconds(ContinuousClock.now - start))
      let second = ContinuousClock.now
      try await rival.pool.write { db in
        let statement = try db.cachedStatement(sql: CreateNote.statement.sql)
        for note in notes { try statement.execute(arguments: [note.ownerID, note.name, note.body, note.score]) }
      }
      theirs.append(100_000 / seconds(ContinuousClock.now - second))
    }
    rows.append(row("batch of 100,000 inserts, rows/s: ours", batch))
    rows.append(row("batch of 100,000 inserts, rows/s: GRDB", theirs))
    printTable(rows)
  }

  private func row(_ name: String, _ samples: Samples) -> [String] {
    [name, fixed(samples.quartile(1)), fixed(samples.median), fixed(samples.quartile(3))]
  }

  private func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
  }

  private func latencies(ofOurs isOurs: Bool) async throws -> Samples {
    let (seen, report) = AsyncStream.makeStream(of: (Int64, ContinuousClock.Instant).self)
    let observer = Task {
      if isOurs {
        for try await last in ours.database.observe(CountNotes()) { report.yield((last, .now)) }
      } else {
        let observation = ValueObservation.tracking { db in
          try Int64.fetchOne(db, sql: CountNotes.statement.sql) ?? 0
        }
        for try await last in observation.values(in: rival.pool) { report.yield((last, .now)) }
      }
    }
    var events = seen.makeAsyncIterator()
    _ = await events.next()
    var samples = Samples()
    for index in 0..<200 {
      // From the last moment before the commit.
      let (id, start): (Int64, ContinuousClock.Instant)
      if isOurs {
        (id, start) = try await ours.database.transaction { tx in
          try tx.run(CreateNote(Int64(index)))
          return (try tx.run(CountNotes()), .now)
        }
      } else {
        (id, start) = try await rival.pool.write { db in
          try db.cachedStatement(sql: CreateNote.statement.sql).execute(
            arguments: [Int64(index % 100), sampleName, sampleBody, 1])
          return (db.lastInsertedRowID, .now)
        }
      }
      // An observer may be told of a state twice.
      while let (last, at) = await events.next() {
        if last < id { continue }
        samples.append(seconds(at - start) * 1e6)
        break
      }
      try await Task.sleep(for: .milliseconds(1))
    }
    observer.cancel()
    return samples
  }
}
