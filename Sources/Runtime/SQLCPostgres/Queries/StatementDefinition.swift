// A query's SQL and what was proven of it, made once for each query.

import Synchronization

/// What the generator knows of a statement. Its identity is its key in every connection's list of prepared statements.
public final class StatementDefinition: Sendable {
  /// The query's name, such as "GetAgentByID"; errors carry it.
  public let name: String
  public let sql: String
  /// The types of `$1`, `$2`, …; the server never guesses those that are given here. A parameter without a type takes that
  /// of the first value that is bound to it.
  public let parameterTypes: [PostgresType]
  /// Proven when it was generated: such a statement may be run again when its connection turns out to be dead.
  public let isReadOnly: Bool
  /// Tables, as declared; views and triggers are seen through.
  public let reads: [String]
  public let writes: [String]

  /// Where each connection keeps the prepared statement: an index is the cheapest key there is. Those that are one of
  /// many forms of a query have no such place (`noSlot`), and are not kept.
  let slot: Int
  /// Its parameters are arrays that are made of many rows, an element a row (``BulkInsertion``).
  let binding: Binding

  /// Does a parameter have a type that is known by its name?
  let namesTypes: Bool

  static var noSlot: Int { .max }

  enum Binding: Sendable { case values, arrays }

  public convenience init(
    name: String, sql: String, parameterTypes: [PostgresType] = [], isReadOnly: Bool, reads: [String] = [],
    writes: [String] = []
  ) {
    self.init(
      name: name, sql: sql, parameterTypes: parameterTypes, isReadOnly: isReadOnly, reads: reads, writes: writes,
      slot: nextSlot.wrappingAdd(1, ordering: .relaxed).oldValue, binding: .values)
  }

  /// Another form of the query that `whole` is.
  convenience init(variantOf whole: StatementDefinition, sql: String, _ preparation: Configuration.PreparedStatements) {
    let slot =
      switch preparation {
      case .named: nextSlot.wrappingAdd(1, ordering: .relaxed).oldValue
      case .unnamed: Self.noSlot
      }
    self.init(
      name: whole.name, sql: sql, parameterTypes: whole.parameterTypes, isReadOnly: whole.isReadOnly,
      reads: whole.reads,
      writes: whole.writes, slot: slot, binding: .values)
  }

  /// Of arrays: `parameterTypes` are those of their elements.
  convenience init(
    ofArrays name: String, sql: String, elementTypes: [PostgresType], reads: [String], writes: [String]
  ) {
    self.init(
      name: name, sql: sql, parameterTypes: elementTypes, isReadOnly: false, reads: reads, writes: writes,
      slot: nextSlot.wrappingAdd(1, ordering: .relaxed).oldValue, binding: .arrays)
  }

  private init(
    name: String, sql: String, parameterTypes: [PostgresType], isReadOnly: Bool, reads: [String], writes: [String],
    slot: Int, binding: Binding
  ) {
    self.name = name
    self.sql = sql
    self.parameterTypes = parameterTypes
    self.isReadOnly = isReadOnly
    self.reads = reads
    self.writes = writes
    self.slot = slot
    self.binding = binding
    namesTypes = parameterTypes.contains { $0.isNamed }
  }
}

// The only process-wide count: it numbers definitions, and nothing depends on which number one gets.
private let nextSlot = Atomic<Int>(0)
