// The server's refusal of a query, at the place in the file that it is about.

import SQLCDiagnostics
import SQLCPostgreSQLHandle

extension QueryBatch {
  func rejection(_ error: ServerError, of job: QueryJob, _ text: QueryText) -> Diagnostic {
    var place = text.tokens.first?.range ?? text.range
    if let position = error.position {
      let offset = job.sent.fileOffset(of: byteOffset(ofCharacter: position, in: job.sent.text))
      place = text.tokens.first { $0.range.upper > offset }?.range ?? place
    }
    if error.sqlState == "42P18" || error.sqlState == "42P08" {
      return untyped(error, at: place, text)
    }
    var notes = error.notes
    // `created_at > now() - $1`: a parameter takes the type of what it is combined with.
    if ["42883", "42804", "42725"].contains(error.sqlState), !text.parameters.isEmpty {
      notes.append("a parameter takes its type from what it stands beside; say another with a cast: '@name::interval'")
    }
    if let advice = adviceFromOtherDialects(
      error, at: String(text.source.slice(place)), statement: text.words(first: .max))
    {
      notes.append(advice)
    }
    return Diagnostic(
      PostgreSQLRule.rejectedQuery.rule, "PostgreSQL rejects this: \(error.message)",
      at: DiagnosticLabel(SourceRange(path: text.source.path, range: place)), notes: notes,
      fixIts: nearbyNames(error, at: place, text))
  }

  private func untyped(_ error: ServerError, at place: ByteRange, _ text: QueryText) -> Diagnostic {
    let digits = error.message.drop { $0 != "$" }.dropFirst().prefix { $0.isNumber }
    let number = Int(digits) ?? 0
    let parameter = text.parameters.indices.contains(number - 1) ? text.parameters[number - 1] : nil
    let range = parameter?.occurrences.first ?? place
    let written = String(text.source.slice(range))
    let isUsed = parameter.map { !$0.occurrences.isEmpty } ?? true
    return Diagnostic(
      PostgreSQLRule.untypedParameter.rule,
      error.sqlState == "42P08"
        ? "PostgreSQL finds two types for the parameter '\(written)'"
        : isUsed
          ? "PostgreSQL cannot tell the type of the parameter '\(written)'" : "the parameter $\(number) is not used",
      at: DiagnosticLabel(
        SourceRange(path: text.source.path, range: isUsed ? range : place),
        isUsed ? "write \(written)::text, or the type that is meant" : "parameters are numbered from 1 without gaps"),
      notes: error.notes)
  }
}
