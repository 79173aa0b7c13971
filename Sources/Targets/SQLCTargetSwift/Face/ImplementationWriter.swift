// The module of one engine: how its rows are read, its SQL, and the struct that runs it.

import SQLCEngine
import SQLCModel

struct ImplementationWriter {
  let side: FaceSide
  /// The module of the face.
  let face: SwiftCode
  /// Who wrote the face: the order of its properties is that of all initializers.
  let leader: FaceWriter

  var lowering: Lowering { side.lowering }
  var access: SwiftCode { lowering.access }
  var stem: SwiftName { lowering.stem }
  var engine: SwiftType.Module { .runtime(SwiftCode(stringLiteral: side.block.vocabulary.module)) }

  func files() -> [SwiftFile] {
    var files = [modelsFile(), queriesFile()]
    if !side.model.functions.isEmpty || !side.model.collations.isEmpty {
      let engineLowering = Lowering(side.model, options: side.block.options, vocabulary: side.block.vocabulary)
      files.append(engineLowering.functionsFile(side.model))
    }
    if lowering.options.emitSchema, !side.model.migrations.isEmpty {
      var file = lowering.schemaFile(side.model)
      file.imports = [ImportDeclaration(access: lowering.options.access, module: engine)]
      files.append(file)
    }
    let leaders = Dictionary(leader.side.queries.map { ($0.model.name, $0) }, uniquingKeysWith: { first, _ in first })
    for (name, queries) in side.queriesByFile(among: lowering) {
      files.append(
        SwiftFile(
          name: name, imports: imports(of: queries),
          declarations: queries.flatMap { declarations(of: $0, as: leaders[$0.model.name] ?? $0) }
            + methods(of: queries)))
    }
    return files
  }

  // MARK: Models

  private func modelsFile() -> SwiftFile {
    let leaderTables = leader.side.tables
    let tables = side.model.tables.compactMap { table -> (SwiftName, TableModel)? in
      guard lowering.hasStruct(table), let name = lowering.names.tables[table.name], leader.common.contains(name) else {
        return nil
      }
      return (name, table)
    }
    let enumerations = side.model.enumerations.filter { enumeration in
      lowering.names.enumerations[enumeration.id].map(leader.common.contains) ?? false
    }
    let rows = lowering.sharedRows.made
    let fields =
      tables.flatMap { lowering.fields(of: $0.1) } + rows.flatMap { $0.fields + $0.nested.flatMap(\.fields) }
    let declarations =
      tables.map { name, table in
        decoding(
          of: "\(name)", lowering.fields(of: table),
          inOrderOf: leaderTables[name].map { leader.lowering.fields(of: $0) } ?? [], conformance: "RowDecodable")
      }
      + rows.flatMap(decoding(of:))
      + enumerations.compactMap { enumeration -> Declaration? in
        guard let name = lowering.names.enumerations[enumeration.id] else { return nil }
        let (conformance, members) = lowering.storage(of: enumeration)
        return Declaration(.type(TypeDeclaration("nonisolated extension \(name): \(conformance)", members: members)))
      }
      + keys(tables.map(\.1)).map { key in
        Declaration(.type(TypeDeclaration("nonisolated extension \(key.code): \(lowering.keyStorage[0])", members: [])))
      }
    return SwiftFile(
      name: side.modelsFileName,
      imports: declarations.isEmpty ? [] : modules([], always: [engine, .named(face)]) + hidden(codecTypes(fields)),
      declarations: declarations)
  }

  /// The types of keys that the face declares and that are kept as what they stand for.
  private func keys(_ tables: [TableModel]) -> [KeyType] {
    let homes = lowering.keyHomes(besides: tables, side.model, storage: [])
    return (tables.flatMap(lowering.keys(of:)) + homes.flatMap(\.keys)).filter { $0.raw.codec == nil }
  }

