// A model in which every text from outside is the one that a test wants, at every place that generated code has one.

import SQLCDiagnostics
import SQLCModel

@testable import SQLCTargetSwift

/// Characters and sequences that end, begin, escape or hide something in Swift, in SQL or on a terminal.
let awkwardTexts = [
  "\n", "\r", "\r\n", "\u{0B}", "\u{0C}", "\u{85}", "\u{2028}", "\u{2029}", "\0", "\t", "\u{1B}", "\u{7F}", "\u{9B}",
  "\u{202E}", "\u{2066}", "\u{200E}", "\u{061C}", "\u{FEFF}", "\u{AD}", "\"", "\"\"\"", "\"\"\"\n", "\n\"\"\"", "'",
  "\\",
  "\\(", "\\#(", "#\"", "\"#", "\"##", "*/", "/*", "//", "///", "`", "``", "\"\u{301}", "\u{301}", "\"\"\"\u{301}",
  "\\\n", "\\ \n", "\n  ", " \n", "\t\n", "\n\t", "\n\n", "\u{A0}", "\u{3000}", "\u{FFFD}", "\u{E000}", "\u{10FFFF}",
  "{", "}", "(", ")", ";", "#if", "#sourceLocation(file: \"x\", line: 1)", "@", "$0", "?", ",", ":", "<", ">", "-", ".",
  "😀", "👩‍👩‍👧", "é", "e\u{301}", "ﷺ",
]

