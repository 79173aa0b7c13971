// What is said where blocks of several engines have not one face: what differs, in both places, and what mends it.

import SQLCDiagnostics

/// A value on one side of a difference, as messages show it.
struct FaceValue {
  /// `the parameter 'id' of 'GetAgent'`
  var what: String
  var engine: String
  /// As Swift would have it; absent where it has none.
  var swiftType: String?
  /// As the engine spells it.
  var typeName: String
  /// Why it can be NULL.
  var reason: String?
  var place: SourceRange
}

enum FaceDiagnostic {
  case missingBlock(face: String, engines: [String], at: SourceRange)
  case differentOption(key: String, face: String, at: SourceRange, other: SourceRange)
  case hiddenFace(face: String, at: SourceRange)
  case missingQuery(name: String, engine: String, here: String, at: SourceRange, other: SourceRange)
  case differentCommand(
    query: String, here: String, there: String, engines: (String, String), at: SourceRange, other: SourceRange)
  case unsharedCommand(query: String, command: String, fix: String, at: SourceRange)
  case differentRows(query: String, always: String, maybe: String, reason: String, at: SourceRange, other: SourceRange)
  case missingPart(
    FaceRule, what: String, here: String, there: String, fix: String, at: SourceRange, other: SourceRange)
  case differentType(FaceValue, FaceValue, fix: String)
  case differentNullability(optional: FaceValue, never: FaceValue, fix: String)
  case differentDefault(what: String, here: String, there: String, at: SourceRange, other: SourceRange)
  case differentRow(query: String, table: String, here: String, there: String, at: SourceRange, other: SourceRange)
  case differentOrder(
    query: String, here: [String], there: [String], engines: (String, String), at: SourceRange, other: SourceRange)
  case unsharedType(FaceValue, fix: String)
  case engineOverride(target: String, type: String, engine: String, at: SourceRange)
  case differentEnumeration(
    name: String, here: [String], there: [String], engines: (String, String), at: SourceRange, other: SourceRange)
  case missingTable(name: String, engine: String, reason: String?, at: SourceRange)

