// One face of several blocks: proven to be one, then written once, with an implementation for each block.

public import SQLCDiagnostics
public import SQLCModel

/// The files of a face and of its implementations.
public struct FaceFiles: Sendable {
  /// Of the module that applications talk to.
  public var face: [GeneratedFile]
  /// Of each block's module, in the order of the blocks.
  public var implementations: [[GeneratedFile]]
}

/// Writes a face and its implementations.
///
/// | file of the face | what it holds |
/// |---|---|
/// | `Models.swift` | a struct for each table that all blocks have, and the enumerations |
/// | `QueriesProtocol.swift` | `QueriesMethods`, `QueriesProtocol`, `QueriesTransactionProtocol`, and the stub |
/// | `agents.sql.swift` | the queries of `agents.sql` as values: arguments and rows |
///
/// | file of an implementation | what it holds |
/// |---|---|
/// | `Models.swift` | how rows and enumerations are read and written |
/// | `Queries.swift` | `Queries`, and the handle of its transactions |
/// | `agents.sql.swift` | SQL and binding of each query, and its methods |
/// | `Schema.swift`, `QueriesFunctions.swift` | as for a block by itself |
public struct FaceGenerator: Sendable {
  /// The module of the face.
  public var module: String
  public var place: SourceRange
  public var blocks: [FaceBlock]

  public init(module: String, place: SourceRange, blocks: [FaceBlock]) {
    self.module = module
    self.place = place
    self.blocks = blocks
  }

  public func generate() -> Diagnosed<FaceFiles?> {
    var diagnostics = checkBlocks()
    guard !diagnostics.hasErrors, let face = SwiftCode(module: module) else {
      return Diagnosed(nil, diagnostics)
    }
    let met = meetingInArrays(blocks)
    let sides = met.map { FaceSide($0, among: met) }
    diagnostics += sides.flatMap(\.diagnostics)
    for other in sides.dropFirst() { diagnostics += FaceComparison.differences(sides[0], other) }
    diagnostics = unique(diagnostics)
    guard !diagnostics.hasErrors else { return Diagnosed(nil, diagnostics) }
    let names = commonNames(of: sides)
    let writer = FaceWriter(side: sides[0], common: names)
    return Diagnosed(
      FaceFiles(
        face: rendered(writer.faceFiles()),
        implementations: sides.map { side in
          rendered(ImplementationWriter(side: side, face: face, leader: writer).files())
        }), diagnostics)
  }

  /// The same names of structs and enumerations on every side.
  private func commonNames(of sides: [FaceSide]) -> Set<SwiftName> {
    let names = sides.map { Set($0.tables.keys).union($0.enumerations.keys) }
    let common = names.dropFirst().reduce(names[0]) { $0.intersection($1) }
    guard sides[0].lowering.options.omitUnusedStructs else { return common }
    return common.intersection(sides.reduce(into: Set<SwiftName>()) { $0.formUnion($1.usedNames) })
  }

  private func rendered(_ files: [SwiftFile]) -> [GeneratedFile] {
    files.map { GeneratedFile(path: fileName($0.name), text: Renderer.text(of: $0)) }
  }

  /// What both sides say of the configuration that they share is said once.
  private func unique(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    var seen: Set<Diagnostic> = []
    return diagnostics.filter { seen.insert($0).inserted }
  }

  // MARK: Blocks

  private func checkBlocks() -> [Diagnostic] {
    let engines = blocks.map(\.vocabulary.engine)
    guard blocks.count > 1, Set(engines).count == engines.count else {
      return [FaceDiagnostic.missingBlock(face: module, engines: engines, at: place).diagnostic]
    }
    if let hidden = blocks.first(where: { $0.options.access == .internal }) {
      return [FaceDiagnostic.hiddenFace(face: module, at: hidden.place).diagnostic]
    }
    return blocks.dropFirst().flatMap { block in
      differentOptions(blocks[0].options, block.options).map {
        FaceDiagnostic.differentOption(key: $0, face: module, at: block.place, other: blocks[0].place).diagnostic
      }
    }
  }

  /// Keys by which names and types would differ.
  private func differentOptions(_ a: SwiftOptions, _ b: SwiftOptions) -> [String] {
    let same: [(String, Bool)] = [
      ("access", a.access == b.access), ("blob_type", a.bytesType == b.bytesType),
      ("emit_codable", a.codable == b.codable),
      ("emit_exact_table_names", a.emitExactTableNames == b.emitExactTableNames),
      ("inflection_exclude_table_names", a.inflectionExcludeTableNames == b.inflectionExcludeTableNames),
      ("initialisms", a.initialisms == b.initialisms),
      ("omit_unused_structs", a.omitUnusedStructs == b.omitUnusedStructs),
      ("typed_ids", a.keyTyping == b.keyTyping),
      ("queries_type", a.queriesTypeName == b.queriesTypeName),
      ("query_parameter_limit", a.queryParameterLimit == b.queryParameterLimit),
    ]
    return same.filter { !$0.1 }.map(\.0)
  }
}
