// What the language server needs from outside: it touches no file and knows no engine.

public import SQLCAnalysis
public import SQLCDiagnostics
public import SQLCFormat

/// How much is tried before diagnostics are told.
public enum DiagnosticDepth: Sendable, Hashable {
  /// Schema and queries: after every edit.
  case analysis
  /// The code that is made of them too: when there is a moment of rest.
  case generation
}

/// What there is to say about a rule.
public struct RulePage: Sendable, Hashable {
  /// Markdown.
  public var text: String
  /// Where it can be read, when it is published.
  public var address: String?

  public init(text: String, address: String? = nil) {
    self.text = text
    self.address = address
  }
}

/// What one session is given by the composition root.
public struct ServerEnvironment: Sendable {
  public var version: String
  public var files: any ReadableFiles
  public var engines: EngineSet
  /// A snapshot's diagnostics as its project wants them: what a command that goes as far would print.
  public var diagnostics: @Sendable (Snapshot, DiagnosticDepth) -> [Diagnostic]
  /// Can a comment suppress the rule?
  public var isSuppressible: @Sendable (DiagnosticID) -> Bool
  /// The names that `rules` of a configuration can have, with what they are about.
  public var rules: [(name: String, summary: String)]
  public var page: @Sendable (DiagnosticID) -> RulePage?
  /// The heads of the methods that are generated for a block's queries, by the names of the queries.
  public var signatures: @Sendable (BlockSnapshot) -> [String: String]
  /// A file of the project laid out, all of it or the statements that touch a range; nothing for one that is in no block.
  public var layout: @Sendable (Snapshot, _ path: String, ByteRange?) -> FormatOutcome?

  public init(
    version: String, files: any ReadableFiles, engines: EngineSet,
    diagnostics: @escaping @Sendable (Snapshot, DiagnosticDepth) -> [Diagnostic],
    isSuppressible: @escaping @Sendable (DiagnosticID) -> Bool = { _ in false },
    rules: [(name: String, summary: String)] = [],
    page: @escaping @Sendable (DiagnosticID) -> RulePage? = { _ in nil },
    signatures: @escaping @Sendable (BlockSnapshot) -> [String: String] = { _ in [:] },
    layout: @escaping @Sendable (Snapshot, _ path: String, ByteRange?) -> FormatOutcome? = { _, _, _ in nil }
  ) {
    self.version = version
    self.files = files
    self.engines = engines
    self.diagnostics = diagnostics
    self.isSuppressible = isSuppressible
    self.rules = rules
    self.page = page
    self.signatures = signatures
    self.layout = layout
  }
}
