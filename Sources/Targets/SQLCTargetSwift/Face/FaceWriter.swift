// The module that applications talk to: models, query values, protocols, the stub.

import SQLCModel

struct FaceWriter {
  let side: FaceSide
  /// Structs and enumerations that every block has.
  let common: Set<SwiftName>

  var lowering: Lowering { side.lowering }
  var access: SwiftCode { lowering.access }
  var stem: SwiftName { lowering.stem }

  func faceFiles() -> [SwiftFile] {
    [modelsFile(), protocolFile()]
      + side.queriesByFile(among: lowering).map { name, queries in
        SwiftFile(
          name: name, imports: imports(queries.flatMap(valueTypes), portable: true),
          declarations: queries.map(declaration(of:)))
      }
  }

  // MARK: Models

  private func modelsFile() -> SwiftFile {
    let tables = side.model.tables.filter { table in
      lowering.hasStruct(table) && lowering.names.tables[table.name].map(common.contains) ?? false
    }
    let enumerations = side.model.enumerations.filter { enumeration in
      lowering.names.enumerations[enumeration.id].map(common.contains) ?? false
    }
    let rows = lowering.sharedRows.made
    let homes = lowering.keyHomes(besides: tables, side.model, storage: [])
    let keys = tables.flatMap(lowering.keys(of:)) + homes.flatMap(\.keys)
    let types = tables.flatMap { lowering.fields(of: $0).map(\.type) } + rows.flatMap(\.types) + keys.map(\.raw)
    return SwiftFile(
      name: side.modelsFileName,
      imports: tables.isEmpty && rows.isEmpty && homes.isEmpty ? [] : imports(types, portable: false),
      declarations: tables.map { table in
        rowStruct(
          lowering.names.tables[table.name] ?? SwiftName(table.name.description), fields: lowering.fields(of: table),
          conformances: lowering.isIdentifiable(table) ? ["Identifiable"] : [],
          documentation: lowering.documentation(of: table),
          nested: lowering.keys(of: table).map { lowering.declaration(of: $0, storage: []) })
      } + homes.map(\.declaration) + rows.map(declaration(of:)) + enumerations.compactMap(declaration(of:)))
  }

  private func declaration(of row: SharedRowStruct) -> Declaration {
    rowStruct(
      row.name, fields: row.fields, conformances: [], documentation: row.documentation,
      nested: row.nested.map { rowStruct($0.type, fields: $0.fields, conformances: [], documentation: []) })
  }

  private func declaration(of enumeration: EnumerationModel) -> Declaration? {
    guard let name = lowering.names.enumerations[enumeration.id] else { return nil }
    return Declaration(
      documentation: lowering.documentation(of: enumeration),
      .type(
        TypeDeclaration(
          "\(access)nonisolated enum \(name): String, Sendable, Hashable, CaseIterable, Codable",
          members: lowering.cases(of: enumeration))))
  }

  /// A struct for rows that knows of no engine.
  private func rowStruct(
    _ name: SwiftName, fields: [Field], conformances: [SwiftCode], documentation: [String], nested: [Declaration] = []
  ) -> Declaration {
    var members = nested
    members += fields.map {
      .line("\(access)var \(escaped($0.name)): \($0.writtenType)", documentation: $0.documentation)
    }
    members.append(Declaration(.function(lowering.memberwise(fields))))
    if lowering.options.codable == .columnNames { members.append(lowering.codingKeys(fields)) }
    let inherited = ((["Sendable", "Hashable"] as [SwiftCode]) + conformances + lowering.codableConformance)
      .joined(separator: ", ")
    return Declaration(
      documentation: documentation,
      .type(TypeDeclaration("\(access)nonisolated struct \(name): \(inherited)", spacing: .dense, members: members)))
  }

  // MARK: Query values

