// `-- fragment: visible_agents(user)`: SQL with a name and parameters, written once in a query file and used in many queries.
//
//     -- fragment: visible_agents(user)
//     agents.owner_id = @user OR agents.team_id IN (SELECT team_id FROM members WHERE user_id = @user);
//
//     -- name: VisibleAgents :many
//     SELECT * FROM agents WHERE sqlc.use(visible_agents, user => @user_id) AND archived_at IS NULL;

public import SQLCDiagnostics
package import SQLCModel

/// A predicate, another expression, a list of columns or a part of FROM, with a name.
public struct Fragment: Sendable, Hashable {
  public struct Parameter: Sendable, Hashable {
    public var name: String
    /// In the fragment's head.
    public var range: ByteRange
  }

  public var name: String
  public var nameRange: ByteRange
  public var parameters: [Parameter]
  /// The file that it stands in, as written.
  public var source: SourceFile
  /// From its first token that is no comment to the end of the last; the semicolon is no part of it.
  public var body: ByteRange
  /// Above or under its head.
  public var documentation: [String]
  /// Those of the body, comments left out.
  var tokens: [LexicalToken]

  /// `visible_agents(user)`
  public var signature: String {
    parameters.isEmpty ? name : "\(name)(\(parameters.map(\.name).joined(separator: ", ")))"
  }
}

/// What stands in a query file.
package struct QueryFileContents: Sendable {
  package var queries: [WrittenQuery] = []
  package var fragments: [Fragment] = []
}

/// A query as it is written.
package struct WrittenQuery: Sendable, Hashable {
  package var annotated: AnnotatedQuery
  /// The file before anything was taken out of it.
  var source: SourceFile
  /// Those of the statement, comments left out; none where no fragment is used.
  var tokens: [LexicalToken]

  package var usesFragments: Bool { !tokens.isEmpty }
  /// The same where there may be a list of rows.
  var tokensOfLists: [LexicalToken] = []
  package var mayHaveRowLists: Bool { !tokensOfLists.isEmpty }
}

/// One place that a fragment is used at.
package struct FragmentUse: Sendable, Hashable {
  package struct Argument: Sendable, Hashable {
    package var name: String
    package var nameRange: ByteRange
    package var value: ByteRange
    /// Indexes of its tokens.
    var tokens: Range<Int>
  }
  package var name: String
  package var nameRange: ByteRange
  /// From `sqlc` to the parenthesis.
  package var range: ByteRange
  package var arguments: [Argument]
  /// Indexes of the tokens `sqlc` and `)`.
  var tokens: ClosedRange<Int>
}
