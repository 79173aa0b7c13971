// Everything this stage can say.
import SQLCDiagnostics

/// A problem of names, shapes or overrides.
enum TargetDiagnostic {
  /// Two tables, queries or enumerations would be one Swift type.
  case nameCollision(type: String, first: String, second: String, fix: String, at: SourceRange, other: SourceRange?)
  case hidingName(what: String, name: String, given: String, fix: String, at: SourceRange)
  case reservedName(what: String, name: String, at: SourceRange)
  case duplicateColumn(name: String, given: String, whole: String, fix: String, at: SourceRange)
  /// Two queries, or a query and a table, are to have one row.
  case unequalRow(row: String, RowDifference, owner: String, other: String, at: SourceRange, first: SourceRange?)
  case misplacedRow(row: String, RowlessReason, at: SourceRange)
  case unknownWidening(column: String, query: String, at: SourceRange)
  case unneededWidening(column: String, row: String, at: SourceRange)
  case noColumns(query: String, command: String, at: SourceRange)
  // A rule that matches nothing is a warning: rules are often shared by blocks with different schemas.
  case unknownOverrideColumn(pattern: String, candidates: [String], at: SourceRange)
  case unknownOverrideType(type: String, candidates: [String], at: SourceRange)
  case unknownOverrideQuery(query: String, name: String, candidates: [String], at: SourceRange)
  case duplicateOverride(target: String, at: SourceRange, other: SourceRange)
  case unfitCodec(codec: String, column: String, storage: String, at: SourceRange)
  case missingCodec(codec: String, engine: String, at: SourceRange)
  /// A value of a type that the runtime has no Swift type for.
  case unknownType(type: String, what: String, at: SourceRange)
  /// A warning: as long as no query asks for that column, nothing else is missing.
  case omittedStruct(what: String, column: String, type: String, at: SourceRange)
  case invalidOverride(text: String, what: String, at: SourceRange)
  // A warning: what a later version of the schema has not any more need not stop anyone.
  case unusedRename(name: String, candidates: [String], at: SourceRange)

  /// Why a query has no row that could be shared.
  enum RowlessReason {
    case command(String)
    case lists
  }