/// Everything that a model can hold. `text` makes of a short word the text that stands for it; words that must differ do.
func awkwardModel(_ text: (String) -> String) -> GenerationModel {
  let status = EnumerationModel.ID.column(ColumnReference(table: QualifiedName(text("t")), column: text("status")))
  func reason(_ word: String) -> ModelNullability { .optional(reason: text(word)) }
  func parameter(_ index: Int, _ word: String, isSlice: Bool = false, isNullable: Bool = false) -> ParameterModel {
    ParameterModel(
      index: index, name: text(word), type: .text, typeName: "TEXT", nullability: isNullable ? reason("why") : .never,
      isSlice: isSlice,
      origin: nil, source: range(), isNullableArgument: isNullable)
  }
  func column(_ word: String, _ nullability: ModelNullability = .never) -> ResultColumnModel {
    ResultColumnModel(
      name: text(word), type: .text, typeName: "TEXT", nullability: nullability, origin: nil, source: range())
  }
  func query(
    _ word: String, _ command: QueryCommand, rows: RowCount = .many, sql: [SQLSegment]? = nil,
    _ parameters: [ParameterModel] = [], _ results: [ResultModel] = []
  ) -> QueryModel {
    QueryModel(
      name: text(word), command: command, rowCount: rows, rowCountReason: text("reason"),
      documentation: [text("words"), "", text("more")], sql: sql ?? [.text(text("select")), .parameter(1)],
      isReadOnly: true, reads: [QualifiedName(text("t"))], writes: [QualifiedName(text("u"))], parameters: parameters,
      results: results,
      source: range("queries/\(text("file")).sql"), statement: range())
  }

  var table = TableModel(
    name: QualifiedName(text("t")),
    columns: [
      TableModel.Column(
        name: text("name"), declaredType: text("type"), type: .text, typeName: "TEXT", nullability: reason("null"),
        documentation: [text("note")], source: range()),
      TableModel.Column(
        name: text("status"), declaredType: nil, type: .enumeration(status), typeName: "TEXT", nullability: .never,
        source: range()),
    ], primaryKey: [text("name")], source: range())
  table.documentation = [text("table")]

  var filtered = query("filtered", .many, [parameter(1, "one"), parameter(2, "two"), parameter(3, "three")])
  filtered.results = [.column(column("a")), .column(column("b"))]
  filtered.variants = VariantsModel(
    filters: [
      VariantsModel.Filter(name: text("flag"), parameters: [], text: text("flagged"), source: range()),
      VariantsModel.Filter(name: text("value"), parameters: [1], text: text("valued"), source: range()),
      VariantsModel.Filter(name: text("group"), parameters: [2, 3], text: text("grouped"), source: range()),
    ],
    orders: [
      VariantsModel.Order(
        name: text("ordered"),
        terms: [
          VariantsModel.OrderTerm(name: text("first"), text: text("up"), isDescending: false, source: range()),
          VariantsModel.OrderTerm(name: text("second"), text: text("down"), isDescending: true, source: range()),
        ]),
      VariantsModel.Order(
        name: text("other"),
        terms: [VariantsModel.OrderTerm(name: text("third"), text: text("side"), isDescending: false, source: range())]),
    ],
    pieces: [SQLPiece(.text(text("select"))), SQLPiece(.text(text("where")), all: 1), SQLPiece(.parameter(1), all: 2)])

  var bulk = query("bulk", .copyfrom, [parameter(1, "one")])
  bulk.bulk = .repeatedRow(
    RepeatedRowModel(
      verb: text("INSERT"), before: text("INTO"), row: [.text(text("(")), .parameter(1), .text(text(")"))],
      after: text("RETURNING")))

  var nested = query("nested", .many)
  nested.results = [
    .column(column("id")), .column(column("name")),
    .embed(
      EmbedModel(
        name: text("child"), table: nil, nullability: .never, columns: [column("x"), column("y")], source: range(),
        isList: true)),
  ]
  nested.nesting = NestingModel(
    key: [0], lists: [NestingModel.List(result: 2, first: 2, count: 2, presence: [2], key: [2], outer: nil)])

  let embed = ResultModel.embed(
    EmbedModel(
      name: text("part"), table: nil, nullability: reason("join"), columns: [column("p"), column("q")], source: range())
  )
  let list: [SQLSegment] = [.text(text("in")), .list(1), .text(text("end"))]
  let state = EnumerationModel.ID.type(QualifiedName(schema: text("s"), text("state")))
  let pair = CompositeModel(
    name: QualifiedName(text("pair")), typeName: text("spelled"),
    fields: [
      TableModel.Column(
        name: text("left"), declaredType: nil, type: .text, typeName: text("custom"), nullability: .never,
        documentation: [text("side")]),
      TableModel.Column(
        name: text("right"), declaredType: nil, type: .enumeration(state), typeName: text("labels"),
        nullability: .optional(reason: text("open"))),
    ], documentation: [text("two")])
  func inserted(_ word: String, _ form: BulkModel) -> QueryModel {
    var query = query(word, .copyfrom, [parameter(1, "one"), parameter(2, "two")])
    query.parameters[0].typeName = text("type")
    query.bulk = form
    return query
  }
  let load = BulkModel.load(
    into: QualifiedName(schema: text("s"), text("t")), columns: [text("one"), text("two")])
  return GenerationModel(
    tables: [table],
    enumerations: [
      EnumerationModel(id: status, values: [text("open"), text("done")]),
      EnumerationModel(
        id: state, typeName: text("labels"), values: [text("new"), text("old")], documentation: [text("words")]),
    ],
    queries: [
      inserted("loaded", load), inserted("arrays", .arrays(sql: [.text(text("INSERT")), .parameter(1)])),
      query("one", .one, rows: .atMostOne, [parameter(1, "id")], [.column(column("v", reason("maybe")))]),
      query("scalar", .many, [], [.column(column("v"))]),
      query("row", .one, rows: .exactlyOne, [parameter(1, "n", isNullable: true)], [.column(column("v")), embed]),
      query("listed", .many, sql: list, [parameter(1, "ids", isSlice: true)], [.column(column("v"))]),
      query("exec", .exec, [parameter(1, "a"), parameter(2, "b")]), query("rows", .execrows),
      query("last", .execlastid),
      query("result", .execresult), query("batch", .batchexec, [parameter(1, "a")]), bulk, filtered, nested,
    ],
    migrations: [
      MigrationModel(
        version: text("1"), name: text("init"), up: [text("up"), text("again")], down: [text("down")],
        isInTransaction: false)
    ],
    functions: [
      FunctionModel(
        name: text("f"), kind: .scalar, arguments: [.text], result: .integer(.bits64), absence: .ofArguments),
      FunctionModel(name: text("g"), kind: .scalar, arguments: nil, result: .text, absence: .always),
      FunctionModel(
        name: text("h"), kind: .aggregate, arguments: [.real(.double)], result: .real(.double), absence: .always),
      FunctionModel(name: text("k"), kind: .aggregate, arguments: nil, result: .real(.double), absence: .always),
    ], collations: [text("c")], composites: [pair])
}

/// Everything that can be switched on.
func fullOptions(access: SwiftOptions.Access = .public) -> SwiftOptions {
  var options = SwiftOptions()
  options.access = access
  options.emitProtocol = true
  options.emitSchema = true
  options.codable = .columnNames
  return options
}
