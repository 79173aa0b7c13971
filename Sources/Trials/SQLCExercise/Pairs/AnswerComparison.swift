// Are two answers the same, and if not, in what?

import SQLCEngine
import SQLCModel

/// What comparing two lists of rows showed.
enum AnswerVerdict: Equatable {
  case same
  /// The same rows in another order, which the query leaves open.
  case openOrder
  case order(firstPlace: Int)
  /// The places in both answers of rows that the other has not.
  case rows([Int], [Int])
}

struct AnswerComparison {
  let order: QueryOrder
  let now: Int64

  func compare(_ one: [[PortableValue]], _ two: [[PortableValue]]) -> AnswerVerdict {
    if one.count == two.count, zip(one, two).allSatisfy(agree) { return .same }
    let (mine, theirs) = unmatched(one, two)
    guard mine.isEmpty, theirs.isEmpty else { return .rows(mine, theirs) }
    let place = zip(one, two).enumerated().first { !agree($0.element.0, $0.element.1) }?.offset ?? 0
    switch order {
    case .total: return .order(firstPlace: place)
    case .none: return .openOrder
    case .partial(let columns):
      let wrong = zip(one, two).enumerated().first { pair in
        !columns.allSatisfy { pair.element.0[$0].agrees(with: pair.element.1[$0], now: now) }
      }
      return wrong.map { .order(firstPlace: $0.offset) } ?? .openOrder
    }
  }

  func agree(_ one: [PortableValue], _ two: [PortableValue]) -> Bool {
    one.count == two.count && zip(one, two).allSatisfy { $0.agrees(with: $1, now: now) }
  }

  /// Rows that have no counterpart.
  private func unmatched(_ one: [[PortableValue]], _ two: [[PortableValue]]) -> ([Int], [Int]) {
    var rest = Array(two.indices)
    var mine: [Int] = []
    for (place, row) in one.enumerated() {
      if let found = rest.firstIndex(where: { agree(row, two[$0]) }) {
        rest.remove(at: found)
      } else {
        mine.append(place)
      }
    }
    return (mine, rest)
  }

  /// Of rows that have no counterpart, the columns in which they differ from the nearest; nothing where most do.
  func differingColumns(_ one: [[PortableValue]], _ two: [[PortableValue]], _ rows: ([Int], [Int])) -> [Int]? {
    guard rows.0.count == rows.1.count, let width = one.first?.count else { return nil }
    var rest = rows.1
    var columns: Set<Int> = []
    for place in rows.0 {
      func differing(_ other: Int) -> [Int] {
        (0..<width).filter { !one[place][$0].agrees(with: two[other][$0], now: now) }
      }
      guard let nearest = rest.indices.min(by: { differing(rest[$0]).count < differing(rest[$1]).count }) else {
        return nil
      }
      columns.formUnion(differing(rest.remove(at: nearest)))
    }
    return width == 1 || columns.count < width ? columns.sorted() : nil
  }
}

extension DifferenceFamily {
  /// Of rows in another order: by the rows that stand at the first place where they differ.
  static func ofOrder(_ one: [PortableValue], _ two: [PortableValue], by keys: [Int]) -> DifferenceFamily {
    let places = keys.isEmpty ? Array(one.indices) : keys
    if places.contains(where: { one[$0].isNull != two[$0].isNull }) { return .nullOrder }
    if places.contains(where: { one[$0] != two[$0] && one[$0].isText && two[$0].isText }) { return .collation }
    return .limit
  }

  /// Of values that stand in one place.
  static func ofValues(_ one: PortableValue, _ two: PortableValue) -> DifferenceFamily {
    if one.isNull || two.isNull { return .other }
    switch (one, two) {
    case (.json, _), (_, .json), (.list, _), (_, .list): return .json
    case (.instant, _), (_, .instant), (.day, _), (_, .day): return .times
    case (.text(let a), .text(let b)): return a.lowercased() == b.lowercased() ? .letterCase : .other
    case (.text, _), (_, .text): return .textAndNumbers
    default: return one.isNumber && two.isNumber ? .division : .other
    }
  }
}

extension PortableValue {
  fileprivate var isText: Bool { if case .text = self { true } else { false } }

  fileprivate var isNumber: Bool {
    switch self {
    case .integer, .real, .decimal, .boolean: true
    default: false
    }
  }
}
