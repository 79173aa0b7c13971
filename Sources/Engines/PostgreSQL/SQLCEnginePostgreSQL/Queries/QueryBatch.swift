// Many queries at once: their texts in one pipeline to the server, what `*` stands for in a second, then the proofs.

import SQLCDiagnostics
import SQLCEngine
import SQLCMacros
import SQLCModel
import SQLCOraclePostgreSQL
import SQLCPostgreSQLHandle
import SQLCQueryFile
import SQLCSemanticsPostgreSQL
import SQLCTreePostgreSQL

/// One query on its way.
struct QueryJob: Sendable {
  var query: AnnotatedQuery
  /// As it was given: of a query with choices `query` has the text with everything in it.
  var written: AnnotatedQuery
  /// Those of the query's body.
  var tokens: ArraySlice<LexicalToken>
  var variants: VariantSyntax?
  /// Types of parameters that are known, by the bytes where they stand.
  var typeHints: [Int: UInt32] = [:]
  var text: QueryText?
  var choices = QueryText.Choices()
  var sent = SentText()
  private(set) var described: DescribedStatement?
  /// The server's tree, read; nothing before it has described the statement.
  private(set) var tree: Result<NodeTree, NodeTextError>?
  var diagnostics: [Diagnostic] = []
  /// For each star, how many columns it stands for.
  var starCounts: [Int: Int] = [:]
  /// Ways of writing the columns of all stars of which only the server can say whether they mean the same, the likeliest first.
  var starAlternatives: [[Int: [String]]] = []
  /// What is proven of it, as soon as it is.
  var proof: Proof?
  /// With arrays in the place of its lists of rows, where it has any.
  var textOfRows: QueryText?

  var isAlive: Bool { text != nil && !diagnostics.hasErrors }

  init(query: AnnotatedQuery, tokens: ArraySlice<LexicalToken>) {
    self.query = query
    self.tokens = tokens
    written = query
  }

  /// Keeps what the server says of `sent`.
  mutating func take(_ answer: DescribedStatement) {
    described = answer
    tree = Result { () throws(NodeTextError) in try NodeTree(message: answer.tree ?? []) }
  }

  func statement(_ sent: SentText) -> StatementText {
    guard !typeHints.isEmpty, let text else { return StatementText(sent.text) }
    let types = text.parameters.map { $0.occurrences.first.flatMap { typeHints[$0.lower] } ?? 0 }
    return StatementText(sent.text, parameterTypes: types)
  }
}

struct QueryBatch {
  let session: QuerySession
  let definitions: DefinitionPlaces
  let relations: RelationStore
  var placeholders: PlaceholderStyle { .dollar }

  var connection: PostgreSQLConnection { session.connection }
  var catalog: PostgreSQLCatalog { session.types.catalog }
  var limit: Duration { session.limit }

  /// - Throws: `ServerProblem` when the server is no more.
  func analyze(_ queries: [AnnotatedQuery]) throws -> [Diagnosed<QueryModel?>] {
    var jobs = readTexts(of: queries)
    let answers = try analyze(&jobs)
    return try analyzeVariants(of: jobs, answers)
  }

  /// Statements without choices.
  func analyze(_ jobs: inout [QueryJob]) throws -> [Diagnosed<QueryModel?>] {
    let prover = session.prover
    try describe(&jobs, prover)
    try expandStars(&jobs, prover)
    try checkConflictTargets(&jobs)
    let facts = jobs.map { withUtility($0, $0.proof ?? prover.prove($0), prover) }
    var types: Set<ModifiedType> = []
    for fact in facts { if case .success(let fact)? = fact { types.formUnion(typesUsed(by: fact)) } }
    for job in jobs {
      for column in job.described?.columns ?? [] {
        types.insert(ModifiedType(type: ObjectID(rawValue: column.type), modifier: Int32(column.modifier)))
      }
    }
    let names = try session.spelling(of: types)
    let lowering = session.types
    let stored = StoredColumns(prover.analyzer, lowering)
    return try zip(jobs.indices, facts).map { index, fact -> Diagnosed<QueryModel?> in
      let job = jobs[index]
      guard job.isAlive, let fact, let text = job.text, let described = job.described else {
        return Diagnosed(nil, job.diagnostics)
      }
      switch fact {
      case .failure(let error):
        let problem = Diagnostic(
          PostgreSQLRule.unreadableTree.rule, error.description, at: DiagnosticLabel(text.place),
          notes: ["this is a defect of sqlc-swift, not of your SQL; please report it"])
        return Diagnosed(nil, job.diagnostics + [problem])
      case .success(let facts):
        keepRelations(of: job, text, facts)
        if !job.query.rowLists.isEmpty {
          let rows = try textOfRows(&jobs[index], text, facts, names)
          guard rows.value != nil else { return Diagnosed(nil, job.diagnostics + rows.diagnostics) }
          jobs[index].textOfRows = rows.value
        }
        var lowered = QueryLowering(
          job: job, text: text, described: described, facts: facts, types: lowering, stored: stored, names: names,
          definitions: definitions
        ).lower()
        if let rows = jobs[index].textOfRows { lowered.value?.sql = rows.segments(jobs[index].choices) }
        lowered.value?.bulk = try bulkForm(of: job, facts, names)
        return Diagnosed(lowered.value, job.diagnostics + lowered.diagnostics)
      }
    }
  }

