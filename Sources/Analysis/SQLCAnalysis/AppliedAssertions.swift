// The author's last word on results: `sqlc.notnull` and `sqlc.nullable`, over what is proven.

import SQLCDiagnostics
import SQLCModel
import SQLCQueryFile

extension Diagnosed where Value == QueryModel? {
  /// With what the query's author says of its results.
  func applying(_ query: AnnotatedQuery) -> Self {
    guard !query.assertions.isEmpty, var model = value else { return self }
    var diagnostics = diagnostics
    for assertion in query.assertions {
      if let problem = model.apply(assertion) {
        diagnostics.append(problem.diagnostic(assertion, of: query))
      }
    }
    return Diagnosed(diagnostics.hasErrors ? nil : model, diagnostics)
  }
}

private enum AssertionProblem {
  /// No result of the query is that expression.
  case misplaced
  case proven(column: String)

  func diagnostic(_ assertion: AssertedResult, of query: AnnotatedQuery) -> Diagnostic {
    let path = query.source.path
    let head = ByteRange(assertion.range.lower, assertion.expression.lower)
    switch self {
    case .misplaced:
      return Diagnostic(
        QueryFileRule.misplacedAssertion.rule,
        "'sqlc.\(assertion.claim.rawValue)' must be a whole result column of the query itself",
        at: DiagnosticLabel(SourceRange(path: path, range: head)))
    case .proven(let column):
      let what = assertion.claim == .notNull ? "is proven never to be NULL" : "can be NULL"
      let tail = ByteRange(assertion.expression.upper, assertion.range.upper)
      return Diagnostic(
        QueryFileRule.provenAssertion.rule, "'\(column)' \(what) without 'sqlc.\(assertion.claim.rawValue)'",
        at: DiagnosticLabel(SourceRange(path: path, range: head), "leave it out"),
        fixIts: [
          FixIt(
            "leave it out", .safe,
            edits: [head, tail].map { FixIt.Edit(SourceRange(path: path, range: $0), replacement: "") })
        ])
    }
  }
}

extension QueryModel {
  fileprivate mutating func apply(_ assertion: AssertedResult) -> AssertionProblem? {
    func isMeant(_ source: SourceRange) -> Bool {
      assertion.expression.lower <= source.range.lower && source.range.lower < assertion.expression.upper
    }
    for index in results.indices {
      switch results[index] {
      case .column(var column) where isMeant(column.source):
        guard column.assertion != assertion.claim else { return nil }
        guard column.nullability.isOptional == (assertion.claim == .notNull) else {
          return .proven(column: column.name)
        }
        column.assertion = assertion.claim
        column.nullability = assertion.claim.nullability
        results[index] = .column(column)
      case .embed(var embed) where isMeant(embed.source) && !embed.isList:
        guard embed.assertion != assertion.claim else { return nil }
        guard embed.nullability.isOptional == (assertion.claim == .notNull) else { return .proven(column: embed.name) }
        embed.assertion = assertion.claim
        embed.nullability = assertion.claim.nullability
        results[index] = .embed(embed)
      case .column, .embed: continue
      }
      // What the author says is kept: the struct of a table may say less.
      if rowFit == .within { rowFit = .exact }
      return nil
    }
    return .misplaced
  }
}

extension AssertedResult.Claim {
  fileprivate var nullability: ModelNullability {
    switch self {
    case .notNull: .never
    case .nullable: .optional(reason: "the query says so with `sqlc.nullable`", at: nil)
    }
  }
}
