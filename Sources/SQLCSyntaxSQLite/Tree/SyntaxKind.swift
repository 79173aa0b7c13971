/// Every production of the tree, by the name that `sqlc-swift parse` prints.
public enum SyntaxKind: String, Sendable, Hashable, CaseIterable {
  case script
}