  private func declaration(of query: LoweredQuery) -> Declaration {
    var members: [Declaration] = []
    switch query.shape {
    case .none: break
    case .scalar(let field): members.append(.line("\(access)typealias Row = \(field.writtenType)"))
    case .model(let type): members.append(.line("\(access)typealias Row = \(type)"))
    case .own(let fields, let nested):
      let inner = nested.map { rowStruct($0.type, fields: $0.fields, conformances: [], documentation: []) }
      members.append(
        rowStruct(
          "Row", fields: fields, conformances: [], documentation: ["A row of ``\(query.typeName)``."], nested: []))
      members += inner
    }
    members.append(.line("\(access)typealias Output = \(query.outputType ?? "Void")"))
    if let variants = query.variants { members += lowering.variantTypes(variants, of: query) }
    members += lowering.rowListTypes(of: query)
    members += query.parameters.map {
      .line("\(access)var \(escaped($0.name)): \($0.writtenType)", documentation: $0.documentation)
    }
    members.append(
      Declaration(
        .function(
          FunctionDeclaration(
            "\(access)init",
            parameters: query.parameters.map { "\(parameterName($0.name)): \($0.writtenType)\($0.defaultValue)" },
            body: .fields(query.parameters.map { "self.\(escaped($0.name)) = \(localName($0.name))" })))))
    return Declaration(
      documentation: query.model.documentation.isEmpty
        ? ["The query of ``\(stem)Methods/\(signature(of: query))``."] : query.model.documentation,
      .type(
        TypeDeclaration(
          "\(access)nonisolated struct \(query.typeName): PortableQuery", spacing: .dense, members: members)))
  }

  private func signature(of query: LoweredQuery) -> String {
    let labels =
      lowering.takesStruct(query) || query.model.command.isBatch ? ["_:"] : query.parameters.map { "\($0.name):" }
    return "\(query.methodName)(\(labels.joined()))"
  }

  private func valueTypes(_ query: LoweredQuery) -> [SwiftType] {
    var types = query.parameters.map(\.type) + query.innerTypes
    switch query.shape {
    case .none, .model: break
    case .scalar(let field): types.append(field.type)
    case .own(let fields, let nested): types += (fields + nested.flatMap(\.fields)).map(\.type)
    }
    return types
  }

  // MARK: Protocols

  private func protocolFile() -> SwiftFile {
    let types = side.queries.flatMap { query -> [SwiftType] in
      var types = lowering.takesStruct(query) || query.model.command.isBatch ? [] : query.parameters.map(\.type)
      if case .scalar(let field) = query.shape { types.append(field.type) }
      return types
    }
    return SwiftFile(
      name: "\(stem)Protocol.swift", imports: imports(types, portable: true),
      declarations: [methodsProtocol(), transactionProtocol(), queriesProtocol(), defaults(), stub()].compactMap(\.self)
        + [choiceDefaults()])
  }

  private func methodsProtocol() -> Declaration {
    let requirements = side.queries.map { query in
      Declaration.line(
        "nonisolated(nonsending) func \(escaped(query.methodName))(\(lowering.requirementArguments(of: query).joined(separator: ", "))) \(CallingStyle.portable.effects)"
          + lowering.result(of: query), documentation: query.model.documentation)
    }
    return Declaration(
      documentation: [
        "Every query as an asynchronous method: by itself, or in a transaction. What takes this runs in both."
      ],
      .type(
        TypeDeclaration(
          "\(access)nonisolated protocol \(stem.appending("Methods")): Sendable", members: requirements)))
  }

  private func transactionProtocol() -> Declaration {
    Declaration(
      documentation: ["Every query as a method, inside one transaction."],
      .type(
        TypeDeclaration(
          "\(access)nonisolated protocol \(stem.appending("TransactionProtocol")): \(stem.appending("Methods"))",
          members: [
            .line(
              "nonisolated(nonsending) func savepoint<Result>(\(closure)) async throws -> Result",
              documentation: [
                "Runs `body` in a savepoint: kept when it returns, undone when it throws, and the transaction may go on."
              ])
          ])))
  }

  private func queriesProtocol() -> Declaration {
    Declaration(
      documentation: ["Every query as a method, and transactions; `\(stem)` of each engine and the stub conform."],
      .type(
        TypeDeclaration(
          "\(access)nonisolated protocol \(stem.appending("Protocol")): \(stem.appending("Methods"))",
          members: [
            .line(
              "nonisolated(nonsending) func transaction<Result>(attempts: Int, \(closure)) async throws -> Result",
              documentation: [
                "Runs `body` in a transaction that is as if no other ran beside it: committed when it returns, rolled back when it throws.",
                "",
                "Where others make that impossible `body` runs again, `attempts` times at most: what it does besides its queries it does",
                "each time. Between two statements it may not await anything else for long: others wait for what it has locked.",
              ]),
            .line(
              "nonisolated(nonsending) func read<Result>(\(closure)) async throws -> Result",
              documentation: ["Runs `body` on one state of the database; what may write is refused."]),
          ])))
  }

  var closure: SwiftCode {
    "_ body: nonisolated(nonsending) (any \(stem.appending("TransactionProtocol"))) async throws -> Result"
  }

