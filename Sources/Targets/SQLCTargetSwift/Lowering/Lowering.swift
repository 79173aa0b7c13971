// What every part of the lowering needs: options, names and types of one run.

import SQLCDiagnostics
import SQLCEngine
import SQLCModel

/// The rules of one run.
struct Lowering: Sendable {
  let options: SwiftOptions
  let vocabulary: any RuntimeVocabulary
  let naming: Naming
  let names: TypeNames
  let types: TypeResolver
  let tables: [QualifiedName: TableModel]
  /// What queries with `-- row: Name` give.
  private(set) var sharedRows = SharedRows()

  init(_ model: GenerationModel, options: SwiftOptions, vocabulary: any RuntimeVocabulary) {
    self.options = options
    self.vocabulary = vocabulary
    naming = Naming(options)
    names = TypeNames(model, options: options, reserved: ReservedNames(vocabulary), naming: naming)
    var types = TypeResolver(model, options: options, vocabulary: vocabulary, names: names)
    types.keys = Self.keyTypes(of: model, names, naming, types)
    self.types = types
    tables = Dictionary(model.tables.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    sharedRows = makeSharedRows(model)
  }

  var runtime: SwiftType.Module { .runtime(SwiftCode(stringLiteral: vocabulary.module)) }

  /// `public `, or nothing where internal is meant.
  var access: SwiftCode { modifier(options.access) }

  func use(of parameter: ParameterModel, in query: QueryModel) -> TypeResolver.Use {
    TypeResolver.Use(query: query.name, name: parameter.name, typeName: parameter.typeName)
  }

  func use(of column: ResultColumnModel, in query: QueryModel) -> TypeResolver.Use {
    TypeResolver.Use(query: query.name, name: column.name, typeName: column.typeName)
  }

  /// `Queries`: the struct with the methods, and what other names begin with.
  var stem: SwiftName { SwiftName(options.queriesTypeName) }
}

/// One stored property of a row or query.
struct Field: Sendable, Hashable {
  enum Source: Sendable, Hashable {
    /// One column, at that distance from the row's first.
    case column(Int)
    /// A row inside the row: its type, its first column, and those that are all NULL where it is absent.
    case embed(type: SwiftName, first: Int, absence: Range<Int>)
    /// A list of rows that is filled later, and the type of one.
    case list(element: SwiftName)
  }
  var name: SwiftName
  /// The column's name in SQL.
  var sqlName: String
  var type: SwiftType
  var isOptional: Bool
  var documentation: [String]
  var source: Source

  var writtenType: SwiftCode { type.written(isOptional: isOptional) }
}
