// Models built by hand, short to write.
import SQLCDiagnostics
import SQLCEngine
import SQLCEngineSQLite
import SQLCModel

@testable import SQLCTargetSwift

func range(_ path: String = "queries/sample.sql", _ offset: Int = 0) -> SourceRange {
  SourceRange(path: path, range: ByteRange(offset, offset + 1))
}

func table(_ name: QualifiedName, _ columns: [TableModel.Column], key: [String] = ["id"]) -> TableModel {
  TableModel(name: name, columns: columns, primaryKey: key, source: range("schema.sql"))
}

func column(_ name: String, _ type: ValueType, optional: Bool = false, declared: String? = nil) -> TableModel.Column {
  TableModel.Column(
    name: name, declaredType: declared, type: type, typeName: declared ?? "",
    nullability: optional ? .optional(reason: "it may be") : .never,
    source: range("schema.sql"))
}

func result(_ name: String, _ type: ValueType, of table: QualifiedName? = nil, optional: Bool = false) -> ResultModel {
  .column(
    ResultColumnModel(
      name: name, type: type, typeName: "", nullability: optional ? .optional(reason: "of the join") : .never,
      origin: table.map { ColumnReference(table: $0, column: name) }, source: range()))
}

func parameter(
  _ index: Int, _ name: String, _ type: ValueType, optional: Bool = false, slice: Bool = false
) -> ParameterModel {
  ParameterModel(
    index: index, name: name, type: type, typeName: "",
    nullability: optional ? .optional(reason: "asked for") : .never,
    isSlice: slice, origin: nil, source: range())
}

func query(
  _ name: String, _ command: QueryCommand, rows: RowCount = .many, sql: [SQLSegment] = [.text("SELECT 1")],
  parameters: [ParameterModel] = [], results: [ResultModel] = [], file: String = "queries/sample.sql"
) -> QueryModel {
  QueryModel(
    name: name, command: command, rowCount: rows, rowCountReason: "the key may match nothing", documentation: [],
    sql: sql, isReadOnly: true, reads: [], writes: [], parameters: parameters, results: results, source: range(file),
    statement: range(file))
}

/// The text of one file, or of all, and the diagnostics as `severity id`.
func generated(
  _ model: GenerationModel, _ options: SwiftOptions = SwiftOptions(),
  _ vocabulary: any RuntimeVocabulary = SQLiteVocabulary(),
  file: String? = nil
) -> (text: String, diagnostics: [String]) {
  let result = SwiftCodeGenerator(options: options, vocabulary: vocabulary).generate(model)
  let files = result.value.filter { file == nil || $0.path == file }
  return (
    files.map(\.text).joined(separator: "\n"), result.diagnostics.map { "\($0.severity.rawValue) \($0.id)" }
  )
}
