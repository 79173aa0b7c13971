// Which tool's migrations these are, told from a file's name and its comments.

package import SQLCDiagnostics
import SQLCQueryFile

/// The conventions by which a file says what of it goes up and what goes down.
///
/// | format | recognised by | up | down |
/// |---|---|---|---|
/// | goose | a comment `-- +goose …` | `-- +goose Up` | `-- +goose Down` |
/// | sql-migrate | `-- +migrate …` | `-- +migrate Up` | `-- +migrate Down` |
/// | dbmate | `-- migrate:up`, `-- migrate:down` | from there | from there |
/// | tern | `---- create above / drop below ----` | above | below |
/// | golang-migrate | the names `1_users.up.sql`, `1_users.down.sql` | the file | not read |
/// | plain | none of these | the file | – |
package enum MigrationFormat: String, Sendable, Hashable, CaseIterable {
  case goose
  case sqlMigrate = "sql-migrate"
  case dbmate, tern
  case golangMigrate = "golang-migrate"
  case plain

  package init(of source: SourceFile) {
    if let name = MigrationName(path: source.path), name.direction != nil {
      self = .golangMigrate
      return
    }
    self = .plain
    for comment in comments(of: source) {
      if let marker = MigrationMarker(comment: comment.text) {
        self = marker.format
        return
      }
    }
  }

  /// Two files of one version cannot be told apart by these tools; others go by the whole name.
  var identifiesByVersion: Bool {
    switch self {
    case .goose, .dbmate, .tern, .golangMigrate: true
    case .sqlMigrate, .plain: false
    }
  }
}

/// A comment that begins its line.
struct LeadingComment {
  var range: ByteRange
  var text: Substring
}

func comments(of source: SourceFile) -> [LeadingComment] {
  lexicalTokens(of: source).filter { $0.kind == .lineComment && $0.startsLine }
    .map { LeadingComment(range: $0.range, text: source.slice($0.range)) }
}