  /// What rules ask of the statement later, when there is no server any more.
  private func keepRelations(of job: QueryJob, _ text: QueryText, _ facts: StatementFacts) {
    guard facts.command != .utility, let tree = job.described?.tree else { return }
    relations.keep(
      AnalyzedStatement(
        tree: tree, parameterNames: text.parameters.map(\.name), path: job.query.source.path, sent: job.sent),
      of: job.query)
  }

  // MARK: Texts

  private func readTexts(of queries: [AnnotatedQuery]) -> [QueryJob] {
    var tokens: [String: [LexicalToken]] = [:]
    return queries.map { query in
      let all = tokens[query.source.path] ?? lexicalTokens(of: query.source, rules: .postgresql)
      tokens[query.source.path] = all
      let own = tokensInside(query.bodyRange, of: all)
      guard mentionsMacros(query) else { return read(query, own) }
      let scanned = scanVariants(of: macroTokens(of: own, in: query.source), in: query.source)
      guard let syntax = scanned.value else {
        var job = scanned.diagnostics.hasErrors ? QueryJob(query: query, tokens: own) : read(query, own)
        job.diagnostics += scanned.diagnostics
        return job
      }
      var whole = query
      whole.source = syntax.wholeText
      let blanks = syntax.wholeBlanks
      var job = read(whole, own.filter { token in !blanks.contains { $0.contains(token.range) } }[...])
      job.written = query
      job.tokens = own
      job.variants = syntax
      return job
    }
  }

  func read(_ query: AnnotatedQuery, _ tokens: ArraySlice<LexicalToken>) -> QueryJob {
    var job = QueryJob(query: query, tokens: tokens)
    let statements = lexicalStatements(of: tokens, in: query.source, rules: .postgresql)
    func place(_ range: ByteRange) -> SourceRange { SourceRange(path: query.source.path, range: range) }
    guard let statement = statements.first else {
      job.diagnostics = [
        Diagnostic(
          QueryRule.missingStatement.rule, "no statement under the annotation of '\(query.name)'",
          at: DiagnosticLabel(place(query.nameRange), "write the SQL under this line"))
      ]
      return job
    }
    if statements.count > 1 {
      job.diagnostics = [
        Diagnostic(
          QueryRule.secondStatement.rule, "a second statement under the annotation of '\(query.name)'",
          at: DiagnosticLabel(place(statements[1].first), "give it an annotation of its own"),
          secondary: [DiagnosticLabel(place(query.nameRange), "the annotation")])
      ]
      return job
    }
    let own = tokens.filter { !$0.isComment && statement.range.contains($0.range) }
    var reader = QueryTextReader(query, range: statement.range, tokens: own)
    let read = reader.read()
    job.diagnostics = read.diagnostics
    if case .transaction = StatementPurpose(words: read.value.words(first: 8)) {
      job.diagnostics.append(
        Diagnostic(
          QueryRule.unsupportedStatement.rule, "transaction control cannot be a query",
          at: DiagnosticLabel(place(statement.first), "use 'transaction' or 'savepoint' of the generated code")))
    }
    job.sent = read.value.sent()
    job.text = read.value
    return job
  }

  // MARK: The server

  func ask(_ statements: [StatementText]) throws(ServerProblem) -> [DescriptionResult] {
    do {
      return try connection.describe(statements, within: limit)
    } catch {
      throw ServerProblem(error, doing: "analyse the queries")
    }
  }

  /// Describes what the jobs send; an error is mended or kept. What needs no second question is proven while the server
  /// works on the next.
  private func describe(_ jobs: inout [QueryJob], _ prover: Prover) throws {
    let indices = jobs.indices.filter { jobs[$0].isAlive }
    var refusals: [(index: Int, error: ServerError)] = []
    do {
      try connection.describe(indices.map { jobs[$0].statement(jobs[$0].sent) }, within: limit) { place, result in
        let index = indices[place]
        switch result {
        case .success(let described):
          jobs[index].take(described)
          if jobs[index].writeStars() { jobs[index].proof = prover.prove(jobs[index]) }
        case .failure(let error): refusals.append((index, error))
        }
      }
    } catch {
      throw ServerProblem(error, doing: "analyse the queries")
    }
    for refusal in refusals { try mend(&jobs[refusal.index], refusal.error) }
  }

