// Swift for a model: names settled, declarations made, text written.

import SQLCConcurrency
public import SQLCDiagnostics
public import SQLCEngine
public import SQLCModel

/// Writes Swift for a model.
///
/// | file | what it holds |
/// |---|---|
/// | `Models.swift` | a struct for each table and view, an enumeration for each column that lists its values |
/// | `Queries.swift` | `Queries` and the handle of its transactions |
/// | `QueriesProtocol.swift` | with `emitProtocol`: the protocol and the stub |
/// | `QueriesFunctions.swift` | what `functions` and `collations` of the configuration declare, to be filled in |
/// | `agents.sql.swift` | the queries of `agents.sql`: a struct for each, and its methods |
///
/// Under another `queriesTypeName` than `Queries`, that name leads the others: `CacheModels.swift`,
/// `Cache.agents.sql.swift`.
public struct SwiftCodeGenerator: Sendable {
  /// The first line of every file that this generator writes.
  public static let header = Renderer.marker.text

  public var options: SwiftOptions
  /// The runtime that the code runs on.
  public var vocabulary: any RuntimeVocabulary

  /// How many threads may write at a time. What is written does not depend on it.
  public var cores: Int

  public init(options: SwiftOptions = SwiftOptions(), vocabulary: any RuntimeVocabulary, cores: Int = 1) {
    self.options = options
    self.vocabulary = vocabulary
    self.cores = cores
  }

  /// The types that would be declared, and what each is for.
  public func declaredTypes(_ model: GenerationModel) -> [DeclaredType] {
    Lowering(model, options: options, vocabulary: vocabulary).declaredTypes(model)
  }

  public func generate(_ model: GenerationModel) -> Diagnosed<[GeneratedFile]> {
    let lowering = Lowering(model, options: options, vocabulary: vocabulary)
    var diagnostics =
      lowering.names.diagnostics + lowering.sharedRows.diagnostics
      + checkOverrides(options.overrides, vocabulary, model)
      + lowering.checkRenames(model) + lowering.checkTypes(model)
    let chunks = worthwhileChunks(of: model.queries.count, minimum: 200, cores: cores)
    let lowered = concurrentMap(model.queries, chunks: chunks) { lowering.lower($0) }
    diagnostics += lowered.flatMap(\.diagnostics)
    guard !diagnostics.hasErrors else { return Diagnosed([], diagnostics) }
    let files = concurrentMap(lowering.files(model, lowered.map(\.value)), chunks: chunks > 1 ? chunks * 8 : 1) {
      makeFile in
      let file = makeFile()
      return GeneratedFile(path: fileName(file.name), text: Renderer.text(of: file), queryFile: file.queryFile)
    }
    return Diagnosed(files, diagnostics)
  }
}

extension SwiftCodeGenerator {
  /// The struct of a table; nothing where it has none.
  public func rowName(of table: QualifiedName, in model: GenerationModel) -> String? {
    Lowering(model, options: options, vocabulary: vocabulary).names.tables[table]?.text
  }
}
