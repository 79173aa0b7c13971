// A query with optional predicates or a chosen order: every combination is analysed as the statement that it is, and what is
// said of the query holds in each. Each combination, direction included, is confirmed by the server, letter for letter as it
// will be run.

import SQLCDiagnostics
import SQLCMacros
import SQLCModel
import SQLCOraclePostgreSQL
import SQLCPostgreSQLHandle
import SQLCQueryFile
import SQLCTreePostgreSQL

/// A query on its way through all of its combinations.
private struct VariantJob {
  var index: Int
  var merge: VariantMerge
  var shape: VariantsModel
  var whole: QueryJob
}

extension QueryBatch {
  /// `answers` of the whole text of each query with choices become those of the query.
  ///
  /// - Parameter wholes: the jobs of the answers.
  func analyzeVariants(
    of wholes: [QueryJob], _ answers: [Diagnosed<QueryModel?>]
  ) throws -> [Diagnosed<QueryModel?>] {
    var answers = answers
    var jobs: [VariantJob] = []
    for (index, whole) in wholes.enumerated() {
      guard let syntax = whole.variants else { continue }
      var merge = VariantMerge(query: whole.written, syntax: syntax)
      guard let model = merge.take(answers[index], for: nil), let text = whole.text,
        let shape = merge.shape(
          pass(model, whole, text),
          pieces: { ConditionalPieces(syntax: syntax, text: whole.textOfRows ?? text, choices: whole.choices).pieces() }
        )
      else {
        answers[index] = Diagnosed(nil, merge.diagnostics)
        continue
      }
      jobs.append(VariantJob(index: index, merge: merge, shape: shape, whole: whole))
    }
    guard !jobs.isEmpty else { return answers }
    var combinations: [QueryJob] = []
    for job in jobs {
      for choice in job.shape.choicesToAnalyze { combinations.append(combination(choice, of: job)) }
    }
    let found = try analyze(&combinations)
    var next = 0
    for place in jobs.indices {
      for choice in jobs[place].shape.choicesToAnalyze {
        if let model = jobs[place].merge.take(found[next], for: choice.bits) { jobs[place].merge.add(model) }
        next += 1
      }
    }
    try finishPages(&jobs)
    try confirm(&jobs)
    for job in jobs {
      let model = job.merge.diagnostics.hasErrors ? nil : job.merge.model
      answers[job.index] = Diagnosed(model, job.merge.diagnostics)
    }
    return answers
  }

  private func pass(_ model: QueryModel, _ job: QueryJob, _ text: QueryText) -> VariantPass {
    let word = text.words(first: 1).first
    let write: VariantPass.Write? = word == "UPDATE" ? .update : word == "DELETE" ? .delete : nil
    return VariantPass(
      model: model,
      parameters: text.parameters.enumerated().map { index, parameter in
        VariantPass.Parameter(
          index: index + 1, name: parameter.name, isNullableArgument: parameter.isNullableArgument,
          occurrences: parameter.occurrences)
      }, write: write)
  }

  /// The statement of one choice; its parameters have the types that the whole gives them.
  private func combination(_ choice: VariantChoice, of job: VariantJob) -> QueryJob {
    let syntax = job.merge.syntax
    let blanks = syntax.blanks(for: choice.bits)
    let tokens = job.whole.tokens.filter { token in !blanks.contains { $0.contains(token.range) } }
    var combination = read(job.merge.query(of: syntax.text(for: choice.bits)), tokens[...])
    guard let text = job.whole.text, let types = job.whole.described?.parameterTypes else { return combination }
    for (parameter, type) in zip(text.parameters, types) {
      for occurrence in parameter.occurrences { combination.typeHints[occurrence.lower] = type }
    }
    combination.choices.casts = [:]
    return combination
  }

  /// Asks whether each order tells all rows apart.
  private func finishPages(_ jobs: inout [VariantJob]) throws {
    for place in jobs.indices {
      var probes = jobs[place].merge.pageProbes().map { probe in
        read(probe, tokensInside(probe.bodyRange, of: lexicalTokens(of: probe.source, rules: .postgresql)))
      }
      let counts = try probes.isEmpty ? [] : analyze(&probes).map { $0.value?.rowCount }
      jobs[place].merge.finishPage(counts, nulls: .largest)
    }
  }

  /// The server's types of all parameters; those of a cursor are its columns'.
  private func parameterTypes(_ job: VariantJob, _ variants: VariantsModel) -> [UInt32] {
    var types = job.whole.described?.parameterTypes ?? []
    guard let page = variants.page, let results = job.merge.model?.results,
      let columns = job.whole.described?.columns
    else { return types }
    for key in page.keys {
      let before = results[..<key.result].reduce(0) { count, result in
        if case .embed(let embed) = result { count + embed.columns.count } else { count + 1 }
      }
      while types.count < key.parameter { types.append(0) }
      types[key.parameter - 1] = columns[before + (key.column ?? 0)].type
    }
    return types
  }

  private func confirm(_ jobs: inout [VariantJob]) throws(ServerProblem) {
    var statements: [StatementText] = []
    for job in jobs where !job.merge.diagnostics.hasErrors {
      guard let variants = job.merge.model?.variants else { continue }
      var types = parameterTypes(job, variants)
      // Those are of single values, and arrays are sent.
      for parameter in job.merge.model?.parameters ?? [] where parameter.rowList != nil {
        let element = ObjectID(rawValue: types[parameter.index - 1])
        types[parameter.index - 1] = catalog.types[element]?.array?.rawValue ?? 0
      }
      for choice in variants.choices {
        let text = placeholders.text(of: variants.sql(for: choice))
        statements.append(StatementText(text, parameterTypes: types))
      }
    }
    let results = try ask(statements)
    var next = 0
    for place in jobs.indices where !jobs[place].merge.diagnostics.hasErrors {
      for choice in jobs[place].merge.model?.variants?.choices ?? [] {
        defer { next += 1 }
        guard case .failure(let error) = results[next] else { continue }
        let query = jobs[place].merge.query
        jobs[place].merge.report(
          Diagnostic(
            PostgreSQLRule.rejectedQuery.rule, "PostgreSQL rejects this: \(error.message)",
            at: DiagnosticLabel(SourceRange(path: query.source.path, range: query.nameRange)), notes: error.notes),
          for: choice.bits)
      }
    }
  }
}
