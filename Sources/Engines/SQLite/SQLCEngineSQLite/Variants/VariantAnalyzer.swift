// A query with optional predicates or a chosen order: every combination goes through all passes, as the statement that it
// is, and what is said of the query holds in each.
//
// A predicate can narrow (`x IS NOT NULL`), bind a key, settle a parameter's type, read another table; the weakest of all
// combinations is taken. The order of rows has no part in any of that, so each term is analysed once, with every predicate
// there; but each combination, direction included, is prepared by SQLite, letter for letter as it will be run.

import SQLCDiagnostics
import SQLCModel
import SQLCOracleSQLite
import SQLCSyntaxSQLite

extension QueryAnalyzer {
  /// Nothing when the query leaves nothing to its caller.
  func analyzeVariants(_ query: AnnotatedQuery) -> Diagnosed<QueryModel?>? {
    // Most queries have no macro at all, and need not be cut into tokens twice.
    guard mentionsMacros(query.source.slice(query.bodyRange)) else { return nil }
    let scanned = scanVariants(of: tokenize(query.source, in: query.bodyRange), in: query.source)
    guard let syntax = scanned.value else {
      return scanned.diagnostics.isEmpty ? nil : Diagnosed(nil, scanned.diagnostics)
    }
    var merge = VariantMerge(query: query, syntax: syntax)
    guard let whole = merge.take(passes(merge.query(of: syntax.wholeText)), for: nil) else {
      return Diagnosed(nil, merge.diagnostics)
    }
    guard let shape = merge.shape(whole) else { return Diagnosed(nil, merge.diagnostics) }
    for choice in shape.choicesToAnalyze {
      guard let passed = merge.take(passes(merge.query(of: syntax.text(for: choice.bits))), for: choice.bits) else {
        return Diagnosed(nil, merge.diagnostics)
      }
      merge.add(passed, for: choice.bits)
    }
    if !merge.diagnostics.hasErrors { prepareAll(shape, &merge) }
    return Diagnosed(merge.diagnostics.hasErrors ? nil : merge.model, merge.diagnostics)
  }

  /// The letters of `sqlc` stand somewhere, in any case; blanks may follow before the dot.
  private func mentionsMacros(_ text: Substring) -> Bool {
    let word: [UInt8] = [0x73, 0x71, 0x6C, 0x63]
    var matched = 0
    for byte in text.utf8 {
      let letter = byte | 0x20
      matched = letter == word[matched] ? matched + 1 : letter == word[0] ? 1 : 0
      if matched == word.count { return true }
    }
    return false
  }

  /// SQLite's word on every combination's very text.
  private func prepareAll(_ shape: VariantsModel, _ merge: inout VariantMerge) {
    for choice in shape.choices {
      let text = shape.sql(for: choice).reduce(into: "") { text, segment in
        switch segment {
        case .text(let part): text += part
        case .parameter(let index), .list(let index): text += "?\(index)"
        }
      }
      do throws(OracleError) {
        _ = try schema.scratch.describe(text)
      } catch {
        let place = SourceRange(path: merge.query.source.path, range: merge.query.nameRange)
        merge.report(EngineDiagnostic.rejectedQuery(message: error.message).at(place), for: choice.bits)
        return
      }
    }
  }
}

extension VariantsModel {
  /// Every set of predicates in the default order, and every other term with all of them.
  fileprivate var choicesToAnalyze: [VariantChoice] {
    let all: UInt64 = (1 << UInt64(filters.count)) - 1
    let first = order.isEmpty ? 0 : bit(ofTerm: 0, isDescending: order[0].isDescending)
    let sets = (0...all).reversed().map { VariantChoice(bits: $0 | first) }
    return sets + order.indices.dropFirst().map { VariantChoice(bits: all | bit(ofTerm: $0, isDescending: false)) }
  }
}
