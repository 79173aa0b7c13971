// A query as a value that two engines can run.

/// One call of a query of a shared face: its arguments, and what running gives. Each module of implementations makes it a query
/// of its engine's.
public protocol PortableQuery: Sendable, Hashable {
  /// What running gives.
  associatedtype Output: Sendable
}
