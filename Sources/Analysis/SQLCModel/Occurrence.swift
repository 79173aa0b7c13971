// Names in SQL text and what they stand for: what definition, references, rename and symbols are made of.

public import SQLCDiagnostics

/// What a name in a query or a schema stands for.
public enum SQLSymbol: Sendable, Hashable {
  /// A table or view of the schema.
  case table(QualifiedName)
  /// A column of a table or view of the schema.
  case column(ColumnReference)
  /// A query of the project, by the name in its annotation.
  case query(String)
  /// A fragment of the project, by the name in its head.
  case fragment(String)
  case local(LocalSymbol)
}

/// A name that means something in one statement only. Two of one name differ in where they are defined.
public struct LocalSymbol: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// `x` in `WITH x AS (…)`
    case commonTable
    /// `t` in `FROM tasks AS t`
    case sourceAlias
    /// `n` in `SELECT count(*) AS n`, or in the column list of a common table.
    case resultColumn
    case parameter
    /// `user` in `-- fragment: visible_agents(user)`; what uses it is in other files too.
    case fragmentParameter
    /// `name` in `sqlc.optional(name, …)`, and behind AS in `sqlc.order` and `sqlc.patch`: what the caller knows a choice by.
    case choice
  }

  public var kind: Kind
  public var name: String
  /// Where the name is given; of a parameter, its first occurrence.
  public var definition: SourceRange

  public init(_ kind: Kind, _ name: String, definition: SourceRange) {
    self.kind = kind
    self.name = name
    self.definition = definition
  }
}

/// One place where a name stands.
public struct SymbolOccurrence: Sendable, Hashable {
  public enum Role: Sendable, Hashable { case definition, reference }

  public var symbol: SQLSymbol
  public var role: Role
  /// The name alone, its quotes included; of a parameter, all of it (`@id`, `sqlc.arg(id)`).
  public var source: SourceRange

  public init(_ symbol: SQLSymbol, _ role: Role, at source: SourceRange) {
    self.symbol = symbol
    self.role = role
    self.source = source
  }
}
