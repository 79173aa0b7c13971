// One engine's part of a face, lowered: names and types as the face would have them if it were this engine's alone.

public import SQLCDiagnostics
public import SQLCEngine
public import SQLCModel

/// A block of a face.
public struct FaceBlock: Sendable {
  public var options: SwiftOptions
  public var vocabulary: any RuntimeVocabulary
  public var model: GenerationModel
  /// Where the configuration says that it is part of the face.
  public var place: SourceRange

  public init(options: SwiftOptions, vocabulary: any RuntimeVocabulary, model: GenerationModel, place: SourceRange) {
    self.options = options
    self.vocabulary = vocabulary
    self.model = model
    self.place = place
  }
}

struct FaceSide: Sendable {
  let block: FaceBlock
  let lowering: Lowering
  let queries: [LoweredQuery]
  var diagnostics: [Diagnostic]

  init(_ block: FaceBlock, among blocks: [FaceBlock]) {
    self.block = block
    var options = block.options
    options.emitProtocol = true
    let vocabulary = FaceVocabulary(
      own: block.vocabulary, all: blocks.map(\.vocabulary), stem: options.queriesTypeName)
    let lowering = Lowering(block.model, options: options, vocabulary: vocabulary)
    self.lowering = lowering
    let lowered = block.model.queries.map { lowering.lower($0) }
    queries = lowered.map(\.value)
    diagnostics =
      lowering.names.diagnostics + lowering.sharedRows.diagnostics
      + checkOverrides(options.overrides, vocabulary, block.model)
      + lowering.checkRenames(block.model) + lowered.flatMap(\.diagnostics)
      + engineTypes(of: options, blocks.map(\.vocabulary))
  }

  var model: GenerationModel { block.model }
  var engine: String { block.vocabulary.engine }

  /// Tables that have a struct, by its name.
  var tables: [SwiftName: TableModel] {
    Dictionary(
      model.tables.filter(lowering.hasStruct).compactMap { table in
        lowering.names.tables[table.name].map { ($0, table) }
      }, uniquingKeysWith: { first, _ in first })
  }

  /// The struct that queries share by that name; nothing where it is a table's.
  func sharedRow(_ name: SwiftName) -> SharedRowStruct? { lowering.sharedRows.made.first { $0.name == name } }

  /// Enumerations by their name.
  var enumerations: [SwiftName: EnumerationModel] {
    Dictionary(
      model.enumerations.compactMap { enumeration in
        lowering.names.enumerations[enumeration.id].map { ($0, enumeration) }
      }, uniquingKeysWith: { first, _ in first })
  }

  /// Structs that queries mention, and the enumerations that they or those structs do.
  var usedNames: Set<SwiftName> {
    let used = lowering.usedTypes(queries)
    let tables = tables.filter { used.contains("\($0.key)") }
    let named = lowering.namedTypes(of: Array(tables.values), model)
    let enumerations = enumerations.filter { named.contains(.enumeration($0.value.id)) }
    return Set(tables.keys).union(enumerations.keys)
  }

  // MARK: Values

  func value(_ parameter: ParameterModel, in query: LoweredQuery) -> FaceValue {
    let known = lowering.types.known(
      parameter.type, origin: parameter.origin, key: parameter.key, isOptional: parameter.nullability.isOptional,
      use: lowering.use(of: parameter, in: query.model))
    return FaceValue(
      what: "the parameter '\(parameter.name)' of '\(query.model.name)'", engine: engine,
      swiftType: known.map { parameter.isSlice ? "[\($0.name.text)]" : $0.name.text },
      typeName: parameter.typeName, reason: reason(parameter.nullability), place: parameter.source)
  }

  func value(_ column: ResultColumnModel, in query: LoweredQuery) -> FaceValue {
    let known = lowering.types.known(
      column.type, origin: column.origin, key: column.key, isOptional: column.nullability.isOptional,
      use: lowering.use(of: column, in: query.model))
    return FaceValue(
      what: "the column '\(column.name)' of '\(query.model.name)'", engine: engine, swiftType: known?.name.text,
      typeName: column.typeName, reason: reason(column.nullability), place: column.source)
  }

  func value(_ column: TableModel.Column, of table: TableModel) -> FaceValue {
    let known = lowering.types.known(
      column.type, origin: ColumnReference(table: table.name, column: column.name), key: column.key,
      isOptional: column.nullability.isOptional)
    return FaceValue(
      what: "the column '\(column.name)' of '\(table.name)'", engine: engine, swiftType: known?.name.text,
      typeName: column.typeName, reason: reason(column.nullability),
      place: column.source ?? table.source ?? block.place)
  }

  private func reason(_ nullability: ModelNullability) -> String? {
    if case .optional(let reason, _) = nullability { reason } else { nil }
  }
}

/// Rules of the configuration that would bring an engine's types into a face.
private func engineTypes(of options: SwiftOptions, _ vocabularies: [any RuntimeVocabulary]) -> [Diagnostic] {
  options.overrides.compactMap { rule in
    guard let own = vocabularies.first(where: { $0.module.description == rule.module }) else { return nil }
    return FaceDiagnostic.engineOverride(
      target: rule.target.description, type: rule.typeName, engine: own.engine, at: rule.source
    ).diagnostic
  }
}

extension QueryModel {
  /// Every column of a row with the name that tells it apart: those of an embed behind its own.
  var flatColumns: [(name: String, column: ResultColumnModel)] {
    results.flatMap { result -> [(name: String, column: ResultColumnModel)] in
      switch result {
      case .column(let column): [(column.name.lowercased(), column)]
      case .embed(let embed):
        embed.columns.map { ("\(embed.name.lowercased()).\($0.name.lowercased())", $0) }
      }
    }
  }
}
