// Plans that were looked at and written down, so that one that gets worse is seen.
//
//     ListTasks
//       search tasks by idx_tasks_user_id (user_id=?)
//       sort for ORDER BY
//     ListTasks [status by created_at desc]
//       scan tasks
//
// A combination that is not there has the plan of the one above it without brackets. A line with `#` is for people.

import SQLCEngine

/// A file of plans.
public struct PlanBaseline: Sendable {
  /// A query, or one of its combinations.
  struct Key: Hashable, Sendable {
    var query: String
    var combination: String
  }

  /// The lines of each plan, in the order of the file.
  private(set) var entries: [(key: Key, lines: [String])] = []
  private var places: [Key: Int] = [:]

  /// Reads what ``text(of:)`` writes.
  public init(_ text: String) {
    for line in text.split(separator: "\n") where line.first != "#" {
      if line.first == " " {
        if !entries.isEmpty { entries[entries.count - 1].lines.append(String(line.dropFirst(2))) }
      } else {
        var name = line[...]
        var combination = ""
        if name.last == "]", let open = name.firstRange(of: " [") {
          combination = String(name[open.upperBound...].dropLast())
          name = name[..<open.lowerBound]
        }
        let key = Key(query: String(name), combination: combination)
        places[key] = entries.count
        entries.append((key, []))
      }
    }
  }

  /// The plan that was written down for a combination.
  func lines(_ query: String, _ combination: String) -> [String]? {
    let place = places[Key(query: query, combination: combination)] ?? places[Key(query: query, combination: "")]
    return place.map { entries[$0].lines }
  }

  public var queryNames: [String] { entries.filter { $0.key.combination.isEmpty }.map(\.key.query) }

  /// The file of some queries' plans: the same plans give the same bytes, in the order of names.
  public static func text(of queries: [QueryPlans]) -> String {
    var text =
      "# Plans of queries. 'sqlc-swift vet --write-plans' writes this file, 'sqlc-swift vet' holds plans against it.\n"
    for query in queries.sorted(by: { $0.model.name < $1.model.name }) {
      guard let first = query.statements.first else { continue }
      let usual = planLines(of: first.steps)
      for (number, statement) in query.statements.enumerated() {
        let lines = planLines(of: statement.steps)
        if number > 0, lines == usual { continue }
        text += query.model.name + (number == 0 ? "" : " [\(statement.combination)]") + "\n"
        for line in lines { text += "  \(line)\n" }
      }
    }
    return text
  }
}

/// Lines with two spaces for each step that one is part of.
func planLines(of steps: [PlanStep]) -> [String] {
  zip(steps, depths(of: steps)).map { String(repeating: "  ", count: $1) + $0.words }
}

/// How a plan differs from the one that was written down.
public struct PlanChange: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable {
    /// It reads, sorts or builds more.
    case worse
    case changed
    /// Nothing was written down.
    case new
    /// What was written down is of no query.
    case gone
  }

  public var kind: Kind
  public var query: String
  public var combination: String
  /// What a message says behind the query's name.
  public var detail: String
}

extension PlanBaseline {
  /// Of all queries, each change once; of a query's combinations the first that has it.
  public func changes(of queries: [QueryPlans]) -> [PlanChange] {
    var changes: [PlanChange] = []
    for query in queries where !query.statements.isEmpty {
      var seen: Set<String> = []
      for statement in query.statements {
        for (kind, detail) in differences(of: statement, in: query.model.name) where seen.insert(detail).inserted {
          changes.append(
            PlanChange(kind: kind, query: query.model.name, combination: statement.combination, detail: detail))
        }
      }
    }
    let names = Set(queries.map(\.model.name))
    for name in queryNames where !names.contains(name) {
      changes.append(
        PlanChange(kind: .gone, query: name, combination: "", detail: "is written down, and there is no such query"))
    }
    return changes
  }

  private func differences(of statement: StatementPlan, in query: String) -> [(PlanChange.Kind, String)] {
    guard let lines = lines(query, statement.combination) else { return [(.new, "is not written down")] }
    let before = lines.map(WrittenStep.init)
    let after = planLines(of: statement.steps).map(WrittenStep.init)
    var found: [(PlanChange.Kind, String)] = []
    func more(_ kind: WrittenStep.Kind, _ words: (String) -> String) {
      let old = before.filter { $0.kind == kind }.map(\.subject)
      for subject in Set(after.filter { $0.kind == kind }.map(\.subject)).sorted()
      where after.count(where: { $0.kind == kind && $0.subject == subject }) > old.count(where: { $0 == subject }) {
        found.append((.worse, words(subject)))
      }
    }
    more(.scan) { "reads every row of '\($0)'" }
    more(.automaticIndex) { "builds an index of '\($0)' each time it runs" }
    more(.sort) { "sorts for \($0)" }
    more(.correlatedSubquery) { _ in "runs a subquery for each row" }
    for step in before where step.kind == .search {
      guard let index = step.index, !after.contains(where: { $0.index == index }) else { continue }
      // Another index that finds rows by as many columns does as well.
      let others = after.filter { $0.kind == .search && $0.subject == step.subject }
      if !others.contains(where: { $0.bound >= step.bound }), !found.contains(where: { $0.0 == .worse }) {
        found.append((.worse, "does without the index '\(index)'"))
      }
    }
    let isOther = before.filter(\.counts).map(\.text) != after.filter(\.counts).map(\.text)
    if found.isEmpty, isOther { found.append((.changed, "is not the one that is written down")) }
    return found
  }
}

/// A line of a baseline, as far as it is compared.
private struct WrittenStep {
  enum Kind { case scan, search, automaticIndex, sort, correlatedSubquery, other }

  var text: String
  var kind = Kind.other
  /// The table; what a sort is for.
  var subject = ""
  var index: String?
  /// How many columns find the rows.
  var bound = 0

  /// Words that are the engine's own change with its version.
  var counts: Bool { kind != .other }

  init(_ line: String) {
    text = line
    var rest = line.drop { $0 == " " }
    if rest.last == ")", let open = rest.firstRange(of: " (") {
      bound = rest[open.upperBound...].split(separator: " AND ").count
      rest = rest[..<open.lowerBound]
    }
    for (word, kind) in [
      ("scan ", Kind.scan), ("search ", .search), ("automatic index of ", .automaticIndex), ("sort for ", .sort),
    ] where rest.hasPrefix(word) {
      self.kind = kind
      rest = rest.dropFirst(word.count)
    }
    if rest == "correlated subquery" { kind = .correlatedSubquery }
    guard kind != .sort, kind != .other else {
      subject = String(rest)
      return
    }
    if let by = rest.firstRange(of: " by ") {
      var name = rest[by.upperBound...]
      if name.hasSuffix(" alone") { name = name.dropLast(" alone".count) }
      if name != "key" { index = String(name) }
      rest = rest[..<by.lowerBound]
    }
    subject = String(rest.firstRange(of: " as ").map { rest[..<$0.lowerBound] } ?? rest)
  }
}