  /// Requirements have no default arguments, so whoever holds the protocol has them by these. The parameter at the end, which
  /// nobody gives, keeps such a method from being taken for the requirement's implementation.
  private func defaults() -> Declaration? {
    let methods = side.queries.filter { query in
      !lowering.takesStruct(query) && !query.model.command.isBatch
        && query.parameters.contains { !$0.defaultValue.isEmpty }
    }.map { query in
      let given = query.parameters.map { "\(argumentLabel($0.name)): \(localName($0.name))" as SwiftCode }
      return Declaration(
        .function(
          FunctionDeclaration(
            "\(lowering.asynchronousHead) \(query.methodName)",
            parameters: lowering.arguments(of: query) + ["_: Void = ()"],
            effects: CallingStyle.portable.effects + lowering.result(of: query),
            body: ["try await \(query.methodName)(\(given.joined(separator: ", ")))"])))
    }
    if methods.isEmpty { return nil }
    return Declaration(
      documentation: ["The methods with arguments that may be left out."],
      .type(
        TypeDeclaration("nonisolated extension \(stem.appending("Methods"))", spacing: .dense, members: methods)))
  }

  private func choiceDefaults() -> Declaration {
    Declaration(
      documentation: ["Transactions that are tried five times."],
      .type(
        TypeDeclaration(
          "nonisolated extension \(stem.appending("Protocol"))",
          members: [
            Declaration(
              .function(
                FunctionDeclaration(
                  "\(lowering.asynchronousHead) transaction<Result>", parameters: [closure],
                  effects: "async throws -> Result", body: ["try await transaction(attempts: 5, body)"])))
          ])))
  }

  // MARK: Stub

  private func stub() -> Declaration {
    var members: [Declaration] = [
      .line(
        "\(access)let recorder = PortableRecorder()",
        documentation: ["Every call so far, in order: the query's struct with its arguments."]),
      .line("\(access)init() {}"),
    ]
    members += side.queries.map { query in
      Declaration(
        .function(
          lowering.method(
            query, head: lowering.asynchronousHead, calling: .portable,
            call: RunCall(receiver: "recorder", method: "answer"))))
    }
    let closures: [(SwiftName, [SwiftCode])] = [
      ("transaction", ["attempts: Int", closure]), ("read", [closure]), ("savepoint", [closure]),
    ]
    members += closures.map { name, parameters in
      Declaration(
        .function(
          FunctionDeclaration(
            "\(lowering.asynchronousHead) \(name)<Result>", parameters: parameters, effects: "async throws -> Result",
            body: ["try await body(self)"])))
    }
    let example = side.queries.first { !$0.parameters.isEmpty } ?? side.queries.first
    return Declaration(
      documentation: [
        "Stands in for `\(stem)` in tests: every query fails until it has an answer.", "", "```swift",
        "let queries = \(stem)Stub()",
        "queries.on(\(example?.typeName.text ?? "GetAgent").self) { call in … }", "```",
      ],
      .type(
        TypeDeclaration(
          "\(access)nonisolated struct \(stem.appending("Stub")): \(stem.appending("Protocol")), \(stem.appending("TransactionProtocol")), PortableStub",
          spacing: .dense, members: members)))
  }

  /// - Parameter portable: Is the module of shared types used even where no type says so?
  private func imports(_ types: [SwiftType], portable: Bool) -> [ImportDeclaration] {
    var modules = Set(types.compactMap(\.module))
    if portable { modules.insert(lowering.runtime) }
    return modules.map { ImportDeclaration(access: lowering.options.access, module: $0) }
  }
}

extension FaceSide {
  var modelsFileName: String { lowering.hasUsualName ? "Models.swift" : "\(lowering.stem)Models.swift" }

  /// The queries by the names of their generated files, in the order in which the files first appear.
  func queriesByFile(among lowering: Lowering) -> [(name: String, queries: [LoweredQuery])] {
    var paths: [String] = []
    var queriesOfPath: [String: [LoweredQuery]] = [:]
    for query in queries {
      let path = query.model.source.path
      if queriesOfPath[path] == nil { paths.append(path) }
      queriesOfPath[path, default: []].append(query)
    }
    let names = outputFileNames(forQueryFiles: paths)
    return paths.map { path in
      ((lowering.hasUsualName ? "" : "\(lowering.stem).") + (names[path] ?? path), queriesOfPath[path] ?? [])
    }
  }
}