  /// Reading of a row that queries share, and of the rows in it.
  private func decoding(of row: SharedRowStruct) -> [Declaration] {
    let leading = leader.side.sharedRow(row.name)
    return [
      decoding(of: "\(row.name)", row.fields, inOrderOf: leading?.fields ?? [], conformance: "RowDecodable")
    ]
      + row.nested.map { nested in
        decoding(
          of: "\(row.name).\(nested.type)", nested.fields,
          inOrderOf: leading?.nested.first { $0.type == nested.type }?.fields ?? [], conformance: "RowDecodable")
      }
  }

  /// Reading of a row that is declared in the face.
  private func decoding(
    of type: SwiftCode, _ fields: [Field], inOrderOf leading: [Field], conformance: SwiftCode,
    types: [Declaration] = [], methods: [Declaration] = []
  ) -> Declaration {
    let own = Dictionary(fields.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    let arguments = leading.compactMap { field in
      own[field.name].map { "\(argumentLabel(field.name)): \(lowering.decoded($0))" as SwiftCode }
    }
    let lines = wrapped(arguments, width: 110)
    let body: [SwiftCode] =
      lines.count == 1
      ? ["self.init(\(lines[0]))"]
      : ["self.init("] + lines.dropLast().map { "  \($0)" } + ["  \(lines.last ?? ""))"]
    return Declaration(
      .type(
        TypeDeclaration(
          "nonisolated extension \(type): \(conformance)",
          members: types + [
            Declaration(
              .function(
                FunctionDeclaration(
                  "\(access)init", parameters: ["from row: borrowing ResultRow", "at first: Int32"],
                  effects: "throws(DatabaseError)", body: .lines(body))))
          ] + methods)))
  }

  // MARK: Queries

  private func queriesFile() -> SwiftFile {
    let name = stem
    let handle = name.appending("Transaction")
    func closureMethod(_ method: SwiftName, _ parameters: [SwiftCode], _ call: SwiftCode) -> Declaration {
      Declaration(
        .function(
          FunctionDeclaration(
            "\(lowering.asynchronousHead) \(method)<Result>", parameters: parameters + [leader.closure],
            effects: "async throws -> Result", body: ["try await \(call) { try await body(\(handle)($0)) }"])))
    }
    let queries = TypeDeclaration(
      "\(access)nonisolated struct \(name): \(name.appending("Protocol"))",
      members: [
        .line("\(access)let database: Database"),
        Declaration(
          .function(
            FunctionDeclaration(
              "\(access)init", parameters: ["_ database: Database"], body: ["self.database = database"]))),
        closureMethod("transaction", ["attempts: Int"], "database.portableTransaction(attempts: attempts)"),
        closureMethod("read", [], "database.portableRead"),
      ])
    let transaction = TypeDeclaration(
      "\(access)nonisolated struct \(handle): \(name.appending("TransactionProtocol"))",
      members: [
        .line("\(access)let transaction: PortableTransaction"),
        Declaration(
          .function(
            FunctionDeclaration(
              "\(access)init", parameters: ["_ transaction: PortableTransaction"],
              body: ["self.transaction = transaction"]))),
        closureMethod("savepoint", [], "transaction.savepoint"),
      ])
    return SwiftFile(
      name: "\(name).swift", imports: modules([], always: [engine, .named(face)]),
      declarations: [
        Declaration(documentation: ["The face's queries, run on \(side.engine)."], .type(queries)),
        Declaration(documentation: ["The face's queries, inside one transaction."], .type(transaction)),
      ])
  }

  private func methods(of queries: [LoweredQuery]) -> [Declaration] {
    func declaration(_ type: SwiftName, _ receiver: SwiftName, shown: Bool) -> Declaration {
      let methods = queries.map { query in
        Declaration(
          documentation: shown ? documentation(ofMethod: query) : [],
          .function(
            lowering.method(
              query, head: lowering.asynchronousHead, calling: .portable,
              call: RunCall(receiver: receiver, method: "answer"))))
      }
      return Declaration(.type(TypeDeclaration("nonisolated extension \(type)", members: methods)))
    }
    return [
      declaration(stem, "database", shown: true),
      declaration(stem.appending("Transaction"), "transaction", shown: false),
    ]
  }

  /// The words of the protocol, and this engine's SQL.
  private func documentation(ofMethod query: LoweredQuery) -> [String] { lowering.documentation(ofMethod: query) }

  // MARK: One query

  private func declarations(of query: LoweredQuery, as leading: LoweredQuery) -> [Declaration] {
    var members: [Declaration] = []
    if let variants = query.variants {
      members += lowering.variantMembers(variants, of: query)
    } else {
      members.append(Declaration(.code(lowering.insertion(of: query.model) ?? lowering.statement(of: query.model))))
      if let counts = lowering.listCounts(of: query) { members.append(counts) }
      if !query.bound.isEmpty { members.append(Declaration(.function(lowering.binding(of: query)))) }
    }
    if let nesting = query.model.nesting { members.append(lowering.declaration(of: nesting)) }
    if case .scalar(let field) = query.shape {
      members.append(
        Declaration(
          .function(
            FunctionDeclaration(
              "\(access)static func decode", parameters: ["_ row: borrowing ResultRow"],
              effects: "throws(DatabaseError) -> \(field.writtenType)", body: [lowering.decodeCall("0", field.type)]))))
    }
    let conformance = query.protocolName(side.block.vocabulary)
    var declarations = [
      Declaration(
        .type(
          TypeDeclaration(
            "nonisolated extension \(query.typeName): \(conformance)", spacing: .dense, members: members)))
    ]
    guard case .own(let fields, let nested) = query.shape, case .own(let order, let nestedOrder) = leading.shape else {
      return declarations
    }
    // An extension of an inner type does not see what stands beside that type.
    let types = nested.map { Declaration.line("fileprivate typealias \($0.type) = \(query.typeName).\($0.type)") }
    declarations.append(
      decoding(
        of: "\(query.typeName).Row", fields, inOrderOf: order,
        conformance: query.model.nesting == nil ? "RowDecodable" : "NestingRow", types: types,
        methods: lowering.nestingMethods(of: query)))
    for row in nested {
      declarations.append(
        decoding(
          of: "\(query.typeName).\(row.type)", row.fields,
          inOrderOf: nestedOrder.first { $0.type == row.type }?.fields ?? [], conformance: "RowDecodable",
          types: types.filter { _ in false }))
    }
    return declarations
  }

  // MARK: Imports

  private func imports(of queries: [LoweredQuery]) -> [ImportDeclaration] {
    var shown: [SwiftType] = []
    var decoded: [Field] = []
    for query in queries {
      if !(lowering.takesStruct(query) || query.model.command.isBatch) { shown += query.parameters.map(\.type) }
      switch query.shape {
      case .none, .model: break
      case .scalar(let field):
        shown.append(field.type)
        decoded.append(field)
      case .own(let fields, let nested): decoded += fields + nested.flatMap(\.fields)
      }
    }
    // Rows are read by the types of their initializers: only a codec says a type's name.
    let shownModules = modules(shown, always: [engine, lowering.runtime, .named(face)])
    let known = Set(shownModules.map(\.module))
    let bound = queries.flatMap { $0.parameters.map(\.type) + $0.bound.map(\.parameter.type) }
    return shownModules
      + hidden(
        (codecTypes(decoded) + bound.filter { $0.codec != nil }).filter {
          $0.module.map { !known.contains($0) } ?? false
        })
  }

  private func codecTypes(_ fields: [Field]) -> [SwiftType] { fields.map(\.type).filter { $0.codec != nil } }

  /// Modules that public declarations mention.
  private func modules(_ types: [SwiftType], always: [SwiftType.Module]) -> [ImportDeclaration] {
    Set(types.compactMap(\.module)).union(always).map {
      ImportDeclaration(access: lowering.options.access, module: $0)
    }
  }

  /// Modules that bodies alone mention.
  private func hidden(_ types: [SwiftType]) -> [ImportDeclaration] {
    Set(types.compactMap(\.module)).filter { $0 != engine }.map { ImportDeclaration(access: .internal, module: $0) }
  }
}
