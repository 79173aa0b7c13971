public import SQLCDiagnostics

/// How a query is called and what it gives back: the word after its name.
///
/// | word | gives |
/// |---|---|
/// | `:one` | one row, or none where that is possible |
/// | `:many` | all rows |
/// | `:exec` | nothing |
/// | `:execrows` | the number of rows changed |
/// | `:execlastid` | the key of the row inserted last |
/// | `:execresult` | both |
/// | `:copyfrom` | the number of rows inserted, of as many as are given |
/// | `:batchexec`, `:batchone`, `:batchmany` | what `:exec`, `:one`, `:many` give, for each of many |
public enum QueryCommand: String, Sendable, Hashable, Codable, CaseIterable {
  case one, many, exec, execrows, execlastid, execresult
  case copyfrom, batchexec, batchmany, batchone

  public var returnsRows: Bool {
    switch single {
    case .one, .many: true
    case .exec, .execrows, .execlastid, .execresult, .copyfrom, .batchexec, .batchmany, .batchone: false
    }
  }

  /// What one run of the statement gives: the command itself, unless it runs the statement many times.
  public var single: QueryCommand {
    switch self {
    case .one, .many, .exec, .execrows, .execlastid, .execresult: self
    case .copyfrom: .execrows
    case .batchexec: .exec
    case .batchmany: .many
    case .batchone: .one
    }
  }

  /// The method takes many values of the query at once.
  public var isBatch: Bool { single != self }
}

/// The text under one `-- name: Name :command` line, not yet read as SQL.
public struct AnnotatedQuery: Sendable, Hashable {
  public var name: String
  public var nameRange: ByteRange
  public var command: QueryCommand
  public var commandRange: ByteRange
  public var source: SourceFile
  /// From after the annotation's line up to the next annotation's documentation or the end of the file.
  public var bodyRange: ByteRange
  /// The body without the comments and blanks in front of it and behind it: what the meaning of the query is in.
  public var statementRange: ByteRange
  /// The comment lines above or under the annotation, marks and common indentation removed.
  public var documentation: [String]
  /// What `-- row: …` beside the annotation asks for.
  public var row: RowRequest
  /// What its author says of results; `source` is without it, at the same places.
  public var assertions: [AssertedResult]
  /// The lists of rows in it, where it has any: `source` then has two rows of each.
  public var rowLists: [RowList] = []

  public init(
    name: String, nameRange: ByteRange, command: QueryCommand, commandRange: ByteRange, source: SourceFile,
    bodyRange: ByteRange, statementRange: ByteRange? = nil, documentation: [String], row: RowRequest = .automatic,
    assertions: [AssertedResult] = []
  ) {
    self.name = name
    self.nameRange = nameRange
    self.command = command
    self.commandRange = commandRange
    self.source = source
    self.bodyRange = bodyRange
    self.statementRange = statementRange ?? bodyRange
    self.documentation = documentation
    self.row = row
    self.assertions = assertions
  }
}
