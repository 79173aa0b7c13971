// The reference project `patches`, run: what is unchanged is not in the SQL, NULL is a value, nothing at all is refused.

import Foundation
import PatchesReference
import SQLCAnalysis
import SQLCDriver
import SQLCRuntime
import Testing

@Suite struct PatchesTests {
  private func station() async throws -> (queries: Queries, id: Int64) {
    let database = try await Database.inMemory()
    try await database.execute(String(contentsOf: reference("patches/schema.sql"), encoding: .utf8))
    let queries = Queries(database)
    return (queries, try await queries.createAgent(name: "scout", description: "looks around"))
  }

  @Test func absentDiffersFromNull() async throws {
    let (queries, id) = try await station()
    var agent = try #require(try await queries.patchAgent(id: id, budget: .set(4)))
    #expect(agent.budget == 4 && agent.description == "looks around" && agent.name == "scout")
    agent = try #require(try await queries.patchAgent(id: id, description: .set(nil)))
    #expect(agent.budget == 4 && agent.description == nil)
    agent = try #require(
      try await queries.patchAgent(id: id, name: .set("spy"), description: .set("hides"), budget: .set(1)))
    #expect(agent.name == "spy" && agent.description == "hides" && agent.budget == 1)
    #expect(try await queries.patchAgent(id: 99, name: .set("nobody")) == nil)
  }

  /// A trigger on a column runs when the column is set, also to the same value, and not when it is left out.
  @Test func triggersSeeWhatIsSet() async throws {
    let (queries, id) = try await station()
    _ = try await queries.patchAgent(id: id, budget: .set(4))
    _ = try await queries.touchAgent(id: id)
    #expect(try await queries.listRenames().isEmpty)
    _ = try await queries.patchAgent(id: id, name: .set("scout"))
    #expect(try await queries.listRenames().map(\.oldName) == ["scout"])
  }

  @Test func whatStandsBesideIsAlwaysSet() async throws {
    let (queries, id) = try await station()
    try await queries.database.execute("UPDATE agents SET updated_at = '2000-01-01 00:00:00'")
    let touched = try #require(try await queries.touchAgent(id: id))
    #expect(touched.name == "scout" && touched.archivedAt == nil)
    #expect(try #require(try await queries.getAgent(id: id)).updatedAt > Date(timeIntervalSince1970: 1_000_000_000))
    let moved = try await queries.touchAgent(
      id: id, name: .set("  spy "), place: .set(.init(latitude: 1, longitude: nil)), archivedAt: true)
    #expect(moved?.name == "spy" && moved?.archivedAt != nil)
    let agent = try #require(try await queries.getAgent(id: id))
    #expect(agent.latitude == 1 && agent.longitude == nil)
    #expect(try await queries.spendBudget(amount: 2, id: id) == 1)
    #expect(try await queries.spendBudget(amount: 2, id: id, note: .set("poor"), amountLeft: 1) == 0)
    #expect(try await queries.spendBudget(amount: 2, id: id, note: .set("poor"), amountLeft: -2) == 1)
    #expect(try await queries.getAgent(id: id)?.description == "poor")
  }

  @Test func nothingToSetIsNoStatement() async throws {
    let (queries, id) = try await station()
    let error = await #expect(throws: DatabaseError.self) { try await queries.patchAgent(id: id) }
    #expect(error?.kind == .nothingToSet && error?.query == "PatchAgent")
    let inside = await #expect(throws: DatabaseError.self) {
      try await queries.transaction { tx in try tx.rememberAgent(name: "new", description: nil) }
    }
    #expect(inside?.kind == .nothingToSet)
    // Nothing was inserted either.
    #expect(try await queries.getAgent(id: id + 1) == nil)
    try await queries.rememberAgent(name: "scout", description: "seen again", budget: .set(9))
    var agent = try await queries.getAgent(id: id)
    #expect(agent?.description == "looks around" && agent?.budget == 9)
    try await queries.rememberAgent(name: "scout", description: "seen again", describe: true)
    agent = try await queries.getAgent(id: id)
    #expect(agent?.description == "seen again" && agent?.budget == 9)
  }

  @Test func whatIsUnchangedIsNotInTheSQL() {
    #expect(
      PatchAgent(id: 1, budget: .set(1)).chosenStatement.sql.hasPrefix("UPDATE agents SET budget = ?3\nWHERE id = ?4"))
    #expect(
      PatchAgent(id: 1, name: .set(""), budget: .set(1)).chosenStatement.sql
        .hasPrefix("UPDATE agents SET name = ?1, budget = ?3\nWHERE"))
    #expect(
      SpendBudget(amount: 1, id: 1).chosenStatement.sql == "UPDATE agents SET budget = budget - ?1\nWHERE id = ?4")
    #expect(TouchAgent(id: 1).chosenStatement.sql.contains("SET\n  updated_at = CURRENT_TIMESTAMP\nWHERE"))
  }

  @Test func everyAssignmentIsExercised() throws {
    let outcome = try exercise(
      CommandContext(location: ProjectLocation(workingDirectory: reference("patches").path)),
      effort: ExerciseEffort(rounds: 1))
    #expect(outcome.exit == .success)
    #expect(outcome.standardOutput.contains("0 wrong claims, 0 queries never ran"))
    #expect(outcome.standardOutput.contains("PatchAgent 7 of 7"))
    #expect(outcome.standardOutput.contains("TouchAgent 10 of 10"))
  }

  @Test func partialJSONIsAPatch() throws {
    struct Body: Codable, Equatable {
      var name: PatchValue<String>
      var note: PatchValue<String?>
    }
    func read(_ text: String) throws -> Body { try JSONDecoder().decode(Body.self, from: Data(text.utf8)) }
    #expect(try read("{}") == Body(name: .unchanged, note: .unchanged))
    #expect(try read(#"{"note": null}"#) == Body(name: .unchanged, note: .set(nil)))
    #expect(try read(#"{"name": "x", "note": "y"}"#) == Body(name: .set("x"), note: .set("y")))
    #expect(throws: DecodingError.self) { try read(#"{"name": null}"#) }
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    for text in ["{}", #"{"note":null}"#, #"{"name":"x","note":"y"}"#] {
      #expect(try String(decoding: encoder.encode(read(text)), as: UTF8.self) == text)
    }
    #expect(throws: EncodingError.self) { try JSONEncoder().encode([PatchValue<String>.unchanged]) }
    #expect(PatchValue(ifPresent: 1) == .set(1) && PatchValue<Int>(ifPresent: nil) == .unchanged)
  }
}
