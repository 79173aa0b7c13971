// Why PostgreSQL refuses something, sorted by what can be done about it (errcodes-appendix.html).

import SQLCEngine
import SQLCPostgreSQLHandle

extension PostgreSQLTrialDatabase {
  /// - Parameter table: of the row that was refused.
  func failure(_ failure: PostgreSQLFailure, of table: TrialTable? = nil) -> TrialFailure {
    switch failure {
    case .server(let error): TrialFailure(cause(of: error, table), error.message)
    case .timedOut:
      TrialFailure(
        shared.deadline.isOver ? .outOfTime : .statement, "sqlc-swift ended it: it took longer than one statement may")
    case .lost(let reason), .unreachable(let reason):
      TrialFailure(.statement, "the connection to the server broke: \(reason)")
    case .libraryMissing, .libraryTooOld, .malformedConnectionString: TrialFailure(.statement, "\(failure)")
    }
  }

  private func cause(of error: ServerError, _ table: TrialTable?) -> TrialFailure.Cause {
    // What a trigger raises has the place in its function, and no constraint.
    let isRaised =
      error.sqlState == "P0001" || (error.constraint == nil && error.context?.contains("function ") == true)
    switch error.sqlState {
    case "23502": return .constraint(.value(columns: error.column.map { [$0.lowercased()] } ?? []))
    case "23505", "23P01": return .constraint(.unique(columns: keyColumns(of: error, table)))
    case "23503", "23001": return .constraint(.foreignKey)
    case "23514":
      // A domain's condition: of the columns that are of it.
      if let domain = error.dataType {
        let names = table?.columns.filter { isOf($0.declaredType, domain) }.map(\.key) ?? []
        return names.isEmpty ? .statement : .constraint(.value(columns: names))
      }
      if isRaised { return .constraint(.trigger) }
      // Without a constraint it is a row that no partition takes.
      return .constraint(.check(error.constraint ?? Self.partitionCheck))
    case "22001", "22003", "22P02", "22007", "22008": return isRaised ? .constraint(.trigger) : .statement
    default: return isRaised ? .constraint(.trigger) : .statement
    }
  }

  /// The name of the condition that a partitioned table's partitions make together; none that SQL could give.
  static let partitionCheck = "partitions of the table"

  /// Is a type that domain, or a domain over it, or an array of it?
  private func isOf(_ type: String, _ domain: String) -> Bool {
    let bare = type.hasSuffix("[]") ? String(type.dropLast(2)) : type
    if bare.split(separator: ".").last.map({ $0.filter { $0 != "\"" } }) == domain { return true }
    guard case .domain(let base, _, _)? = definitions.definition(of: bare) else { return false }
    return isOf(base, domain)
  }

  /// The columns of the key that is broken: by the name of its constraint or index, or, in partitions, whose indexes have names
  /// of their own, as the detail has them: `Key (a, b)=(1, 2) already exists.`
  private func keyColumns(of error: ServerError, _ table: TrialTable?) -> [String] {
    let fact = facts.first { $0.name == table?.name }
    if let constraint = error.constraint, let known = fact?.keyColumns[constraint] { return known }
    guard let detail = error.detail, let open = detail.firstIndex(of: "("), let close = detail.range(of: ")=(") else {
      return []
    }
    let names = detail[detail.index(after: open)..<close.lowerBound].split(separator: ",").map {
      $0.filter { !$0.isWhitespace && $0 != "\"" }.lowercased()
    }
    return names.filter { name in table?.column(name) != nil }
  }
}

extension String {
  /// Where a text stands first.
  fileprivate func range(of text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}
