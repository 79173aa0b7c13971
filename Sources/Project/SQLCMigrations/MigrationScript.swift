// Migrations, cut into statements by their engine: never at a semicolon inside a trigger or a string.

public import SQLCDiagnostics
public import SQLCEngine
public import SQLCModel

/// One migration as a list of statements to run.
public struct MigrationScript: Sendable {
  public var version: String
  public var name: String
  /// The beginning of its file, to point at.
  public var source: SourceRange
  public var up: [ScriptStatement]
  /// Nothing when there is no statement.
  public var down: [ScriptStatement]?
  public var mayGoDown: Bool
  /// False when the file asks for none, begins and ends transactions itself, or has statements that the engine refuses in
  /// one and no tool that would put them there.
  public var isInTransaction: Bool
  public var role: MigrationFile.Role
  /// May it be applied after a later one?
  public var mayComeLate: Bool
  /// Of a repeatable one, what takes away what it makes: it goes before a step is taken back.
  public var withdrawal: [String] = []
  /// The migrations that it is a snapshot of, in order.
  public var squashed: [SquashedMigrationModel] = []
}

/// The scripts, with what their syntax has wrong in it. (What goes up has been read as the schema too; only what goes down is
/// diagnosed here.)
public func migrationScripts(of files: [MigrationFile], engine: any Engine) -> Diagnosed<[MigrationScript]> {
  var diagnostics: [Diagnostic] = []
  var scripts: [MigrationScript] = []
  for file in files {
    let up = file.up.flatMap { engine.statements(of: file.source, in: $0).value }
    var down: [ScriptStatement] = []
    if let (source, ranges) = file.down {
      for range in ranges {
        let cut = engine.statements(of: source, in: range)
        diagnostics += cut.diagnostics
        down += cut.value
      }
    }
    let uses = Set((up + down).map(\.transactionUse))
    scripts.append(
      MigrationScript(
        version: file.version, name: file.name,
        source: SourceRange(path: file.source.path, range: ByteRange(at: 0)), up: up, down: down.isEmpty ? nil : down,
        mayGoDown: file.mayGoDown,
        isInTransaction: (file.isInTransaction ?? !uses.contains(.outside)) && !uses.contains(.control),
        role: file.role, mayComeLate: file.mayComeLate, squashed: file.squashed))
  }
  if scripts.contains(where: { $0.role == .repeatable }) {
    let steps = scripts.filter { $0.role != .repeatable }.flatMap { $0.up.map(\.sql) }
    for index in scripts.indices where scripts[index].role == .repeatable {
      scripts[index].withdrawal = engine.withdrawal(of: scripts[index].up.map(\.sql), besides: steps)
    }
  }
  return Diagnosed(scripts, diagnostics)
}
