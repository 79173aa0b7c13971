// Renaming: every place where a name stands, tried before it is told.

import SQLCAnalysis
import SQLCDiagnostics
import SQLCEngine
import SQLCLanguageProtocol
import SQLCMigrations
import SQLCModel

extension DocumentContext {
  func prepareRename(_ params: JSON) throws -> JSON {
    if let row = rowName(at: try offset(params)) {
      return ["range": positions.range(row.range).json, "placeholder": .string(row.name)]
    }
    guard let (_, block, found) = occurrence(at: try offset(params)) else { return .null }
    try refuseLocked(try places(of: found.symbol, block))
    let part = namePart(of: found, in: source)
    return ["range": positions.range(part).json, "placeholder": .string(unquoted(String(source.slice(part))))]
  }

  func rename(_ params: JSON) throws -> JSON {
    guard let new = params["newName"]?.string else { throw ResponseError(.invalidParams, "there is no newName") }
    if let row = rowName(at: try offset(params)) { return try rename(row, to: new) }
    guard let (_, block, found) = occurrence(at: try offset(params)) else {
      throw ResponseError(.requestFailed, "there is no name here that can be changed")
    }
    try check(new, for: found.symbol)
    let places = try places(of: found.symbol, block)
    try refuseLocked(places)
    var edits: [FixIt.Edit] = []
    for place in places {
      guard let text = snapshot.project.sources[place.source.path]?.source else { continue }
      let part = namePart(of: place, in: text)
      let isQuoted = text.slice(part).first.map { "\"`['".contains($0) } ?? false
      edits.append(
        FixIt.Edit(
          SourceRange(path: text.path, range: part),
          replacement: written(new, for: found.symbol, quoted: isQuoted, block.engine)))
    }
    try tryOut(edits, renaming: found.symbol, to: new, places, block)
    return change(edits).json
  }

  /// In every comment that names it.
  private func rename(_ row: RowName, to new: String) throws -> JSON {
    guard new.first?.isUppercase == true, new.utf8.allSatisfy(SQLText.isWord) else {
      throw ResponseError(
        .requestFailed, "'\(new)' is no name for a row: it begins with a capital, and letters, digits and '_' follow")
    }
    if let other = row.block.queries.first(where: { $0.annotated.row.shared?.name == new }), new != row.name {
      throw ResponseError(.requestFailed, "'\(new)' is the row of '\(other.name)' already")
    }
    let edits = places(of: row).map { FixIt.Edit($0, replacement: new) }
    _ = try analyzed(after: edits, naming: new)
    return change(edits).json
  }

  private func change(_ edits: [FixIt.Edit]) -> WorkspaceEdit {
    var changes: [DocumentURI: [TextEdit]] = [:]
    for edit in edits {
      changes[view.uri(of: edit.source.path), default: []].append(
        TextEdit(range: range(edit.source), newText: edit.replacement))
    }
    return WorkspaceEdit(changes: changes)
  }

  // MARK: The name

  private func check(_ new: String, for symbol: SQLSymbol) throws(ResponseError) {
    let isWord = !new.isEmpty && new.utf8.allSatisfy(SQLText.isWord) && !(0x30...0x39).contains(new.utf8.first ?? 0x30)
    switch symbol {
    case .query where !isWord, .fragment where !isWord, .local where !isWord && (symbol.isParameter || symbol.isChoice):
      throw ResponseError(.requestFailed, "'\(new)' is no name for it: letters, digits and '_' make one")
    default: break
    }
    guard !new.isEmpty, !new.unicodeScalars.contains(where: { $0.value < 0x20 }) else {
      throw ResponseError(.requestFailed, "'\(new)' is no name")
    }
  }

  private func written(_ new: String, for symbol: SQLSymbol, quoted: Bool, _ engine: any Engine) -> String {
    switch symbol {
    case .query, .fragment: return new
    case .local(let local) where local.kind == .fragmentParameter || local.kind == .choice: return new
    case .table, .column, .local: break
    }
    if symbol.isParameter { return quoted ? "'\(new)'" : new }
    return quoted ? "\"" + new.replacingScalars("\"", with: "\"\"") + "\"" : engine.spelled(new)
  }

