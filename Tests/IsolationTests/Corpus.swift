// The corpus: a schema, queries that leak and queries that do not, as the analysis sees them.

import Foundation
import SQLCDiagnostics
import SQLCEngine
import SQLCEngineSQLite
import SQLCFacts
import SQLCIsolation
import SQLCModel
import SQLCQueryFile

/// One query of the corpus, or a mutant of one.
struct Case: Sendable, CustomStringConvertible {
  var name: String
  /// As it is written.
  var text: String
  var model: QueryModel
  var statements: [RelationalStatement]
  var description: String { name }
}

struct CorpusError: Error, CustomStringConvertible { var description: String }

/// A schema and the cases that are asked about.
struct Corpus: Sendable {
  let schema: SourceFile
  let facts: SchemaFacts
  let proof: IsolationProof

  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Cases")

  static func source(_ name: String) throws -> SourceFile {
    SourceFile(path: name, text: try String(contentsOf: folder.appending(path: name), encoding: .utf8))
  }

  init(_ name: String, _ policy: IsolationPolicy) throws {
    schema = try Self.source(name)
    let loaded = try SQLiteEngine().load([schema])
    guard !loaded.diagnostics.hasErrors, let inspector = loaded.value.inspector as? any FactInspector else {
      throw CorpusError(description: "\(loaded.diagnostics.map(\.message))")
    }
    facts = inspector.schemaFacts()
    proof = IsolationProof(facts, policy)
  }

  /// The queries of a file; each has to be valid.
  func cases(in file: SourceFile, allowing errors: Errors = .none) throws -> [Case] {
    let loaded = try SQLiteEngine().load([schema])
    guard let inspector = loaded.value.inspector as? any FactInspector else { return [] }
    let queries = splitQueries(of: file, rules: .sqlite).value
    let analyzed = try loaded.value.analyze(queries) { _ in }
    return try zip(queries, analyzed).compactMap { query, analysis in
      guard let model = analysis.value else {
        if errors == .left { return nil }
        throw CorpusError(description: "\(query.name): \(analysis.diagnostics.map(\.message))")
      }
      return Case(
        name: query.name, text: String(file.slice(query.statementRange)), model: model,
        statements: inspector.statements(of: query))
    }
  }

  enum Errors { case none, left }

  func findings(of query: Case) -> [IsolationFinding] { query.statements.flatMap(proof.findings) }
}
