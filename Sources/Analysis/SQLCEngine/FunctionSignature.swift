// How functions are called, for those who write calls.

/// One way in which a function can be called.
public struct FunctionSignature: Sendable, Hashable {
  public enum Kind: Sendable, Hashable, CaseIterable { case scalar, aggregate, window, table }
  /// Can the last parameter be given again?
  public enum Repetition: Sendable, Hashable { case none, last }

  public var name: String
  public var kind: Kind
  /// What is given, in words: `text`, `separator`.
  public var parameters: [String]
  /// How many of them must be given.
  public var required: Int
  public var repetition: Repetition
  /// In the engine's spelling; absent where it depends on the arguments.
  public var result: String?
  /// The release that brought it, where that matters: `3.44`.
  public var since: String?

  public init(
    name: String, kind: Kind, parameters: [String], required: Int, repetition: Repetition = .none,
    result: String? = nil, since: String? = nil
  ) {
    self.name = name
    self.kind = kind
    self.parameters = parameters
    self.required = required
    self.repetition = repetition
    self.result = result
    self.since = since
  }

  /// `substr(text, integer, [integer]) → TEXT`
  public var text: String {
    "\(name)(\(labels.joined(separator: ", ")))" + (result.map { " → \($0)" } ?? "")
  }

  /// The parameters as ``text`` writes them.
  public var labels: [String] {
    let labels = parameters.enumerated().map { $0.offset < required ? $0.element : "[\($0.element)]" }
    return repetition == .last ? labels + ["…"] : labels
  }
}
