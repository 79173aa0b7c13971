// What of a migration's file goes up, and what goes down.

import SQLCDiagnostics
import SQLCEngine
import SQLCQueryFile

struct MigrationParts {
  var up: [ByteRange] = []
  /// Nothing when the file has no part that goes down.
  var down: [ByteRange]?
  var isInTransaction = true
}

func migrationParts(
  of source: SourceFile, _ format: MigrationFormat, rules: LexicalRules
) -> Diagnosed<MigrationParts> {
  var diagnostics: [Diagnostic] = []
  var parts = MigrationParts()
  // Tern's files begin with what goes up.
  var upStart: Int? = format == .tern ? 0 : nil
  var downStart: Int?
  var firstMarker: ByteRange?
  var firstUp: ByteRange?
  var openStatement: ByteRange?

  for comment in comments(of: source, rules: rules) {
    guard let marker = MigrationMarker(comment: comment.text) else { continue }
    func say(_ problem: MigrationDiagnostic) { diagnostics.append(problem.at(comment.range, in: source)) }
    guard marker.format == format else {
      say(.mixedFormats(marker.format, in: format))
      continue
    }
    firstMarker = firstMarker ?? comment.range
    if marker.isWithoutTransaction { parts.isInTransaction = false }
    switch marker.instruction {
    case .up:
      close(at: comment.range.lower)
      firstUp = firstUp ?? comment.range
      upStart = comment.range.upper
    case .down:
      close(at: comment.range.lower)
      downStart = comment.range.upper
    case .statementBegin:
      if let open = openStatement { diagnostics.append(MigrationDiagnostic.openStatement.at(open, in: source)) }
      openStatement = comment.range
    case .statementEnd:
      if openStatement == nil { say(.strayStatementEnd) }
      openStatement = nil
    case .environmentOn: say(.environmentSubstitution)
    case .environmentOff, .withoutTransaction: break
    case .unknown(let word): say(.unknownMarker(word, format))
    }
  }
  close(at: source.text.utf8.count)
  if let open = openStatement { diagnostics.append(MigrationDiagnostic.openStatement.at(open, in: source)) }

  // A marker that could not be read may have been the one that matters.
  if format != .tern, diagnostics.isEmpty {
    if let up = firstUp {
      if let text = lexicalTokens(of: source, rules: rules).first(where: { !$0.isComment && $0.range.lower < up.lower })
      {
        diagnostics.append(MigrationDiagnostic.ignoredText(format).at(text.range, in: source))
      }
    } else if let marker = firstMarker {
      diagnostics.append(MigrationDiagnostic.missingUp(format).at(marker, in: source))
    }
  }
  return Diagnosed(parts, diagnostics)

  func close(at end: Int) {
    if let start = upStart { parts.up.append(ByteRange(start, end)) }
    if let start = downStart { parts.down = (parts.down ?? []) + [ByteRange(start, end)] }
    upStart = nil
    downStart = nil
  }
}