  var diagnostic: Diagnostic {
    switch self {
    case .missingBlock(let face, let engines, let at):
      return Diagnostic(
        FaceRule.missingBlock.rule, "the face '\(face)' needs blocks of two engines", at: DiagnosticLabel(at),
        notes: [
          engines.isEmpty ? "no block has it" : "its blocks: \(engines.joined(separator: ", "))",
          "write 'face: \(face)' in 'gen.swift' of one block for each engine",
        ])
    case .differentOption(let key, let face, let at, let other):
      return Diagnostic(
        FaceRule.differentOption.rule, "'\(key)' differs between the blocks of the face '\(face)'",
        at: DiagnosticLabel(at), secondary: [DiagnosticLabel(other, "the other block")],
        notes: ["names and types of a face are one: write the same '\(key)' in both blocks"])
    case .hiddenFace(let face, let at):
      return Diagnostic(
        FaceRule.hiddenFace.rule, "the face '\(face)' would be internal, and its implementations are in other modules",
        at: DiagnosticLabel(at), notes: ["write 'access: public', or 'access: package', in every block of it"])
    case .missingQuery(let name, let engine, let here, let at, let other):
      return Diagnostic(
        FaceRule.missingQuery.rule, "'\(name)' has no counterpart for \(engine)",
        at: DiagnosticLabel(at, "the query for \(here)"),
        secondary: [DiagnosticLabel(other, "the block for \(engine)")],
        notes: [
          "write '-- name: \(name)' for \(engine) too, or put it into a file that both blocks name in 'queries'"
        ])
    case .differentCommand(let query, let here, let there, let engines, let at, let other):
      return Diagnostic(
        FaceRule.differentCommand.rule,
        "'\(query)' is ':\(there)' for \(engines.1) and ':\(here)' for \(engines.0)",
        at: DiagnosticLabel(at), secondary: [DiagnosticLabel(other, "for \(engines.0)")],
        notes: ["write the same command for both"])
    case .unsharedCommand(let query, let command, let fix, let at):
      return Diagnostic(
        FaceRule.unsharedCommand.rule, "'\(query)' is ':\(command)', whose result not every engine has",
        at: DiagnosticLabel(at), notes: [fix])
    case .differentRows(let query, let always, let maybe, let reason, let at, let other):
      return Diagnostic(
        FaceRule.differentRows.rule, "'\(query)' always gives its row for \(always), and may give none for \(maybe)",
        at: DiagnosticLabel(at, reason), secondary: [DiagnosticLabel(other, "always one row")],
        notes: [
          "write the statement so that both are proven alike: an aggregate without GROUP BY and 'INSERT … RETURNING' always give their row"
        ])
    case .missingPart(let rule, let what, let here, let there, let fix, let at, let other):
      return Diagnostic(
        rule.rule, "\(what) is there for \(here), and not for \(there)", at: DiagnosticLabel(at),
        secondary: [DiagnosticLabel(other, "for \(there)")], notes: [fix])
    case .differentType(let a, let b, let fix):
      return Diagnostic(
        FaceRule.differentType.rule,
        "\(b.what) is '\(b.swiftType ?? b.typeName)' for \(b.engine) and '\(a.swiftType ?? a.typeName)' for \(a.engine)",
        at: DiagnosticLabel(b.place, "\(b.typeName) for \(b.engine)"),
        secondary: [DiagnosticLabel(a.place, "\(a.typeName) for \(a.engine)")], notes: [fix])
    case .differentNullability(let optional, let never, let fix):
      return Diagnostic(
        FaceRule.differentNullability.rule,
        "\(optional.what) can be NULL for \(optional.engine), and not for \(never.engine)",
        at: DiagnosticLabel(optional.place, optional.reason ?? ""),
        secondary: [DiagnosticLabel(never.place, "never NULL")], notes: [fix])
    case .differentDefault(let what, let here, let there, let at, let other):
      return Diagnostic(
        FaceRule.differentDefault.rule, "\(what) may be left out for \(here), and not for \(there)",
        at: DiagnosticLabel(at), secondary: [DiagnosticLabel(other, "for \(there)")],
        notes: ["write sqlc.narg(…) in both, or in neither"])
    case .differentRow(let query, let table, let here, let there, let at, let other):
      return Diagnostic(
        FaceRule.differentRow.rule,
        "a row of '\(query)' is the struct '\(table)' for \(here), and none of a table for \(there)",
        at: DiagnosticLabel(at), secondary: [DiagnosticLabel(other, "for \(there)")],
        notes: [
          "the columns are those of the table in its order for one engine only: declare them in the same order, or write '-- row: own' beside both queries"
        ])
    case .differentOrder(let query, let here, let there, let engines, let at, let other):
      return Diagnostic(
        FaceRule.differentOrder.rule,
        "the orders of '\(query)' are \(there.joined(separator: ", ")) for \(engines.1) and \(here.joined(separator: ", ")) for \(engines.0)",
        at: DiagnosticLabel(at), secondary: [DiagnosticLabel(other, "for \(engines.0)")],
        notes: ["write the same terms in the same order in both"])
    case .unsharedType(let value, let fix):
      return Diagnostic(
        FaceRule.unsharedType.rule, "\(value.what) has the type \(value.typeName), which \(value.engine) alone has",
        at: DiagnosticLabel(value.place), notes: [fix])
    case .engineOverride(let target, let type, let engine, let at):
      return Diagnostic(
        FaceRule.unsharedType.rule, "the rule for '\(target)' gives it the type '\(type)', which \(engine) alone has",
        at: DiagnosticLabel(at),
        notes: [
          "a face knows no engine: give it a type of SQLCPortable, or one of yours that every engine's module can keep"
        ])
    case .differentEnumeration(let name, let here, let there, let engines, let at, let other):
      return Diagnostic(
        FaceRule.differentEnumeration.rule, "'\(name)' has other values for \(engines.1) than for \(engines.0)",
        at: DiagnosticLabel(at), secondary: [DiagnosticLabel(other, "for \(engines.0)")],
        notes: [
          "for \(engines.0): \(here.joined(separator: ", "))", "for \(engines.1): \(there.joined(separator: ", "))",
          "list the same values in both schemas",
        ])
    case .missingTable(let name, let engine, let reason, let at):
      return Diagnostic(
        FaceRule.missingTable.rule, "'\(name)' is no part of the face: there is no such row for \(engine)",
        at: DiagnosticLabel(at), notes: reason.map { [$0] } ?? [])
    }
  }
}
