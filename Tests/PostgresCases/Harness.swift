// Runs every query of a project against a server, with values from everywhere in its types' ranges.
//
// `scripts/try-postgres-cases` compiles it beside the generated code and `Calls.swift`, which has one call for each query.

import Foundation
import SQLCPostgres

/// What the arguments of one run are made of: another value each time, other ones with another seed.
nonisolated final class CaseValues {
  private var state: UInt64
  /// What the database holds, by Swift type, so that conditions are met.
  let known: CaseKnown

  init(seed: UInt64, _ known: CaseKnown) {
    state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
    self.known = known
  }

  func index(below count: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(count))
  }

  func next<T: CaseSample>() -> T { T.sample(self) }

  /// One of what the database holds, three times in four where it holds any, or of the type's extremes.
  func pick<T>(_ extremes: [T], known: [T] = []) -> T {
    known.isEmpty || index(below: 4) == 0 ? extremes[index(below: extremes.count)] : known[index(below: known.count)]
  }
}

/// CaseValues that stand in the database, as text, by the name of their type.
nonisolated struct CaseKnown: Sendable {
  var texts: [String: [String]] = [:]
  func values<T>(_ types: String..., make: (String) -> T?) -> [T] { types.flatMap { texts[$0] ?? [] }.compactMap(make) }

  init(_ rows: [CaseKnownValues.Row]) { for row in rows { texts[row.type, default: []].append(row.text) } }
}

nonisolated struct CaseKnownValues: ManyQuery {
  struct Row: RowDecodable, Hashable {
    var type, text: String
    init(from row: borrowing ResultRow, at first: Int32) throws(DatabaseError) {
      type = try row.decode(first)
      text = try row.decode(first + 1)
    }
  }
  static let statement = StatementDefinition(
    name: "CaseKnownValues", sql: "SELECT type, value FROM case_values", isReadOnly: true)
}

nonisolated struct CaseUndo: Error {}

/// Counts what happens.
nonisolated final class CaseRunner {
  /// With rows of other kinds: none, usual ones, extreme ones. A query has to run with one of them at least, and each time it runs
  /// its result has to be read.
  private let databases: [(database: Database, known: CaseKnown)]
  private let rounds: Int
  private(set) var queries = 0
  private var runs = 0
  private var rows = 0
  private var refused = 0
  private(set) var faults: [String] = []
  private var neverRun: [String] = []

  nonisolated(nonsending) init(_ databases: [Database], rounds: Int) async throws {
    self.rounds = rounds
    var known: [(Database, CaseKnown)] = []
    for database in databases { known.append((database, CaseKnown(try await database.run(CaseKnownValues())))) }
    self.databases = known
  }

  /// Runs a query in transactions that are rolled back. What the server refuses for its values (classes 22 and 23, and errors of
  /// its functions) is counted; any other error is a fault.
  nonisolated(nonsending) func run<Scope: TransactionScope, Output>(
    _ name: String, in scope: Scope.Type, _ body: nonisolated(nonsending) (Scope, CaseValues) async throws -> Output
  ) async {
    queries += 1
    var hasRun = false
    for round in 0..<rounds {
      let (database, known) = databases[round % databases.count]
      let values = CaseValues(seed: UInt64(round * 1_000 + queries), known)
      do {
        try await database.transaction(scope) { tx in
          let output = try await body(tx, values)
          hasRun = true
          runs += 1
          rows += Self.count(output)
          throw CaseUndo()
        }
      } catch is CaseUndo {
      } catch let error as DatabaseError where Self.isOfValues(error) {
        refused += 1
      } catch let fault as CaseDifference {
        hasRun = true
        faults.append("\(name): \(fault.description)")
        break
      } catch {
        faults.append("\(name): \(error)")
        break
      }
    }
    if !hasRun { neverRun.append(name) }
  }

  private static func isOfValues(_ error: DatabaseError) -> Bool {
    guard error.kind == .server, let state = error.sqlState else { return false }
    // 42622: a `name` that is too long.
    return ["22", "23", "P0", "54"].contains(state.class) || state == "42622"
  }

  private static func count(_ output: Any) -> Int {
    let mirror = Mirror(reflecting: output)
    switch mirror.displayStyle {
    case .collection, .optional: return mirror.children.count
    case .tuple: return 0
    default: return 1
    }
  }

  /// The process's end: 0 when every query has run, and none found a fault.
  func report() -> Int32 {
    print(
      "\(queries - neverRun.count) of \(queries) queries executed, \(runs) runs, \(rows) rows,"
        + " \(refused) refused for their values, \(faults.count) faults")
    for name in neverRun { print("never executed: \(name)") }
    for fault in faults { print("fault: \(fault)") }
    return neverRun.isEmpty && faults.isEmpty ? 0 : 1
  }
}

/// A value came back as another one.
nonisolated struct CaseDifference: Error, CustomStringConvertible {
  var description: String
}

/// What an `Echo…` query gives has to be what it was given; NaN is what no other number is.
nonisolated func check<T: Equatable>(_ output: T, is input: T) throws {
  guard output == input || "\(output)" == "\(input)" && "\(input)".contains("nan") else {
    throw CaseDifference(description: "\(input) came back as \(output)")
  }
}
