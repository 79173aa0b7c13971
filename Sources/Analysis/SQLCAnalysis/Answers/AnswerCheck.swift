// Kept answers, read, and held against what the server says now.

import SQLCDiagnostics
import SQLCEngine
import SQLCModel

/// What becomes of the answers that a project has kept.
public enum KeptAnswers: Sendable {
  /// They answer where there is no server, and must agree where there is one.
  case checked
  /// They are about to be made.
  case ignored
}

/// The answers of a block, where there are any; what is wrong with them.
func keptAnswers(of block: ProjectBlock) -> Diagnosed<AnswerFile?> {
  guard let file = block.answers else { return Diagnosed(nil) }
  guard let answers = AnswerFile(parsing: file.text) else {
    return Diagnosed(
      nil,
      [
        Diagnostic(
          AnswerFileRule.unreadableFile.rule, "this is no snapshot that can be read", at: start(of: file), notes: advice
        )
      ])
  }
  guard answers.isOf(block.schema) else {
    return Diagnosed(
      nil,
      [
        Diagnostic(
          AnswerFileRule.outdatedSchema.rule, "this snapshot was made of another schema", at: start(of: file),
          notes: advice)
      ])
  }
  return Diagnosed(answers)
}

private let advice = ["make it again where there is a PostgreSQL: 'sqlc-swift snapshot'"]

private func start(of file: SourceFile) -> DiagnosticLabel {
  DiagnosticLabel(SourceRange(path: file.path, range: ByteRange(at: 0)))
}

func missingAnswer(for query: AnnotatedQuery, in path: String) -> Diagnostic {
  Diagnostic(
    AnswerFileRule.outdatedQuery.rule, "the snapshot has no answer for '\(query.name)' as it stands",
    at: DiagnosticLabel(
      SourceRange(path: query.source.path, range: query.nameRange), "it was added or changed since"),
    notes: ["the snapshot is '\(path)'"] + advice)
}

extension AnswerFile {
  /// Entries that no query has any more.
  func leftovers(_ queries: [AnnotatedQuery], in file: SourceFile) -> [Diagnostic] {
    let names = Set(queries.map(\.name))
    return entries.filter { !names.contains($0.name) }.map { entry in
      Diagnostic(
        AnswerFileRule.outdatedQuery.rule,
        "the snapshot has an answer for '\(entry.name)', which is no query any more", at: start(of: file),
        notes: advice)
    }
  }

  /// What the server's answers differ in, of queries whose text is that of the file.
  func differences(from fresh: AnswerFile, _ queries: [AnnotatedQuery], in file: SourceFile) -> [Diagnostic] {
    let ours = Dictionary(entries.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    let theirs = Dictionary(fresh.entries.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    var diagnostics: [Diagnostic] = []
    if header != fresh.header {
      diagnostics.append(
        Diagnostic(
          AnswerFileRule.differentAnswer.rule, "the server says something else of the schema than the snapshot",
          at: start(of: file), notes: advice))
    }
    for query in queries {
      guard let entry = ours[query.name], let other = theirs[query.name], entry.text == other.text else {
        diagnostics.append(missingAnswer(for: query, in: file.path))
        continue
      }
      if entry != other {
        diagnostics.append(
          Diagnostic(
            AnswerFileRule.differentAnswer.rule,
            "the server says something else of '\(query.name)' than the snapshot",
            at: DiagnosticLabel(SourceRange(path: query.source.path, range: query.nameRange)),
            notes: ["servers of other versions may do that: pin one in 'database: {version: …}'"] + advice))
      }
    }
    return diagnostics + leftovers(queries, in: file)
  }
}

extension Engine {
  /// Is all that is wrong that the server is not there?
  func misses(_ diagnostics: [Diagnostic]) -> Bool {
    guard let missingServer else { return false }
    let errors = diagnostics.filter { $0.severity == .error }
    return !errors.isEmpty && errors.allSatisfy { $0.id == missingServer }
  }
}
