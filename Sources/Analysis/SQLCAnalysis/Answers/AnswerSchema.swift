// A schema of which only the answers are there that a server gave once.

import SQLCDiagnostics
import SQLCEngine
import SQLCModel

/// Answers in the place of a server.
final class AnswerSchema: LoadedSchema {
  private let file: AnswerFile
  private let entries: [String: AnswerFile.Entry]
  private let path: String
  private let rules: RuleRegistry

  /// - Parameter rules: of every warning that can have been kept.
  init(_ file: AnswerFile, path: String, rules: RuleRegistry) {
    self.file = file
    entries = Dictionary(file.entries.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    self.path = path
    self.rules = rules
  }

  var model: SchemaModel { file.header.model }

  func analyze(
    _ queries: [AnnotatedQuery], progress: (_ done: Int) -> Void
  ) throws -> [Diagnosed<QueryModel?>] {
    let answers = queries.map { query in
      entries[query.name]?.answer(for: query, rules: rules) ?? Diagnosed(nil, [missingAnswer(for: query, in: path)])
    }
    progress(queries.count)
    return answers
  }
}
