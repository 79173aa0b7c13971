// Which tool's migrations these are, told from a file's name and its comments.

package import SQLCDiagnostics
package import SQLCEngine
import SQLCQueryFile

/// The conventions by which a file says what of it goes up and what goes down.
///
/// | format | recognised by | up | down |
/// |---|---|---|---|
/// | goose | a comment `-- +goose …` | `-- +goose Up` | `-- +goose Down` |
/// | sql-migrate | `-- +migrate …` | `-- +migrate Up` | `-- +migrate Down` |
/// | dbmate | `-- migrate:up`, `-- migrate:down` | from there | from there |
/// | tern | `---- create above / drop below ----` | above | below |
/// | golang-migrate | the names `1_users.up.sql`, `1_users.down.sql` | the file | the other file |
/// | diesel | the names `1_users/up.sql`, `1_users/down.sql` | the file | the other file |
/// | Flyway | the names `V1__users.sql`, `U1__users.sql` | the file | the other file |
/// | plain | none of these | the file | – |
package enum MigrationFormat: String, Sendable, Hashable, CaseIterable {
  case goose
  case sqlMigrate = "sql-migrate"
  case dbmate, tern
  case golangMigrate = "golang-migrate"
  case diesel
  case flyway = "Flyway"
  case plain

  package init(of source: SourceFile, rules: LexicalRules) {
    switch MigrationName(path: source.path).convention {
    case .suffixes:
      self = .golangMigrate
      return
    case .folders:
      self = .diesel
      return
    case .letters:
      self = .flyway
      return
    case nil: break
    }
    self = .plain
    for comment in comments(of: source, rules: rules) {
      if let marker = MigrationMarker(comment: comment.text) {
        self = marker.format
        return
      }
    }
  }

  /// Two files of one version cannot be told apart by these tools; others go by the whole name.
  var identifiesByVersion: Bool {
    switch self {
    case .goose, .dbmate, .tern, .golangMigrate, .diesel, .flyway: true
    case .sqlMigrate, .plain: false
    }
  }

  /// Is a file of it one direction, whole?
  var isWholeFile: Bool {
    switch self {
    case .golangMigrate, .diesel, .flyway, .plain: true
    case .goose, .sqlMigrate, .dbmate, .tern: false
    }
  }
}

/// A comment that begins its line.
struct LeadingComment {
  var range: ByteRange
  var text: Substring
}

func comments(of source: SourceFile, rules: LexicalRules) -> [LeadingComment] {
  lexicalTokens(of: source, rules: rules).filter { $0.kind == .lineComment && $0.startsLine }
    .map { LeadingComment(range: $0.range, text: source.slice($0.range)) }
}