  var diagnostic: Diagnostic {
    switch self {
    case .unequalRow(let row, let difference, let owner, let other, let at, let first):
      Diagnostic(
        SwiftRule.unequalRow.rule, "\(owner) does not give a '\(row)' as \(other) does: \(words(difference))",
        at: DiagnosticLabel(at), secondary: first.map { [DiagnosticLabel($0, "the other one")] } ?? [],
        notes: mend(difference, row))
    case .misplacedRow(let row, .command(let command), let at):
      Diagnostic(
        SwiftRule.misplacedRow.rule, "':\(command)' gives no rows that could be '\(row)'", at: DiagnosticLabel(at))
    case .misplacedRow(let row, .lists, let at):
      Diagnostic(
        SwiftRule.misplacedRow.rule, "a row with lists is its query's own and cannot be '\(row)'",
        at: DiagnosticLabel(at))
    case .unknownWidening(let column, let query, let at):
      Diagnostic(
        SwiftRule.unequalRow.rule, "'\(query)' has no column '\(column)' to widen", at: DiagnosticLabel(at))
    case .unneededWidening(let column, let row, let at):
      Diagnostic(
        SwiftRule.unneededWidening.rule, "'\(column)' needs no widening: it is as it is in every '\(row)'",
        at: DiagnosticLabel(at))
    case .nameCollision(let type, let first, let second, let fix, let at, let other):
      Diagnostic(
        SwiftRule.collidingName.rule, "\(second) and \(first) would both be the Swift type '\(type)'",
        at: DiagnosticLabel(at), secondary: other.map { [DiagnosticLabel($0, "the other one")] } ?? [], notes: [fix])
    case .hidingName(let what, let name, let given, let fix, let at):
      Diagnostic(
        SwiftRule.hidingName.rule,
        "\(what) would give a type '\(name)', a name that is taken; it is named '\(given)'",
        at: DiagnosticLabel(at), notes: [fix])
    case .reservedName(let what, let name, let at):
      Diagnostic(
        SwiftRule.reservedName.rule, "\(what) cannot be the Swift type '\(name)', which generated code uses itself",
        at: DiagnosticLabel(at), notes: ["choose another name with `rename` in the configuration"])
    case .duplicateColumn(let name, let given, let whole, let fix, let at):
      Diagnostic(
        SwiftRule.duplicateColumn.rule, "\(whole) has more than one '\(name)'; this one is named '\(given)'",
        at: DiagnosticLabel(at), notes: [fix])
    case .noColumns(let query, let command, let at):
      Diagnostic(
        SwiftRule.noColumns.rule, "'\(query)' returns no columns, so there is no row for ':\(command)' to give",
        at: DiagnosticLabel(at), notes: ["use ':exec' or ':execrows', or add a RETURNING clause"])
    case .unknownOverrideColumn(let pattern, let candidates, let at):
      Diagnostic(
        SwiftRule.unknownOverrideColumn.rule, "no column matches '\(pattern)'", at: DiagnosticLabel(at),
        notes: nearestNote(candidates))
    case .unknownOverrideType(let type, let candidates, let at):
      Diagnostic(
        SwiftRule.unknownOverrideType.rule, "no column has the declared type '\(type)'", at: DiagnosticLabel(at),
        notes: candidates.isEmpty ? [] : ["declared types: \(candidates.joined(separator: ", "))"])
    case .unknownOverrideQuery(let query, let name, let candidates, let at):
      Diagnostic(
        SwiftRule.unknownOverrideResult.rule, "no query '\(query)' has a result or parameter '\(name)'",
        at: DiagnosticLabel(at), notes: nearestNote(candidates))
    case .duplicateOverride(let target, let at, let other):
      Diagnostic(
        SwiftRule.duplicateOverride.rule, "there are two rules for '\(target)'", at: DiagnosticLabel(at),
        secondary: [DiagnosticLabel(other, "the first is here")])
    case .unfitCodec(let codec, let column, let storage, let at):
      Diagnostic(
        SwiftRule.unfitCodec.rule, "the codec '\(codec)' cannot read '\(column)', which is stored as \(storage)",
        at: DiagnosticLabel(at), notes: ["give the column another type in the schema, or the rule another codec"])
    case .missingCodec(let codec, let engine, let at):
      Diagnostic(
        SwiftRule.unfitCodec.rule, "the runtime for \(engine) has no codec '\(codec)'", at: DiagnosticLabel(at))
    case .unknownType(let type, let what, let at):
      Diagnostic(
        SwiftRule.unknownType.rule, "there is no Swift type for \(what), which is '\(type)'", at: DiagnosticLabel(at),
        notes: ["give it one with `overrides` in the configuration, or cast it to another type"])
    case .omittedStruct(let what, let column, let type, let at):
      Diagnostic(
        SwiftRule.omittedStruct.rule,
        "no struct is made for \(what): there is no Swift type for '\(column)', which is '\(type)'",
        at: DiagnosticLabel(at),
        notes: ["give it one with `overrides` in the configuration; queries can ask for the other columns"])
    case .invalidOverride(let text, let what, let at):
      Diagnostic(SwiftRule.invalidOverride.rule, "'\(text)' is no Swift \(what)", at: DiagnosticLabel(at))
    case .unusedRename(let name, let candidates, let at):
      Diagnostic(
        SwiftRule.unusedRename.rule, "nothing is called '\(name)', so there is nothing to rename",
        at: DiagnosticLabel(at),
        notes: nearestNote(candidates) + [
          "names are matched whole: of a table (as written or singular), column, parameter, enumeration (`table_column`)"
            + " or one of its values"
        ])
    }
  }

  private func words(_ difference: RowDifference) -> String {
    switch difference {
    case .count(let count, let wanted): "it has \(count) of \(wanted) members"
    case .name(let place, let name, let wanted): "member \(place + 1) is '\(name)', not '\(wanted)'"
    case .type(_, let type, let wanted): "this is '\(type)', not '\(wanted)'"
    case .nullability(let column): "'\(column)' is never NULL in the one, and can be in the other"
    case .decoding: "whether this is absent is told by another column"
    case .inner(let type): "the '\(type)' inside has other columns"
    }
  }

  private func mend(_ difference: RowDifference, _ row: String) -> [String] {
    guard case .nullability(let column) = difference else { return [] }
    return ["where NULL is meant all the same, the one says '-- row: \(row) widen \(column): why'"]
  }

  private func nearestNote(_ candidates: [String]) -> [String] {
    candidates.isEmpty ? [] : ["did you mean \(candidates.map { "'\($0)'" }.joined(separator: " or "))?"]
  }
}
