// Names of every kind compile, without a warning, under every combination of settings: every word of Swift's, every type
// of the runtime's and the standard library's, as table, column, parameter, query, value, list, predicate.

import Foundation
import SQLCEngineSQLite
import SQLCModel
import Testing

@testable import SQLCTargetSwift

@Suite struct KeywordTests {
  static let words = [
    "Any", "Protocol", "Self", "Type", "actor", "any", "as", "associatedtype", "async", "await", "borrowing", "break",
    "case", "catch", "class", "consume", "consuming", "continue", "convenience", "copy", "default", "defer", "deinit",
    "didSet", "discard", "distributed", "do", "dynamic", "each", "else", "enum", "extension", "fallthrough", "false",
    "fileprivate", "final", "for", "func", "get", "guard", "if", "import", "in", "indirect", "infix", "init", "inout",
    "internal", "is", "isolated", "lazy", "left", "let", "macro", "mutating", "nil", "none", "nonisolated",
    "nonmutating", "open", "operator", "optional", "override", "package", "postfix", "precedencegroup", "prefix",
    "private", "protocol", "public", "repeat", "required", "rethrows", "return", "right", "self", "sending", "set",
    "some", "static", "struct", "subscript", "super", "switch", "then", "throw", "throws", "true", "try", "typealias",
    "unowned", "unsafe", "using", "var", "weak", "where", "while", "willSet", "yield", "_", "__", "$0", "2fa",
  ]

  /// What generated code and the runtime's protocols call their own members, parameters and variables.
  static let members = [
    "add", "allCases", "answer", "at", "bind", "body", "calls", "choice", "choiceBit", "chosenStatement", "column",
    "connection", "count", "counts", "database", "decode", "description", "direction", "encode", "execute", "first",
    "forEach", "from", "given", "hash", "hashValue", "id", "index", "insert", "insertion", "list", "listCounts",
    "nesting", "on", "order", "output", "place", "query", "rawValue", "read", "recorder", "result", "row", "rows",
    "run",
    "savepoint", "statement", "transaction", "variantChoice", "variants", "value",
  ]

  /// Access, isolation, what is switched on; the short form takes each setting at least once.
  struct Setting: Sendable, CustomTestStringConvertible {
    var access: SwiftOptions.Access
    var isolation: String
    var isFull: Bool
    var limit: Int?
    var testDescription: String { "\(access) \(isolation) \(isFull ? "everything" : "defaults") \(limit ?? -1)" }
    static let isLong = ProcessInfo.processInfo.environment["SQLC_SWIFT_MATRIX"] != nil
    static let all: [Setting] =
      isLong
      ? SwiftOptions.Access.allCases.flatMap { access in
        ["nonisolated", "MainActor"].flatMap { isolation in
          [true, false].flatMap { isFull in
            [nil, 0].map { Setting(access: access, isolation: isolation, isFull: isFull, limit: $0) }
          }
        }
      }
      : [
        Setting(access: .public, isolation: "MainActor", isFull: true, limit: nil),
        Setting(access: .internal, isolation: "nonisolated", isFull: false, limit: nil),
        Setting(access: .package, isolation: "nonisolated", isFull: true, limit: 0),
      ]
  }

  @Test(
    .enabled(if: SwiftCompiler.isWanted, "set SQLC_SWIFT_COMPILE_CHECK=1 to compile, SQLC_SWIFT_MATRIX=1 for all"),
    .timeLimit(.minutes(10)), arguments: Setting.all)
  func everyNameCompiles(_ setting: Setting) throws {
    var options = setting.isFull ? fullOptions(access: setting.access) : SwiftOptions()
    options.access = setting.access
    options.queryParameterLimit = setting.limit
    let files = try compilable(Self.model(), options)
    try check(files, isolation: setting.isolation)
  }

  /// The code around awkward texts compiles too, and declares what the code around plain ones does.
  @Test(
    .enabled(if: SwiftCompiler.isWanted, "set SQLC_SWIFT_COMPILE_CHECK=1 to compile"), .timeLimit(.minutes(10)))
  func awkwardTextsCompileAndDeclareTheSame() throws {
    func text(_ separator: @escaping (Int) -> String) -> (String) -> String {
      { word in
        // No disk has names that long.
        word == "file" ? word : word + awkwardTexts.indices.map { separator($0) + "public func pwned() {}" }.joined()
      }
    }
    let awkward = try compilable(awkwardModel(text { awkwardTexts[$0] }), fullOptions())
    let plain = try compilable(awkwardModel(text { _ in " " }), fullOptions())
    let symbols = try [awkward, plain].map { try declared(by: $0) }
    #expect(symbols[0] == symbols[1])
    #expect(symbols[0].values.reduce(0, +) > 200)
  }

  // MARK: The model

