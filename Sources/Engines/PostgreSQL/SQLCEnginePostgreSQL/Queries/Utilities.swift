// TRUNCATE and REFRESH MATERIALIZED VIEW as queries: the server describes them and analyses nothing, so their tables are found
// by the names in their text.

import SQLCQueryFile
import SQLCSemanticsPostgreSQL
import SQLCTreePostgreSQL

extension QueryBatch {
  /// With what the statement touches, where it is such a statement.
  func withUtility(_ job: QueryJob, _ proof: Proof?, _ prover: Prover) -> Proof? {
    guard case .success(var facts)? = proof, facts.command == .utility, let text = job.text,
      let utility = utility(text)
    else { return proof }
    facts.effects = prover.analyzer.effects(of: utility)
    return .success(facts)
  }

  private func utility(_ text: QueryText) -> AnalyzedUtility? {
    var reader = UtilityReader(text, session.types)
    return reader.read()
  }
}

/// Reads the names in a statement.
///
///     TRUNCATE [TABLE] [ONLY] name [*] [, …] [RESTART IDENTITY | CONTINUE IDENTITY] [CASCADE | RESTRICT]
///     REFRESH MATERIALIZED VIEW [CONCURRENTLY] name [WITH [NO] DATA]
private struct UtilityReader {
  private let text: QueryText
  private let types: TypeLowering
  private var at = 0

  init(_ text: QueryText, _ types: TypeLowering) {
    self.text = text
    self.types = types
  }

  mutating func read() -> AnalyzedUtility? {
    if take("TRUNCATE") { return truncation() }
    guard take("REFRESH"), take("MATERIALIZED"), take("VIEW") else { return nil }
    _ = take("CONCURRENTLY")
    return relation().map(AnalyzedUtility.refresh)
  }

  private mutating func truncation() -> AnalyzedUtility {
    _ = take("TABLE")
    var tables: [AnalyzedUtility.Truncated] = []
    repeat {
      let isAlone = take("ONLY")
      guard let relation = relation() else { break }
      tables.append(AnalyzedUtility.Truncated(relation, isAlone ? .only : .withChildren))
      _ = takeSymbol("*")
    } while takeSymbol(",")
    if take("RESTART") || take("CONTINUE") { _ = take("IDENTITY") }
    return .truncate(tables, take("CASCADE") ? .cascade : .named)
  }

  private var token: Substring? { at < text.tokens.count ? text.source.slice(text.tokens[at].range) : nil }

  private mutating func take(_ word: String) -> Bool {
    guard let token, text.tokens[at].kind == .word, token.uppercased() == word else { return false }
    at += 1
    return true
  }

  private mutating func takeSymbol(_ symbol: String) -> Bool {
    guard let token, text.tokens[at].kind == .other, token == symbol else { return false }
    at += 1
    return true
  }

  private mutating func relation() -> ObjectID? {
    guard let first = name() else { return nil }
    guard takeSymbol("."), let second = name() else { return types.relation(named: first, in: nil) }
    return types.relation(named: second, in: first)
  }

  private mutating func name() -> String? {
    guard let token, text.tokens[at].kind == .word || text.tokens[at].kind == .quoted else { return nil }
    at += 1
    return plainName(String(token))
  }
}
