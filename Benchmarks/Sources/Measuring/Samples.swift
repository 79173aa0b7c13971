// Repeated measurements, taken in turn, and their quartiles.

/// What a unit of work cost, run after run.
public struct Samples {
  public init() {}

  public private(set) var seconds: [Double] = []

  public mutating func measure(_ work: () -> Void) {
    let clock = ContinuousClock()
    let duration = clock.measure(work)
    seconds.append(
      Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18)
  }

  public mutating func append(_ duration: Double) { seconds.append(duration) }

  public func quartile(_ number: Int) -> Double {
    let sorted = seconds.sorted()
    return sorted.isEmpty ? .nan : sorted[min(sorted.count - 1, sorted.count * number / 4)]
  }

  public var median: Double { quartile(2) }
}

/// Columns of text, each as wide as it must be; a row may end early.
public func printTable(_ rows: [[String]]) {
  let widths = (0..<(rows.map(\.count).max() ?? 0)).map { column in
    rows.map { $0.count > column ? $0[column].count : 0 }.max() ?? 0
  }
  for row in rows {
    let cells = row.enumerated().map { column, cell in
      let padding = String(repeating: " ", count: widths[column] - cell.count)
      return column == 0 ? cell + padding : padding + cell
    }
    print(cells.joined(separator: "  "))
  }
}

/// Two digits behind the point.
public func fixed(_ value: Double) -> String {
  guard value.isFinite else { return "-" }
  let hundredths = Int(value * 100 + 0.5)
  let rest = hundredths % 100
  return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
}