  static func model() -> GenerationModel {
    let reserved = ReservedNames(SQLiteVocabulary())
    let types = reserved.runtime.union(standardTypeNames).union(everydayTypeNames).union(reserved.used)
    let names = words + members
    // Spelt as tables are: `TransactionScope` is `transaction_scopes`.
    let tables = (names + types.sorted()).map { name in
      name.reduce(into: "") { $0 += $1.isUppercase ? "_\($1)" : "\($1)" } + "s"
    }
    var unique = Set<String>()
    let columns = names.filter { unique.insert($0.lowercased()).inserted }
    func column(_ name: String) -> TableModel.Column {
      TableModel.Column(
        name: name, declaredType: nil, type: .text, typeName: "TEXT", nullability: .never, source: range())
    }
    let status = EnumerationModel.ID.column(ColumnReference(table: "every", column: "status"))
    let every = TableModel(
      name: "every",
      columns: columns.map(column) + [
        TableModel.Column(
          name: "status", declaredType: nil, type: .enumeration(status), typeName: "TEXT", nullability: .never,
          source: range())
      ], primaryKey: ["id"], source: range())
    let parameters = columns.enumerated().map { parameter($0.offset + 1, $0.element, .text) }
    var filtered = query("Filtered", .many, results: [result("a", .timestamp(.withTimeZone)), result("b", .text)])
    filtered.parameters = (1...30).map { parameter($0, columns[$0], .timestamp(.withTimeZone)) }
    let terms = columns.prefix(40).map {
      VariantsModel.OrderTerm(name: $0, text: $0, isDescending: false, source: range())
    }
    filtered.variants = VariantsModel(
      filters: (["string", "date", "database", "every", "row", "order", "int", "self"] + columns.suffix(7)).enumerated()
        .map {
          VariantsModel.Filter(
            name: $0.element, parameters: [2 * $0.offset + 1, 2 * $0.offset + 2], text: "a", source: range())
        },
      orders: [VariantsModel.Order(name: "order", terms: terms)], pieces: [SQLPiece(.text("SELECT 1"))])
    let single = (0..<60).map { index in
      var query = query("F\(index)", .many, results: [result("a", .text), result("b", .text)])
      query.parameters = [parameter(1, columns[index], .text)]
      query.variants = VariantsModel(
        filters: [VariantsModel.Filter(name: columns[index], parameters: [1], text: "a", source: range())],
        pieces: [SQLPiece(.text("SELECT 1"))])
      return query
    }
    let embeds = ["string", "data", "default", "self", "int64", "result_row", "every", "type"].map { name in
      query(
        "Embed_\(name)", .many,
        results: [
          result("plain", .blob),
          .embed(
            EmbedModel(
              name: name, table: nil, nullability: .never,
              columns: [
                ResultColumnModel(
                  name: "x", type: .integer(.bits64), typeName: "INTEGER", nullability: .never, origin: nil,
                  source: range()),
                ResultColumnModel(
                  name: "y", type: .text, typeName: "TEXT", nullability: .never, origin: nil, source: range()),
              ], source: range())),
        ])
    }
    let commands: [QueryCommand] = [.exec, .execrows, .execlastid, .execresult, .batchexec]
    let queries = names.enumerated().map { index, name in
      query(name, commands[index % commands.count], parameters: [parameter(1, name, .text)])
    }
    let wide: [QueryModel] = [
      query("Wide", .exec, parameters: parameters),
      query(
        "Lists", .many,
        parameters: columns.enumerated().map { parameter($0.offset + 1, $0.element, .text, slice: true) },
        results: [result("a", .text)]),
      query("Rows", .one, rows: .atMostOne, results: columns.map { result($0, .text) }),
    ]
    let all = wide + [filtered] + single + embeds + queries
    // One of each Swift name: that two are one is an error of its own.
    let naming = Naming(SwiftOptions())
    var taken = Set<String>()
    return GenerationModel(
      tables: [every]
        + tables.filter { taken.insert(naming.table(QualifiedName($0)).name).inserted }.map {
          TableModel(name: QualifiedName($0), columns: [column("a")], primaryKey: [], source: range())
        },
      enumerations: [EnumerationModel(id: status, values: names)],
      queries: all.filter { taken.insert(naming.query($0.name)).inserted },
      migrations: [MigrationModel(version: "1", name: "init", up: ["a"], down: nil, isInTransaction: true)])
  }

  // MARK: The compiler

  /// Without what SQLite's runtime has no form for: rows that are loaded, and arrays of them.
  private func compilable(_ model: GenerationModel, _ options: SwiftOptions) throws -> [GeneratedFile] {
    var model = model
    model.queries.removeAll { query in
      switch query.bulk {
      case .load, .arrays: true
      case .repeatedRow, nil: false
      }
    }
    let result = SwiftCodeGenerator(options: options, vocabulary: SQLiteVocabulary()).generate(model)
    try #require(!result.diagnostics.hasErrors, "\(result.diagnostics.filter { $0.severity == .error }.map(\.message))")
    return result.value
  }

  private func written<T>(_ files: [GeneratedFile], _ body: (URL, [String]) throws -> T) throws -> T {
    try withTemporaryFolder { folder in
      for file in files {
        try file.text.write(to: folder.appending(path: file.path), atomically: true, encoding: .utf8)
      }
      return try body(folder, files.map { folder.appending(path: $0.path).path })
    }
  }

  private func check(_ files: [GeneratedFile], isolation: String) throws {
    try written(files) { _, paths in
      let (status, output) = try SwiftCompiler.run(
        ["-typecheck", "-module-name", "Names"] + paths, isolation: isolation)
      #expect(status == 0, "\(output.prefix(4000))")
    }
  }

  /// How many symbols of each kind the compiled module has.
  private func declared(by files: [GeneratedFile]) throws -> [String: Int] {
    try written(files) { folder, paths in
      let (status, output) = try SwiftCompiler.run(
        [
          "-emit-module", "-module-name", "Names", "-o", folder.appending(path: "Names.swiftmodule").path,
          "-emit-symbol-graph", "-emit-symbol-graph-dir", folder.path,
        ] + paths, isolation: "nonisolated")
      try #require(status == 0, "\(output.prefix(4000))")
      let data = try Data(contentsOf: folder.appending(path: "Names.symbols.json"))
      let graph = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
      let symbols = try #require(graph["symbols"] as? [[String: Any]])
      return symbols.reduce(into: [:]) { counts, symbol in
        counts[(symbol["kind"] as? [String: Any])?["identifier"] as? String ?? "?", default: 0] += 1
      }
    }
  }
}
