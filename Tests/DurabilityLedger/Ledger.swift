// A ledger in which every entry can be told whole from half, whoever wrote it: what the proofs of durability write and
// check.

public import SQLCRuntime

/// An entry, all of it known from its number.
public struct Entry: Sendable, Hashable {
  public var id: Int64
  public init(_ id: Int64) { self.id = id }

  /// How it is written.
  public enum Way: Sendable, Hashable {
    /// One statement that is its own transaction.
    case statement
    case batch
    /// By statements of several rows.
    case bulk
    /// With savepoints, of which some are undone, and the counter read and written back.
    case transaction
  }

  public var way: Way {
    switch id % 7 {
    case 0: .statement
    case 1: .batch
    case 2: .bulk
    default: .transaction
    }
  }

  public var count: Int64 {
    switch way {
    case .statement: 1
    case .batch, .transaction: 2 + id % 7
    case .bulk: 70
    }
  }

  public func payload(_ part: Int64) -> [UInt8] {
    let seed = UInt64(bitPattern: id &* 31 &+ part &* 17)
    // Some are longer than a page, some empty.
    let length = way == .bulk ? Int(seed % 60) : seed % 11 == 0 ? 6000 : Int(seed % 400)
    return [UInt8](repeating: UInt8(truncatingIfNeeded: seed), count: length)
  }

  public var parts: [AppendPart] { (0..<count).map { AppendPart(id: id, part: $0, payload: payload($0)) } }
}

private struct Undone: Error {}

extension Database {
  /// Writes the entry in its way; when this returns it is acknowledged.
  public func append(_ entry: Entry) async throws {
    let parts = entry.parts
    switch entry.way {
    case .statement: for part in parts { try await run(part) }
    case .batch: try await executeBatch(parts)
    case .bulk: _ = try await insert(contentsOf: parts.map(AppendParts.init))
    case .transaction:
      try await transaction { tx in
        let counter = try tx.run(GetCounter())
        for part in parts {
          try tx.savepoint { inner in try inner.run(part) }
          do {
            try tx.savepoint { inner in
              try inner.run(AppendPart(id: part.id, part: part.part + 1000, payload: []))
              throw Undone()
            }
          } catch is Undone {}
        }
        try tx.run(SetCounter(counter: counter + 1))
      }
    }
  }

  /// Of one snapshot: what the totals say and what there is must agree.
  public func checkSnapshot() async throws -> GetTotals.Row {
    let (totals, heads, parts) = try await read { tx in
      (try tx.run(GetTotals()), try tx.run(CountHeads()), try tx.run(CountParts()))
    }
    guard totals.entries == heads, totals.parts == parts else {
      throw LedgerError("the totals are \(totals), but there are \(heads) entries and \(parts) parts")
    }
    return totals
  }

  /// What is wrong with the ledger, in words: nothing, when `acknowledged` are there, `refused` are not, and every entry
  /// is whole.
  public func ledgerProblems(acknowledged: Set<Int64>, refused: Set<Int64> = []) async throws -> [String] {
    var problems: [String] = []
    let integrity = try await run(CheckIntegrity())
    if integrity != ["ok"] { problems.append("integrity: \(integrity.prefix(3))") }
    let (rows, totals) = try await read { tx in (try tx.run(ListParts()), try tx.run(GetTotals())) }
    var found: [Int64: [ListParts.Row]] = [:]
    for row in rows { found[row.id, default: []].append(row) }
    for (id, parts) in found {
      let entry = Entry(id)
      if parts.map(\.part) != (0..<entry.count).map({ $0 }) { problems.append("entry \(id) has \(parts.count) parts") }
      for part in parts where part.payload != entry.payload(part.part) {
        problems.append("entry \(id), part \(part.part) has other bytes")
      }
    }
    let present = Set(found.keys)
    let lost = acknowledged.subtracting(present)
    if !lost.isEmpty { problems.append("acknowledged, but lost: \(lost.sorted().prefix(10))") }
    let unwanted = refused.intersection(present)
    if !unwanted.isEmpty { problems.append("refused, but there: \(unwanted.sorted().prefix(10))") }
    if totals.entries != Int64(present.count) || totals.parts != Int64(rows.count) {
      problems.append("the totals are \(totals), but there are \(present.count) entries and \(rows.count) parts")
    }
    let counted = Int64(present.filter { Entry($0).way == .transaction }.count)
    if totals.counter != counted {
      problems.append("an update was lost: the counter is \(totals.counter), transactions \(counted)")
    }
    return problems
  }
}

public struct LedgerError: Error, CustomStringConvertible {
  public var description: String
  public init(_ description: String) { self.description = description }
}

/// Random numbers that come again with their seed (SplitMix64).
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64
  public init(seed: UInt64) { state = seed }
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
