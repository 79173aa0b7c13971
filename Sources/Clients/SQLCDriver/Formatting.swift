// `fmt`: SQL files laid out, each for itself.

import SQLCAnalysis
import SQLCDiagnostics
import SQLCFormat

/// Lays out the project's SQL files, or those that are named, or a text.
///
/// A file that cannot be read as SQL, or whose new text would not say what the old one says, is left as it is and named; the
/// others are laid out all the same, and the outcome is a failure.
public func format(_ context: CommandContext, _ request: FormatRequest) throws -> CommandOutcome {
  let scope: FormatScope
  switch readScope(context, for: request.input) {
  case .failure(let failure): return failure.outcome
  case .success(let read): scope = read
  }
  switch request.input {
  case .text(let text, let path):
    let name = path ?? "<standard input>"
    let file = FormatFile(path: "", shown: name, text: text, engine: scope.engine(of: path, context), isLocked: false)
    return formatted([file], context, request, scope.options)
  case .files(let paths):
    var files: [FormatFile] = []
    var unreadable = ""
    for path in paths {
      let place = join(context.location.workingDirectory, path)
      switch readText(place, shown: path, on: context.fileSystem) {
      case .failure(let failure): unreadable += failure.outcome.standardError
      case .success(let text):
        files.append(
          FormatFile(
            path: place, shown: path, text: text, engine: scope.engine(of: path, context),
            isLocked: scope.lockedPaths.contains(place)))
      }
    }
    return formatted(files, context, request, scope.options, failures: unreadable)
  case .project:
    return formatted(
      scope.files, context, request, scope.options, notes: scope.notes, failures: scope.unreadable)
  }
}

/// Formats them, and writes or shows what comes of it.
///
/// - Parameter failures: what is said of files that could not be read at all.
private func formatted(
  _ files: [FormatFile], _ context: CommandContext, _ request: FormatRequest, _ options: FormatOptions,
  notes: [String] = [], failures: String = ""
) -> CommandOutcome {
  var notes = notes
  var diagnostics: [Diagnostic] = []
  var failures = failures
  var changes: [(file: FormatFile, new: String)] = []
  for file in files {
    let source = SourceFile(path: file.shown, text: file.text)
    let range = request.lines.map { lineRange($0, in: file.text) }
    switch sourceFormatter(for: file.engine).format(source, options: options, range: range) {
    case .edits(let edits):
      let new = applying(edits, to: file.text)
      if file.isLocked, !edits.isEmpty {
        notes.append("\(file.shown): note: left as it is: it is in the lock file of its migrations\n")
      } else {
        changes.append((file, new))
      }
    case .unreadable(let found): diagnostics += found
    case .refused(let reason): failures += "\(file.shown): error: \(reason)\n"
    case .different(let difference):
      failures += "\(file.shown): error: left as it is, by a mistake of the formatter: \(difference.rawValue)\n"
    }
  }
  var outcome = CommandOutcome(
    standardError: notes.joined() + failures
      + render(
        diagnostics, in: SourceSet(files.map { SourceFile(path: $0.shown, text: $0.text) }), as: context.format))
  let isWhole = failures.isEmpty && !diagnostics.hasErrors
  if isWhole || !changes.isEmpty { show(changes, of: files.count, context, request, in: &outcome) }
  if !isWhole { outcome.exit = .failure }
  return outcome
}

private func show(
  _ results: [(file: FormatFile, new: String)], of count: Int, _ context: CommandContext, _ request: FormatRequest,
  in outcome: inout CommandOutcome
) {
  let changed = results.filter { !$0.new.utf8.elementsEqual($0.file.text.utf8) }
  switch request.action {
  case .check:
    outcome.standardOutput = changed.map { "\($0.file.shown)\n" }.joined()
    outcome.exit = changed.isEmpty ? .success : .drift
  case .diff:
    outcome.standardOutput = changed.map { file, new in
      UnifiedDiff(from: withLineFeeds(file.text), to: withLineFeeds(new))
        .render(oldName: "a/" + file.shown, newName: "b/" + file.shown)
    }.joined()
    outcome.exit = changed.isEmpty ? .success : .drift
  case .write:
    if case .text = request.input {
      outcome.standardOutput = results.map(\.new).joined()
      return
    }
    let changes = changed.map { FileChange(path: $0.file.path, kind: .modify(old: $0.file.text, new: $0.new)) }
    do throws(FileSystemError) {
      try apply(ChangeSet(changes: changes), on: context.fileSystem)
    } catch {
      outcome.standardError += "sqlc-swift: error: nothing was formatted: \(error.path): \(error.reason)\n"
      outcome.exit = .failure
      return
    }
    outcome.standardOutput =
      changed.isEmpty
      ? "nothing to format\n" : "formatted \(changed.count) of \(SQLCDriver.count(count, "file"))\n"
  }
}

/// From the first byte of the first line to the last byte of the last, without its end.
private func lineRange(_ lines: ClosedRange<Int>, in text: String) -> ByteRange {
  var starts = [0]
  for (offset, byte) in text.utf8.enumerated() where byte == 0x0A { starts.append(offset + 1) }
  let lower = lines.lowerBound <= starts.count ? starts[lines.lowerBound - 1] : text.utf8.count
  let upper = lines.upperBound < starts.count ? starts[lines.upperBound] - 1 : text.utf8.count
  return ByteRange(lower, max(lower, upper))
}
