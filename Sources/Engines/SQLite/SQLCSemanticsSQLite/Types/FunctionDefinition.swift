/// A release of SQLite, such as 3.44.0.
public struct SQLiteVersion: Sendable, Hashable, Comparable, CustomStringConvertible {
  public var major: Int
  public var minor: Int
  public var patch: Int

  public init(_ major: Int, _ minor: Int, _ patch: Int = 0) {
    self.major = major
    self.minor = minor
    self.patch = patch
  }

  public static func < (a: SQLiteVersion, b: SQLiteVersion) -> Bool {
    (a.major, a.minor, a.patch) < (b.major, b.minor, b.patch)
  }

  public var description: String { "\(major).\(minor).\(patch)" }
}

/// What the binder must know of a function to resolve a call; how it types is in the inference rules, by `name`.
public struct FunctionDefinition: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    case scalar
    /// May also take OVER.
    case aggregate
    /// Needs OVER: `row_number`, `lag`, …
    case window
  }
  /// In lower case.
  public var name: String
  public var kind: Kind
  public var minimumArguments: Int
  /// Absent: any number.
  public var maximumArguments: Int?
  /// The release that introduced it, where that is after 3.37.
  public var since: SQLiteVersion?

  public init(
    name: String, kind: Kind, minimumArguments: Int, maximumArguments: Int?, since: SQLiteVersion? = nil
  ) {
    self.name = name
    self.kind = kind
    self.minimumArguments = minimumArguments
    self.maximumArguments = maximumArguments
    self.since = since
  }
}

public enum FunctionLookup: Sendable {
  case found(FunctionDefinition)
  /// There is a function of that name, with other numbers of arguments.
  case wrongArgumentCount([FunctionDefinition])
  /// With the nearest known names.
  case unknown(candidates: [String])
}