  /// Types that the server cannot infer, where another occurrence of the parameter says them.
  private func mend(_ job: inout QueryJob, _ error: ServerError) throws {
    guard let text = job.text else { return }
    if ["42P18", "42P08"].contains(error.sqlState), !text.parameters.isEmpty {
      let types = try ParameterTypes(batch: self, text: text).infer()
      if !types.isEmpty {
        var choices = job.choices
        choices.casts = types
        let sent = text.sent(choices)
        if case .success(let described)? = try ask([StatementText(sent.text)]).first {
          job.choices = choices
          job.sent = sent
          job.take(described)
          _ = job.writeStars()
          return
        }
      }
    }
    job.diagnostics.append(rejection(error, of: job, text))
  }

  func describe(_ sql: String, _ types: [UInt32]) throws(ServerProblem) -> DescriptionResult? {
    try ask([StatementText(sql, parameterTypes: types)]).first
  }

  /// How the server spells types.
  func spelling(of types: Set<ModifiedType>) throws(ServerProblem) -> [ModifiedType: String] {
    try session.spelling(of: types)
  }

  // MARK: Stars

  /// Asks about the stars whose columns might be called something else than they are.
  private func expandStars(_ jobs: inout [QueryJob], _ prover: Prover) throws {
    var alternatives: [Int: [[Int: [String]]]] = [:]
    for index in jobs.indices where jobs[index].isAlive && !jobs[index].starAlternatives.isEmpty {
      alternatives[index] = jobs[index].starAlternatives
    }
    // Names that a range hides are found out by asking; nearly always the first way of writing them is right.
    while !alternatives.isEmpty {
      let indices = alternatives.keys.sorted()
      let sent = indices.map { index -> SentText in
        var choices = jobs[index].choices
        choices.columns = alternatives[index]?.first ?? [:]
        return jobs[index].text?.sent(choices) ?? SentText()
      }
      do {
        try connection.describe(zip(indices, sent).map { jobs[$0].statement($1) }, within: limit) { place, result in
          let index = indices[place]
          if case .success(let described) = result, let before = jobs[index].described,
            described.columns == before.columns, described.parameterTypes == before.parameterTypes,
            case .success(let tree)? = jobs[index].tree, let other = try? NodeTree(message: described.tree ?? []),
            other.hasColumns(of: tree)
          {
            jobs[index].choices.columns = alternatives[index]?.first ?? [:]
            jobs[index].sent = sent[place]
            jobs[index].take(described)
            alternatives[index] = nil
            jobs[index].proof = prover.prove(jobs[index])
            return
          }
          alternatives[index]?.removeFirst()
          // What cannot be written out stays as it is; its columns are known all the same.
          if alternatives[index]?.isEmpty ?? true { alternatives[index] = nil }
        }
      } catch {
        throw ServerProblem(error, doing: "analyse the queries")
      }
    }
  }

  private func typesUsed(by facts: StatementFacts) -> [ModifiedType] {
    facts.parameters.map { ModifiedType(type: $0.type, modifier: -1) }
  }
}

/// What is proven of a statement.
typealias Proof = Result<StatementFacts, NodeTextError>

/// Proves what the server's trees say, for one thread.
struct Prover {
  let analyzer: StatementAnalyzer

  init(_ catalog: PostgreSQLCatalog) { analyzer = StatementAnalyzer(catalog: catalog) }

  /// Nothing where a query has errors.
  func prove(_ job: QueryJob) -> Proof? {
    guard job.isAlive, let text = job.text, let described = job.described, let read = job.tree else { return nil }
    let tree: NodeTree
    switch read {
    case .success(let found): tree = found
    case .failure(let error): return .failure(error)
    }
    let description = StatementDescription(
      tree: tree, parameterTypes: described.parameterTypes.map(ObjectID.init(rawValue:)),
      columns: described.columns.map {
        DescribedColumn(
          name: $0.name, type: ObjectID(rawValue: $0.type), typeModifier: Int32($0.modifier),
          table: ObjectID(rawValue: $0.table), attribute: $0.number)
      })
    let declared = text.parameters.map {
      ParameterDeclaration(name: $0.name, nullability: $0.isNullableArgument ? .nullable : .inferred)
    }
    return Result { () throws(NodeTextError) in
      try analyzer.facts(of: description, declared: declared, lists: job.listRequests)
    }
  }
}
