// What of the style is left to a project.

/// How SQL is laid out. Everything else of the style is fixed: see the article Formatting.
public struct FormatOptions: Sendable, Hashable {
  /// How words of the grammar are written; names and types are never touched.
  public enum KeywordCase: String, Sendable, Hashable, CaseIterable {
    case upper, lower
    /// As they are.
    case keep
  }

  /// Lines are broken where they would be longer, in characters.
  public var width: Int
  public var keywords: KeywordCase

  public init(width: Int = 100, keywords: KeywordCase = .upper) {
    self.width = width
    self.keywords = keywords
  }

  /// What `width` may be: narrower than this nothing is readable.
  public static let widths = 40...400
}
