// Names that a schema had and has no more, for messages about those who still say them.

public import SQLCDiagnostics

/// A table, view or column that was renamed or dropped.
public struct Departure: Sendable, Hashable {
  public enum Fate: Sendable, Hashable {
    case renamed(to: String)
    case dropped
  }

  /// As it was called then, as a key.
  public var table: String
  /// Absent when it is the table itself.
  public var column: String?
  public var fate: Fate
  public var place: SourceRange
}

extension Catalog {
  /// Where the last table or view of this name went.
  func departure(ofTable name: String) -> [DiagnosticLabel] {
    label(departures.last { $0.column == nil && $0.table == name.asciiLowercased }, name)
  }

  /// Where the last column of this name of the table went, whatever the table was called then.
  func departure(ofColumn name: String, in table: String) -> [DiagnosticLabel] {
    var tables: Set<String> = [table.asciiLowercased]
    for departure in departures.reversed() {
      if case .renamed(let new) = departure.fate, departure.column == nil, tables.contains(new.asciiLowercased) {
        tables.insert(departure.table)
      }
    }
    return label(departures.last { $0.column == name.asciiLowercased && tables.contains($0.table) }, name)
  }

  private func label(_ departure: Departure?, _ name: String) -> [DiagnosticLabel] {
    guard let departure else { return [] }
    switch departure.fate {
    case .renamed(let new): return [DiagnosticLabel(departure.place, "'\(name)' was renamed to '\(new)' here")]
    case .dropped: return [DiagnosticLabel(departure.place, "'\(name)' was dropped here")]
    }
  }
}