  private func unquoted(_ text: String) -> String {
    guard text.count >= 2, let first = text.first, let last = text.last, "\"`['".contains(first) else { return text }
    return String(text.dropFirst().dropLast()).replacing("\(last)\(last)", with: "\(last)")
  }

  /// The name in `@id`, `sqlc.arg(id)`, `sqlc.slice('ids')`; other names are all of it.
  private func namePart(of place: SymbolOccurrence, in text: SourceFile) -> ByteRange {
    guard case .local(let local) = place.symbol, local.kind == .parameter else { return place.source.range }
    let whole = Array(text.slice(place.source.range).utf8)
    guard let open = whole.firstIndex(of: UInt8(ascii: "(")) else {
      return ByteRange(min(place.source.range.lower + 1, place.source.range.upper), place.source.range.upper)
    }
    let inner = whole[(open + 1)...].prefix { $0 != UInt8(ascii: ")") && $0 != UInt8(ascii: ",") }
    let blank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x0A || $0 == 0x09 }
    let first = inner.firstIndex { !blank($0) } ?? open + 1
    let last = inner.lastIndex { !blank($0) }.map { $0 + 1 } ?? first
    return ByteRange(place.source.range.lower + first, place.source.range.lower + last)
  }

  // MARK: The places

  /// In every block that has the definition.
  private func places(of symbol: SQLSymbol, _ block: BlockSnapshot) throws -> [SymbolOccurrence] {
    var found = try block.occurrences(of: symbol, cancellation)
    let definitions = found.filter { $0.role == .definition }
    guard !definitions.isEmpty else {
      throw ResponseError(.requestFailed, "it is not defined in a file of the project, so it cannot be renamed")
    }
    if symbol.isInSchema {
      for other in snapshot.blocks where other.block.schema.contains(where: { $0.path == definitions[0].source.path }) {
        found += try other.occurrences(of: symbol, cancellation)
      }
    }
    var seen: Set<SourceRange> = []
    let places = found.filter { seen.insert($0.source).inserted }
    if symbol.isParameter,
      places.contains(where: {
        snapshot.project.sources[$0.source.path]?.source.slice($0.source.range).hasPrefix("?") ?? false
      })
    {
      throw ResponseError(.requestFailed, "a parameter without a name cannot be renamed: write '@name' in its place")
    }
    return places
  }

  /// Migrations that may have been applied: those in a lock file, and all where that cannot be read.
  var lockedMigrations: Set<String> {
    var locked: Set<String> = []
    for block in snapshot.blocks {
      let scripts = block.migrations.filter { $0.role == .step }
      guard let last = scripts.last else { continue }
      let place = snapshot.file(at: MigrationPlace(path: last.source.path).folder + MigrationLock.fileName).path
      guard session.environment.files.kind(of: place) != nil else { continue }
      let text = (try? session.environment.files.read(place)).map { String(decoding: $0, as: UTF8.self) }
      let versions = text.flatMap { MigrationLock(text: $0) }.map { Set($0.entries.map(\.version)) }
      locked.formUnion(scripts.filter { versions?.contains($0.version) ?? true }.map(\.source.path))
    }
    return locked
  }

  private func refuseLocked(_ places: [SymbolOccurrence]) throws(ResponseError) {
    for block in snapshot.blocks {
      let scripts = block.migrations.filter { $0.role == .step }
      guard let last = scripts.last else { continue }
      let lockPath = MigrationPlace(path: last.source.path).folder + MigrationLock.fileName
      let lockFile = snapshot.file(at: lockPath).path
      guard session.environment.files.kind(of: lockFile) != nil else { continue }
      guard let bytes = try? session.environment.files.read(lockFile),
        let lock = MigrationLock(text: String(decoding: bytes, as: UTF8.self))
      else {
        // Which migrations are in it cannot be told.
        throw ResponseError(.requestFailed, "'\(lockPath)' cannot be read as a lock file, so nothing is renamed")
      }
      let versions = Set(lock.entries.map(\.version))
      let locked = Set(scripts.filter { versions.contains($0.version) }.map(\.source.path))
      guard let place = places.first(where: { locked.contains($0.source.path) }) else { continue }
      throw ResponseError(
        .requestFailed,
        "'\(place.source.path)' is in '\(lockPath)', so it may have been applied and is not edited: rename it in a new migration ('sqlc-swift migrate new')"
      )
    }
  }

  // MARK: The trial

  /// Analyses the project as it would be. Errors that were not there before, or a name that then means more or less than this
  /// one did, refuse the change.
  private func tryOut(
    _ edits: [FixIt.Edit], renaming symbol: SQLSymbol, to new: String, _ places: [SymbolOccurrence],
    _ block: BlockSnapshot
  ) throws {
    let after = try analyzed(after: edits, naming: new)
    guard let place = places.first(where: { $0.role == .definition }),
      let index = snapshot.blocks.firstIndex(where: { $0.block.settings.out == block.block.settings.out }),
      after.blocks.indices.contains(index)
    else { return }
    let shift = edits.filter {
      $0.source.path == place.source.path && $0.source.range.upper <= place.source.range.lower
    }
    .reduce(0) { $0 + $1.replacement.utf8.count - $1.source.range.count }
    let moved = after.blocks[index].occurrences(at: place.source.range.lower + shift, in: place.source.path)
    let ours = try block.occurrences(of: symbol, cancellation).count
    let counts = try moved.map { try after.blocks[index].occurrences(of: $0.symbol, cancellation).count }
    guard counts.contains(ours) else {
      throw ResponseError(.requestFailed, "'\(new)' means something else already where this is named")
    }
  }

  /// - Throws: a `ResponseError` where there would be more errors of a kind in a file than there are.
  private func analyzed(after edits: [FixIt.Edit], naming new: String) throws -> Snapshot {
    let trial = Workspace(
      at: ProjectLocation(workingDirectory: view.project.folder), files: session.environment.files,
      engines: session.environment.engines)
    for document in session.documents.values { trial.setText(document.text, of: FileID(document.uri.path)) }
    for (path, edits) in Dictionary(grouping: edits, by: \.source.path) {
      guard let text = snapshot.project.sources[path]?.source else { continue }
      trial.setText(applied(edits, to: text), of: snapshot.file(at: path))
    }
    let after = try trial.snapshot(cancellation: cancellation)
    // What is wrong already is no reason against it.
    var known = errors(of: snapshot).reduce(into: [:]) { $0[kind(of: $1), default: 0] += 1 }
    for error in errors(of: after) {
      known[kind(of: error), default: 0] -= 1
      guard known[kind(of: error), default: 0] < 0 else { continue }
      throw ResponseError(
        .requestFailed,
        "with the name '\(new)' there would be an error in '\(error.primary.source.path)': \(error.message)")
    }
    return after
  }

  private func errors(of snapshot: Snapshot) -> [Diagnostic] {
    snapshot.diagnostics.filter { $0.severity == .error }.sortedAndUnique()
  }

  private func kind(of error: Diagnostic) -> String { "\(error.id) \(error.primary.source.path)" }

  private func applied(_ edits: [FixIt.Edit], to source: SourceFile) -> String {
    var text = ""
    var end = 0
    for edit in edits.sorted(by: { $0.source.range.lower < $1.source.range.lower }) {
      text += source.slice(ByteRange(end, edit.source.range.lower)) + edit.replacement
      end = edit.source.range.upper
    }
    return text + source.slice(ByteRange(end, source.text.utf8.count))
  }
}

extension SQLSymbol {
  var isParameter: Bool {
    if case .local(let local) = self { local.kind == .parameter || local.kind == .fragmentParameter } else { false }
  }

  var isChoice: Bool {
    if case .local(let local) = self { local.kind == .choice } else { false }
  }

  var isInSchema: Bool {
    switch self {
    case .table, .column: true
    case .query, .fragment, .local: false
    }
  }
}
