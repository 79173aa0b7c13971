// Plans in words of no engine: what a baseline keeps, and what `plan` prints.

public import SQLCEngine

extension PlanStep {
  /// `search tasks by idx_tasks_user_id (user_id=?)`
  public var words: String {
    switch kind {
    case .scan: "scan \(subject)"
    case .indexScan: "scan \(subject) by \(index ?? "")" + onlyIndex
    case .search: "search \(subject) by \(index ?? "key")" + onlyIndex + bound
    case .automaticIndex: "automatic index of \(subject)" + bound
    case .sort: "sort for \(purpose ?? "")"
    case .subquery: "subquery"
    case .correlatedSubquery: "correlated subquery"
    case .intermediate: "read \(subject)" + bound
    case .other: detail
    }
  }

  /// The table and, where the statement calls it otherwise, its name there.
  private var subject: String {
    guard let table, let source, source.lowercased() != table.lowercased() else { return table ?? source ?? "" }
    return "\(table) as \(source)"
  }

  private var onlyIndex: String { reading == .indexOnly ? " alone" : "" }

  private var bound: String { terms.isEmpty ? "" : " (\(terms.joined(separator: " AND ")))" }
}

/// The depth of each step, by what it is part of.
public func depths(of steps: [PlanStep]) -> [Int] {
  var depths: [Int] = []
  for step in steps { depths.append(step.parent.map { $0 < depths.count ? depths[$0] + 1 : 0 } ?? 0) }
  return depths
}

/// A plan as a tree of lines.
///
///     ├─ search tasks by idx_tasks_user_id (user_id=?)
///     ╰─ sort for ORDER BY
public func planTree(of steps: [PlanStep]) -> [String] {
  func lines(under parent: Int?, _ indent: String) -> [String] {
    let places = steps.indices.filter { steps[$0].parent == parent }
    return places.enumerated().flatMap { number, place in
      let isLast = number == places.count - 1
      return [indent + (isLast ? "╰─ " : "├─ ") + steps[place].words]
        + lines(under: place, indent + (isLast ? "   " : "│  "))
    }
  }
  return lines(under: nil, "")
}
