import AgentStore
import Foundation
import SQLCRuntime
import Testing

@Suite struct RunsTests {
  /// Runs 1 → 2 → 3, each the parent of the next, with 10, 20 and 30 tokens and 1, 2 and 3 seconds.
  private func chain() async throws -> Queries {
    let queries = try await storeWithAgent()
    var parent: Int64?
    for number in 1...3 as ClosedRange<Int64> {
      let run = try await queries.startRun(agentID: 1, userID: 1, parentRunID: parent, task: "task \(number)")
      #expect(run.id == number && run.parentRunID == parent && run.status == .running && run.totalTokens == 0)
      let finished = try await queries.finishRun(
        status: .completed, finalResponse: "ok", error: nil, inputTokens: number * 10, outputTokens: 0,
        durationSeconds: Double(number), completedAt: Date(timeIntervalSinceNow: 60), id: run.id)
      #expect(finished?.totalTokens == number * 10 && finished?.status == .completed)
      parent = run.id
    }
    return queries
  }

  @Test func runs() async throws {
    let queries = try await chain()
    #expect(try await queries.getRun(id: 2, userID: 1)?.task == "task 2")
    #expect(try await queries.getRun(id: 2, userID: 2) == nil)
    #expect(try await queries.listAgentRuns(agentID: 1).map(\.id) == [3, 2, 1])
    #expect(try await queries.listRunsByStatus(userID: 1, statuses: [.completed, .failed]).count == 3)
    #expect(try await queries.listRunsByStatus(userID: 1, statuses: []).isEmpty)
    let again = try await queries.finishRun(
      status: .failed, finalResponse: nil, error: nil, inputTokens: 0, outputTokens: 0, durationSeconds: nil,
      completedAt: nil, id: 1)
    #expect(again == nil)
    #expect(try await queries.cancelRuns(agentID: 1) == 0)
    let totals = try await queries.runTotals(userID: 1)
    #expect(totals.runs == 3 && totals.tokens == 60 && totals.averageSeconds == 2 && totals.firstRunAt != nil)
    let none = try await queries.runTotals(userID: 9)
    #expect(none.runs == 0 && none.tokens == nil && none.averageSeconds == nil && none.firstRunAt == nil)
    let days = try await queries.runsPerDay(since: Date(timeIntervalSinceNow: -3600))
    #expect(days.map(\.runs).reduce(0, +) == 3 && days.map(\.seconds).reduce(0, +) == 6)
  }

  @Test func recursion() async throws {
    let queries = try await chain()
    let ancestors = try await queries.runAncestors(runID: 3)
    #expect(ancestors.map(\.id) == [3, 2, 1] && ancestors.map(\.depth) == [0, 1, 2])
    #expect(ancestors.map(\.parentRunID) == [2, 1, nil])
    let tree = try await queries.runTree(rootID: 1)
    #expect(tree.map(\.depth) == [0, 1, 2] && tree.map(\.tokensOfAll) == [60, 60, 60])
  }

  @Test func windows() async throws {
    let queries = try await chain()
    let ranked = try await queries.rankedRuns()
    #expect(ranked.map(\.id) == [3, 2, 1] && ranked.map(\.position) == [1, 2, 3])
    #expect(ranked.map(\.slowerSeconds) == [nil, 3, 2])
    #expect(ranked.map(\.runningTokens) == [60, 30, 10])
  }

  @Test func stepsAndCalls() async throws {
    let queries = try await chain()
    #expect(try await queries.addStep(runID: 1, kind: .thought, content: "hm").position == 1)
    #expect(try await queries.addStep(runID: 1, kind: .answer, content: "yes").position == 2)
    let steps = try await queries.listSteps(agentRunID: 1)
    #expect(steps.map(\.kind) == [.thought, .answer] && steps.map(\.content) == ["hm", "yes"])
    #expect(try await queries.runsWithoutSteps() == [2, 3])
    let both = try await queries.runsAndSteps()
    #expect(both.map(\.runID) == [1, 1, 2, 3] && both.map(\.stepID) == [1, 2, nil, nil])

    let id = try await queries.logToolCall(
      agentRunID: 1, toolID: nil, toolName: "read", input: "{}", output: nil, isError: false, durationMs: 40)
    #expect(id == 1)
    _ = try await queries.logToolCall(
      agentRunID: 1, toolID: nil, toolName: "read", input: "{}", output: Data([7]), isError: true, durationMs: 400)
    #expect(try await queries.slowToolCalls(from: 100, to: 1000).map(\.durationMs) == [400])
    let rates = try await queries.toolErrorRates(minCalls: 2)
    #expect(rates.map(\.toolName) == ["read"] && rates[0].errorRate == 0.5 && rates[0].slowestMs == 400)
    #expect(try await queries.toolErrorRates(minCalls: 3).isEmpty)
    let timeline = try await queries.timelineOfRun(runID: 1)
    #expect(timeline.count == 4 && Set(timeline.map(\.source)) == ["step", "tool"])
  }
}
