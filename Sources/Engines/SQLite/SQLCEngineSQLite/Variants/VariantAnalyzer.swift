// A query with optional predicates or a chosen order: every combination goes through all passes, as the statement that it
// is, and what is said of the query holds in each.
//
// A predicate can narrow (`x IS NOT NULL`), bind a key, settle a parameter's type, read another table; the weakest of all
// combinations is taken. The order of rows has no part in any of that, so each term is analysed once, with every predicate
// there; but each combination, direction included, is prepared by SQLite, letter for letter as it will be run.

import SQLCDiagnostics
import SQLCEngine
import SQLCMacros
import SQLCModel
import SQLCOracleSQLite
import SQLCSemanticsSQLite
import SQLCSyntaxSQLite

extension QueryAnalyzer {
  /// Nothing when the query leaves nothing to its caller.
  func analyzeVariants(_ query: AnnotatedQuery) -> Diagnosed<QueryModel?>? {
    // Most queries have no macro at all, and need not be cut into tokens twice.
    guard mentionsMacros(query) else { return nil }
    let tokens = tokenize(query.source, in: query.bodyRange)
    let scanned = scanVariants(of: tokens.map(MacroToken.init), in: query.source)
    guard let syntax = scanned.value else {
      return scanned.diagnostics.isEmpty ? nil : Diagnosed(nil, scanned.diagnostics)
    }
    var marking = PresenceMarking.whereNeeded(also: [])
    while true {
      var merge = VariantMerge(query: query, syntax: syntax)
      let marked = analyzeCombinations(of: syntax, tokens.prefix { $0.kind != .semicolon }, &merge, marking)
      // All combinations have the same columns: what one of them needs, the others have too.
      if !merge.diagnostics.hasErrors, let next = marking.next(after: marked) {
        marking = next
        continue
      }
      return Diagnosed(merge.diagnostics.hasErrors ? nil : merge.model, merge.diagnostics)
    }
  }

  /// Gives the embeds of each combination that have a column added to the statement.
  private func analyzeCombinations(
    of syntax: VariantSyntax, _ tokens: ArraySlice<Token>, _ merge: inout VariantMerge, _ marking: PresenceMarking
  ) -> [Set<Int>] {
    let rowLists = merge.query.rowLists
    guard let whole = merge.take(passes(merge.query(of: syntax.wholeText), marking: marking), for: nil),
      let shape = merge.shape(
        whole.variantPass,
        pieces: {
          ConditionalRewriter(variants: syntax, tokens: tokens, rowLists: rowLists)
            .rewrite(whole.bound, adding: whole.markers)
        })
    else { return [] }
    var marked = [whole.model.marked]
    for choice in shape.choicesToAnalyze {
      let query = merge.query(of: syntax.text(for: choice.bits))
      guard let passed = merge.take(passes(query, marking: marking), for: choice.bits) else { return marked }
      marked.append(passed.model.marked)
      merge.add(passed.model)
    }
    merge.finishPage(
      merge.pageProbes().map { passes($0, marking: marking).value?.model.rowCount }, nulls: .smallest)
    if !merge.diagnostics.hasErrors, let variants = merge.model?.variants { prepareAll(variants, &merge) }
    return marked
  }

  /// SQLite's word on every combination's very text.
  private func prepareAll(_ shape: VariantsModel, _ merge: inout VariantMerge) {
    for choice in shape.choices {
      let text = schema.engine.placeholders.text(of: shape.sql(for: choice))
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

extension QueryAnalyzer.Passed {
  fileprivate var variantPass: VariantPass {
    let write: VariantPass.Write? =
      switch statement {
      case .update: .update
      case .delete: .delete
      default: nil
      }
    return VariantPass(
      model: model,
      parameters: bound.parameters.map {
        VariantPass.Parameter(
          index: $0.index, name: $0.name, isNullableArgument: $0.kind == .nullableArgument,
          occurrences: $0.occurrences)
      }, write: write)
  }
}

extension PresenceMarking {
  /// Absent where the combinations agree. Where one cannot have what another needs, none has it.
  fileprivate func next(after marked: [Set<Int>]) -> PresenceMarking? {
    guard let first = marked.first, marked.contains(where: { $0 != first }) else { return nil }
    return self == .whereNeeded(also: []) ? .whereNeeded(also: marked.reduce(into: []) { $0.formUnion($1) }) : .never
  }
}

extension QueryModel {
  /// The embeds, counted from 0, that have a column added to the statement.
  fileprivate var marked: Set<Int> {
    var marked: Set<Int> = []
    var ordinal = 0
    for case .embed(let embed) in results {
      if embed.marker != nil { marked.insert(ordinal) }
      ordinal += 1
    }
    return marked
  }
}
