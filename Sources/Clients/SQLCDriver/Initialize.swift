// `sqlc-swift init`: a project to start from, or one converted from sqlc.

import SQLCAnalysis
import SQLCConfiguration
import SQLCDiagnostics
import SQLCEngine

/// Writes `sqlc-swift.yaml` and, where the folder has none yet, a small schema and queries on it. Nothing that exists is
/// ever overwritten.
public func initialize(_ context: CommandContext) -> CommandOutcome {
  let folder = startFolder(of: context.location)
  var files = [("sqlc-swift.yaml", starterConfiguration)]
  if !hasSQL("schema", in: folder, context.fileSystem) { files.append(("schema/001_notes.sql", starterSchema)) }
  if !hasSQL("queries", in: folder, context.fileSystem) { files.append(("queries/notes.sql", starterQueries)) }
  return write(files, to: folder, context)
}

/// Writes `sqlc-swift.yaml` from an sqlc configuration, saying what of it has no place in Swift: beside that, or in the
/// directory that is named.
///
/// - Parameter file: relative to the directory or, where it is not there, to where the user stands.
public func initialize(_ context: CommandContext, from file: String) throws -> CommandOutcome {
  let candidates = [startFolder(of: context.location), context.location.workingDirectory].map { join($0, file) }
  let path = candidates.first { context.fileSystem.kind(of: $0) == .file } ?? candidates[1]
  let origin = parent(of: path)
  var reader = InputReader(
    fileSystem: context.fileSystem, base: origin, location: context.location)
  guard let source = reader.read(path, mentionedAt: nil) else {
    return failure(reader.diagnostics, reader.sources, context)
  }
  let folder = context.location.directory == nil ? origin : startFolder(of: context.location)
  let converted = convertSQLCConfiguration(source) { path in
    folder == origin ? path : relativePath(join(origin, path), from: folder)
  }
  guard var configuration = converted.value else { return failure(converted.diagnostics, reader.sources, context) }
  try leaveOutUnfit(&configuration, in: folder, context)
  return write(
    [("sqlc-swift.yaml", configuration.text)], to: folder, context, remarks: configuration.remarks,
    outs: configuration.outs)
}

private func write(
  _ files: [(name: String, text: String)], to folder: String, _ context: CommandContext, remarks: [String] = [],
  outs: [ConvertedConfiguration.Output]? = nil
) -> CommandOutcome {
  let fileSystem = context.fileSystem
  func shown(_ name: String) -> String { relativePath(join(folder, name), from: context.location.workingDirectory) }
  func place(_ path: String) -> SourceRange { SourceRange(path: path, range: ByteRange(at: 0)) }

  let existing = files.filter { fileSystem.kind(of: join(folder, $0.name)) != nil }.map { shown($0.name) }
  guard existing.isEmpty else {
    return failure(existing.map { DriverDiagnostic.existingFile.at(place($0)) }, SourceSet(), context)
  }
  var changes = ChangeSet()
  changes.changes = files.map { FileChange(path: join(folder, $0.name), kind: .create(new: $0.text)) }
  do throws(FileSystemError) {
    try apply(changes, on: fileSystem)
  } catch {
    let path = relativePath(error.path, from: context.location.workingDirectory)
    let diagnostic = DriverDiagnostic.unwritable(path: path, reason: error.reason).at(place(path))
    return failure([diagnostic], SourceSet(), context)
  }
  var output = files.map { "wrote \(shown($0.name))\n" }.joined()
  if !remarks.isEmpty {
    output += "\nnot carried over:\n" + remarks.map { "  \($0)\n" }.joined()
  }
  return CommandOutcome(
    standardOutput: output + nextSteps(outs?.map { ($0.folder, $0.engine) } ?? [("Generated", .sqlite)]))
}

private func hasSQL(_ name: String, in folder: String, _ fileSystem: any FileSystem) -> Bool {
  ((try? fileSystem.names(in: join(folder, name))) ?? []).contains { $0.hasSuffix(".sql") }
}

private func failure(_ diagnostics: [Diagnostic], _ sources: SourceSet, _ context: CommandContext) -> CommandOutcome {
  CommandOutcome(standardError: render(diagnostics, in: sources, as: context.format), exit: .failure)
}

// MARK: Texts

private let starterConfiguration = """
  version: "2"
  sql:
    - engine: sqlite
      schema: schema        # a file, a folder, a pattern, or a list of them; migrations are recognised
      queries: queries
      gen:
        swift:
          out: Generated    # a folder within the sources of your target
          access: public
          emit_schema: true # Schema.swift, for database.migrate(Schema.self)

  """

private let starterSchema = """
  CREATE TABLE notes (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    body TEXT,
    is_done BOOLEAN NOT NULL DEFAULT FALSE,
    created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
  );

  """

private let starterQueries = """
  -- Adds a note.
  -- name: CreateNote :one
  INSERT INTO notes (title, body) VALUES (?, ?) RETURNING *;

  -- Finds a note by its key.
  -- name: GetNote :one
  SELECT * FROM notes WHERE id = ?;

  -- Lists the notes that are not done, the newest first.
  -- name: ListOpenNotes :many
  SELECT *
  FROM notes
  WHERE NOT is_done
  ORDER BY created_at DESC, id DESC;

  -- Marks a note as done.
  -- name: FinishNote :execrows
  UPDATE notes SET is_done = TRUE WHERE id = ?;

  -- name: CountNotes :one
  SELECT count(*) FROM notes;

  """

private func nextSteps(_ outs: [(folder: String, engine: EngineName)]) -> String {
  let targets = outs.map { out, engine in
    """
        .target(
          name: "\(targetName(ofFolder: out))", dependencies: [.product(name: "\(engine.runtimeProduct)", package: "sqlc-swift")],
          path: "\(out)"),

    """
  }
  let subject =
    outs.count == 1 ? "the target that holds the generated files" : "a target for each folder of generated files"
  return """

    next: run 'sqlc-swift generate', and let \(subject) use the runtime. In Package.swift:

    \(targets.joined())
    'sqlc-swift lsp' tells editors what sqlc-swift.yaml can say. For the YAML language server, run
    'sqlc-swift jsonschema > sqlc-swift.schema.json' and begin sqlc-swift.yaml with

        # yaml-language-server: $schema=sqlc-swift.schema.json

    """
}

extension EngineName {
  /// The product that generated code for the engine needs.
  fileprivate var runtimeProduct: String { self == .postgresql ? "SQLCPostgres" : "SQLCRuntime" }
}

/// `Store` for the only folder, and for one of several its own name: `Generated/job_queue` → `JobQueueStore`.
private func targetName(ofFolder path: String) -> String {
  guard path.contains("/") else { return "Store" }
  let words = fileName(of: path).split { !$0.isLetter && !$0.isNumber }
  let name = words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  return (name.first?.isLetter == true ? name : "DB" + name) + "Store"
}
