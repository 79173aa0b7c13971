public import SQLCDiagnostics

/// Can a value be absent, and why, in words ("`t` is on the right of the LEFT JOIN"), and where that is written.
public enum ModelNullability: Sendable, Hashable, Codable {
  case never
  case optional(reason: String, at: ReasonPlace? = nil)

  public var isOptional: Bool {
    switch self {
    case .never: false
    case .optional: true
    }
  }
}

/// Where the cause of a NULL is written.
public struct ReasonPlace: Sendable, Hashable, Codable {
  public var source: SourceRange
  /// 1-based line and column inside the query's own statement, so that text above it changes nothing; nil when the cause
  /// lies in another file.
  public var line: Int?
  public var column: Int?
  public init(source: SourceRange, line: Int? = nil, column: Int? = nil) {
    self.source = source
    self.line = line
    self.column = column
  }
}
