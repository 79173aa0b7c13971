// Types, nullability and row count of a bound statement. One run holds one statement's state; passes are in extensions:
// Expressions*, Functions*, Narrowing*, Joins, Queries, Modifications, Parameters, RowCount, Effects.

public import SQLCDiagnostics
import SQLCSyntaxSQLite

/// What every column, parameter and the number of rows of a statement are known to be.
///
/// Storage class, logical type and nullability are separate dimensions; every "maybe" carries its reason.
public func inferTypes(
  of statement: BoundStatement, in catalog: Catalog, source: SourceFile, options: SemanticsOptions,
  marking: PresenceMarking = .whereNeeded(also: [])
) -> Diagnosed<TypedStatement> {
  let inference = Inference(statement, catalog, source, options, marking)
  return inference.run()
}

/// What inference says of each expression, by its range in `source`; what views are made of is left out.
public func inferredFacts(
  of statement: BoundStatement, in catalog: Catalog, source: SourceFile, options: SemanticsOptions
) -> [ByteRange: TypeFacts] {
  let inference = Inference(statement, catalog, source, options, .never)
  inference.recorded = [:]
  _ = inference.run()
  return inference.recorded ?? [:]
}

final class Inference {
  let statement: BoundStatement
  let catalog: Catalog
  let source: SourceFile
  let options: SemanticsOptions
  let marking: PresenceMarking

  /// Sources in scope. Copied and restored around subqueries and branches: what is proven inside
  /// holds only there.
  var states: [SourceID: SourceState] = [:]
  var nullifiers: [Nullifier] = []
  /// Cores that aggregate without GROUP BY, while their bare columns are looked at.
  var bareSelects: Set<SelectID> = []
  /// Cores that have a GROUP BY.
  var groupedSelects: Set<SelectID> = []
  /// Common tables in scope, by id.
  var commonTables: [CommonTableID: BoundCommonTable] = [:]
  /// Those inferred so far; a recursive one is here with what is known of it while it is inferred.
  var commonTableFacts: [CommonTableID: QueryFacts] = [:]
  /// Those of the views inferred so far, by their definitions.
  var viewFacts: [SourceRange: QueryFacts] = [:]
  /// What has been proven of the rows of its queries.
  var proven = ProvenQueries()
  /// Outputs of the core whose clauses are looked at: names for parameters compared with them.
  var outputs: [BoundOutput] = []
  /// Expressions that conditions prove not NULL where inference stands.
  var provenExpressions: [ProvenExpression] = []
  /// The query that is looked at next is read from: what its columns say of each other is wanted.
  var isReadFrom = false
  /// The source whose rows RETURNING shows, while its expressions are looked at.
  var returnedSource: SourceID?
  /// By index - 1.
  var parameters: [ParameterState]
  var diagnostics: [Diagnostic] = []
  /// What is said of each expression, where somebody asks for it.
  var recorded: [ByteRange: TypeFacts]?

  init(
    _ statement: BoundStatement, _ catalog: Catalog, _ source: SourceFile, _ options: SemanticsOptions,
    _ marking: PresenceMarking
  ) {
    self.statement = statement
    self.catalog = catalog
    self.source = source
    self.options = options
    self.marking = marking
    parameters = statement.parameters.map(ParameterState.init)
  }

  func run() -> Diagnosed<TypedStatement> {
    var result = inferBody()
    resolveParameters()
    // Values made of parameters are only known once every occurrence of them has been seen.
    if parameters.contains(where: \.wasReadEarly) {
      reset()
      result = inferBody()
      resolveParameters()
    }
    let parameters = typedParameters()
    let effects = effects(of: statement, in: catalog)
    return Diagnosed(
      TypedStatement(
        columns: result.columns, embeds: result.embeds, parameters: parameters,
        rowCount: proveRowCount(of: statement, in: catalog),
        reads: effects.reads, writes: effects.writes, nesting: result.nesting,
        markers: result.markers), diagnostics)
  }

  func inferBody() -> StatementFacts {
    switch statement.body {
    case .query(let query): inferStatement(query)
    case .insert(let insert): inferStatement(insert)
    case .update(let update): inferStatement(update)
    case .delete(let delete): inferStatement(delete)
    case .utility, .invalid: StatementFacts()
    }
  }

  private func reset() {
    states = [:]
    nullifiers = []
    bareSelects = []
    groupedSelects = []
    commonTables = [:]
    commonTableFacts = [:]
    viewFacts = [:]
    outputs = []
    provenExpressions = []
  }

  /// Runs `body` with what it proves forgotten afterwards.
  func scoped<Result>(_ body: () -> Result) -> Result {
    let saved = (states, provenExpressions)
    defer { (states, provenExpressions) = saved }
    return body()
  }
}

/// What a statement yields, whatever its kind.
struct StatementFacts {
  var columns: [TypedColumn] = []
  var embeds: [TypedEmbed] = []
  var nesting: TypedNesting?
  var markers: [PresenceMarker] = []
}
