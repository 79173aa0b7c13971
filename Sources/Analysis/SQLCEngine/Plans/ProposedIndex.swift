// Indexes that are not there, as values: engines write them, and nobody else puts SQL together.

/// An index that is not there.
public struct ProposedIndex: Sendable, Hashable {
  public enum Direction: Sendable, Hashable { case ascending, descending }

  /// What a function is called with.
  public enum Argument: Sendable, Hashable {
    case column(String)
    /// A literal, as written.
    case constant(String)
  }

  public enum Key: Sendable, Hashable {
    case column(String)
    case call(function: String, [Argument])
  }

  public struct Term: Sendable, Hashable {
    public var key: Key
    public var direction: Direction

    public init(_ column: String, _ direction: Direction = .ascending) { self.init(.column(column), direction) }

    public init(_ key: Key, _ direction: Direction = .ascending) {
      self.key = key
      self.direction = direction
    }

    /// Absent for an expression.
    public var column: String? { if case .column(let name) = key { name } else { nil } }

    /// What a name can be made of: `created_at`, `lower_email`.
    public var label: String {
      switch key {
      case .column(let name): return name
      case .call(let function, let arguments):
        let columns = arguments.compactMap { if case .column(let name) = $0 { name } else { nil } }
        return ([function] + columns).joined(separator: "_")
      }
    }
  }

  /// What the rows of a partial index fulfil. Constants are literals, as written.
  public enum Condition: Sendable, Hashable {
    case isNull(String)
    case isNotNull(String)
    /// A column that is a truth value.
    case isTrue(String)
    case isFalse(String)
    case equals(String, constant: String)
    case differs(String, constant: String)
  }

  public var name: String
  public var table: String
  public var terms: [Term]
  /// All of them hold of the rows in the index; none: it has every row.
  public var conditions: [Condition]

  public init(name: String, table: String, terms: [Term], conditions: [Condition] = []) {
    self.name = name
    self.table = table
    self.terms = terms
    self.conditions = conditions
  }
}

extension ProposedIndex {
  /// `CREATE INDEX …`, without a semicolon.
  ///
  /// - Parameters:
  ///   - target: the table, as the statement is to name it.
  ///   - quoted: a name as it can stand in SQL.
  public func definition(on target: String, quoted: (String) -> String) -> String {
    let terms = terms.map { $0.text(quoted) }.joined(separator: ", ")
    let rows = conditions.isEmpty ? "" : " WHERE " + conditions.map { $0.text(quoted) }.joined(separator: " AND ")
    return "CREATE INDEX \(quoted(name)) ON \(target) (\(terms))\(rows)"
  }
}

extension ProposedIndex.Term {
  public func text(_ quoted: (String) -> String) -> String {
    let text: String
    switch key {
    case .column(let name): text = quoted(name)
    case .call(let function, let arguments):
      let values = arguments.map { argument in
        switch argument {
        case .column(let name): quoted(name)
        case .constant(let literal): literal
        }
      }
      text = "\(quoted(function))(\(values.joined(separator: ", ")))"
    }
    return text + (direction == .descending ? " DESC" : "")
  }
}

extension ProposedIndex.Condition {
  public func text(_ quoted: (String) -> String) -> String {
    switch self {
    case .isNull(let column): "\(quoted(column)) IS NULL"
    case .isNotNull(let column): "\(quoted(column)) IS NOT NULL"
    case .isTrue(let column): quoted(column)
    case .isFalse(let column): "NOT \(quoted(column))"
    case .equals(let column, let constant): "\(quoted(column)) = \(constant)"
    case .differs(let column, let constant): "\(quoted(column)) <> \(constant)"
    }
  }
}
