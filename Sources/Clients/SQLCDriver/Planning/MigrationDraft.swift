// A planned migration as files of a folder's own format.

import SQLCDiagnostics
import SQLCEngine
import SQLCMigrations

struct MigrationDraft {
  let template: MigrationTemplate
  let engine: any Engine

  /// Paths from the folder of the migrations, and texts.
  ///
  /// - Throws: where the format's own comments would be found inside a statement, and cut it.
  func files(version: String, slug: String, _ plan: SchemaPlan) throws(PlanningFault) -> [(path: String, text: String)]
  {
    let header = plan.changes.map { PlannedComment($0) }
    let up = text(header, plan.up)
    let down = text(plan.standIns.map { PlannedComment($0) }, plan.down)
    let files = template.files(version: version, slug: slug, up: up, down: down)
    try confirm(files, plan)
    return files
  }

  private struct PlannedComment {
    var text: String
    init(_ text: String) { self.text = text }
  }

  private func text(_ header: [PlannedComment], _ statements: [PlannedStatement]) -> String {
    var text = header.map { "-- \(line($0.text))\n" }.joined()
    if !text.isEmpty { text += "\n" }
    for statement in statements {
      if let comment = statement.comment { text += "-- \(line(comment))\n" }
      text += template.wrapped(statement.sql + ";") + "\n"
    }
    return text
  }

  private func line(_ text: String) -> String { text.split(whereSeparator: \.isNewline).joined(separator: " ") }

  /// Reads the files as every other command will: the statements have to be those of the plan.
  private func confirm(_ files: [(path: String, text: String)], _ plan: SchemaPlan) throws(PlanningFault) {
    let sources = files.map { SourceFile(path: "migrations/" + $0.path, text: $0.text) }
    let read = migrationFiles(
      of: Array(sources.prefix(1)), downs: Array(sources.dropFirst()), rules: engine.lexicalRules)
    let script = migrationScripts(of: read.value, engine: engine).value.first
    let down = script?.down?.map(\.sql) ?? []
    guard !read.diagnostics.hasErrors, script?.up.map(\.sql) == plan.up.map(\.sql),
      down == plan.down.map(\.sql) || template.format == .plain
    else {
      throw PlanningFault(
        text:
          "sqlc-swift: error: a comment inside a definition would be read as an instruction of \(template.format.rawValue)\n"
      )
    }
  }
}

extension MigrationTemplate {
  /// Where the first migration of a folder is written, before there is one to name it after.
  static let first = MigrationTemplate(format: .goose, last: MigrationPlace(path: "migrations/0000_none.sql"))

  /// A statement with the marks without which the format's tool would cut it at a semicolon inside.
  func wrapped(_ statement: String) -> String {
    let hasInner = statement.dropLast().contains(";")
    switch format {
    case .goose where hasInner: return "-- +goose StatementBegin\n\(statement)\n-- +goose StatementEnd"
    case .sqlMigrate where hasInner: return "-- +migrate StatementBegin\n\(statement)\n-- +migrate StatementEnd"
    case .goose, .sqlMigrate, .dbmate, .tern, .golangMigrate, .diesel, .flyway, .plain: return statement
    }
  }
}
