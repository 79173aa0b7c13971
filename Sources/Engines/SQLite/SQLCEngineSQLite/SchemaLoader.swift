// The schema, statement by statement, into our catalog and into SQLite, and then the two compared.

import SQLCDiagnostics
import SQLCMigrations
import SQLCOracleSQLite
import SQLCSemanticsSQLite
import SQLCSyntaxSQLite

struct SchemaLoader {
  let engine: SQLiteEngine

  func load(_ files: [SourceFile]) throws -> Diagnosed<SQLiteSchema> {
    let scripts = read(files)
    return try load(scripts, buildCatalog(from: scripts.value, options: engine.options))
  }

  /// The statements of the files, in their order.
  func read(_ files: [SourceFile]) -> Diagnosed<[ScriptSyntax]> {
    var diagnostics: [Diagnostic] = []
    let sections = schemaSections(of: files, rules: engine.lexicalRules)
    diagnostics += sections.diagnostics

    var scripts: [ScriptSyntax] = []
    for section in sections.value {
      for range in section.ranges {
        let script = parseScript(section.source, in: range, options: ParserOptions(limits: .ofLibrary))
        diagnostics += script.diagnostics
        scripts.append(script.value)
      }
    }
    return Diagnosed(scripts, diagnostics)
  }

  /// SQLite's part, once we have done ours.
  func load(_ scripts: Diagnosed<[ScriptSyntax]>, _ catalog: Diagnosed<Catalog>) throws -> Diagnosed<SQLiteSchema> {
    var diagnostics = scripts.diagnostics + catalog.diagnostics
    let scratch = try ScratchDatabase(extensions: engine.extensions)
    // SQLite's refusal of a statement that we have already found fault with would say the same thing twice, and what follows
    // such a statement may fail only because of it.
    let faulty = diagnostics.filter { $0.severity == .error }.map(\.primary.source)
    add(run(scripts.value, on: scratch, upTo: faulty), to: &diagnostics)
    if !diagnostics.hasErrors { diagnostics += try crossCheck(catalog, scratch) }
    return Diagnosed(
      SQLiteSchema(
        catalog: catalog.value, scratch: scratch, isBroken: diagnostics.hasErrors,
        comments: SchemaComments(of: scripts.value, rules: engine.lexicalRules), engine: engine), diagnostics)
  }

  func crossCheck(_ catalog: Diagnosed<Catalog>, _ scratch: ScratchDatabase) throws -> [Diagnostic] {
    // Views and triggers with such strings work where SQLite is as lenient.
    if catalog.diagnostics.contains(where: { $0.id == SchemaRule.doubleQuotedString.id }) {
      scratch.strings = .inDefinitions
    }
    return try SchemaCrossCheck(catalog: catalog.value, scratch: scratch).run()
  }

  /// What SQLite found while it ran the schema.
  enum Finding: Sendable {
    case found(Diagnostic)
    /// The CHECKs of a table are bound as well, and say the same.
    case unlessSaid([Diagnostic])
  }

  func add(_ findings: [Finding], to diagnostics: inout [Diagnostic]) {
    for finding in findings {
      switch finding {
      case .found(let diagnostic): diagnostics.append(diagnostic)
      case .unlessSaid(let found):
        diagnostics += found.filter { found in
          !diagnostics.contains { $0.id == found.id && $0.primary.source == found.primary.source }
        }
      }
    }
  }

  /// Every statement in order, as the application's migrations would run it, until one of the faulty ones or `isStopped`.
  func run(
    _ scripts: [ScriptSyntax], on scratch: ScratchDatabase, upTo faulty: [SourceRange] = [],
    isStopped: () -> Bool = { false }
  ) -> [Finding] {
    var findings: [Finding] = []
    for script in scripts {
      for item in script.items {
        let range = item.statement.range
        let isFaulty = faulty.contains { $0.path == script.source.path && range.contains($0.range) }
        if isFaulty || isStopped() { return findings }
        let quoted = doubleQuotedStrings(of: item, in: script, scratch)
        do throws(OracleError) {
          for refusal in try scratch.execute(String(script.source.slice(range))) {
            let place = script.tokens.first { $0.range.lower >= range.lower }?.range ?? range
            findings.append(
              .found(EngineDiagnostic.refusedSchema(refusal).at(SourceRange(path: script.source.path, range: place))))
          }
          if !quoted.isEmpty { findings.append(.unlessSaid(quoted)) }
        } catch {
          findings.append(.found(rejection(error, of: item, in: script)))
          // One refusal a run: the statements after it stand on what this one should have made.
          return findings
        }
      }
    }
    return findings
  }

  /// What SQLite reads as strings though it stands in double quotes: its own word, asked before the statement runs. Views and
  /// triggers are bound, and say so there.
  private func doubleQuotedStrings(
    of item: ScriptSyntax.Item, in script: ScriptSyntax, _ scratch: ScratchDatabase
  ) -> [Diagnostic] {
    switch item.statement {
    case .createTable, .createIndex, .alterTable, .insert, .update, .delete, .select: break
    case .createView, .createTrigger, .createVirtualTable, .drop, .pragma, .attach, .detach, .transaction, .analyze,
      .reindex, .vacuum, .explain, .invalid:
      return []
    }
    let range = item.statement.range
    let first = script.tokens.partitioningIndex { $0.range.lower >= range.lower }
    let places = script.tokens[first...].prefix { $0.range.upper <= range.upper }.map(\.range).filter {
      script.source.slice($0).utf8.first == UInt8(ascii: "\"")
    }
    guard !places.isEmpty else { return [] }
    let found = scratch.doubleQuotedStrings(
      in: String(script.source.slice(range)),
      among: places.map { ($0.lower - range.lower)..<($0.upper - range.lower) })
    return found.places.map { place in
      let here = ByteRange(range.lower + place.lowerBound, range.lower + place.upperBound)
      let text = String(script.source.slice(here))
      let quoted =
        "'" + text.dropFirst().dropLast().replacingScalars("\"\"", with: "\"").replacingScalars("'", with: "''") + "'"
      let source = SourceRange(path: script.source.path, range: here)
      var diagnostic = EngineDiagnostic.doubleQuotedString(text).at(source)
      diagnostic.fixIts = [
        FixIt(
          "write \(quoted)", found.isComplete ? .safe : .unsafe, edits: [FixIt.Edit(source, replacement: quoted)])
      ]
      return diagnostic
    }
  }

  private func rejection(_ error: OracleError, of item: ScriptSyntax.Item, in script: ScriptSyntax) -> Diagnostic {
    let statement = item.statement.range
    var place = script.tokens.first { $0.range.lower >= statement.lower }?.range ?? statement
    if let offset = error.offset {
      let position = statement.lower + offset
      place = script.tokens.first { $0.range.upper > position }?.range ?? place
    }
    let source = SourceRange(path: script.source.path, range: place)
    if let refusal = error.refusal { return EngineDiagnostic.refusedSchema(refusal).at(source) }
    if let needs = OlderLibrary.needs(error) {
      return EngineDiagnostic.olderLibrary(machine: ScratchDatabase.version, needs: needs).at(source)
    }
    return EngineDiagnostic.rejectedSchema(message: error.message).at(source)
  }
}
