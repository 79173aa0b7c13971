// The methods that users call: asynchronous on `Queries`, synchronous inside a transaction; the protocol and its stub.

import SQLCModel

extension Lowering {
  /// `Queries` and the handle of its transactions.
  func queriesDeclarations() -> [Declaration] {
    let name = options.queriesTypeName
    let conformance = options.emitProtocol ? ": Sendable, \(name)Protocol" : ": Sendable"
    let queries = TypeDeclaration(
      "\(access)nonisolated struct \(name)\(conformance)",
      members: [
        .line("\(access)let database: Database"),
        Declaration(
          .function(
            FunctionDeclaration(
              "\(access)init", parameters: ["_ database: Database"], body: ["self.database = database"]))),
        closureMethod(
          "transaction",
          documentation: [
            "Runs `body` in a transaction: committed when it returns, rolled back when it throws.",
            "",
            "`body` is synchronous, so that nothing can be awaited while the database is locked.",
          ]),
        closureMethod(
          "read",
          documentation: [
            "Runs `body` on one connection that only reads and sees one state of the database throughout."
          ]),
      ])
    let transaction = TypeDeclaration(
      "\(access)nonisolated struct \(name)Transaction: TransactionScope, ~Copyable",
      members: [
        .line("\(access)let connection: Connection"),
        Declaration(
          .function(
            FunctionDeclaration(
              "\(access)init", parameters: ["connection: Connection"], body: ["self.connection = connection"]))),
      ])
    return [
      Declaration(documentation: ["Every query as an asynchronous method."], .type(queries)),
      Declaration(documentation: ["Every query as a synchronous method, inside one transaction."], .type(transaction)),
    ]
  }

  /// What is short enough to run on the caller's thread shall not leave its actor first: that costs two switches of
  /// threads, each more than the query.
  private var asynchronousHead: String { "\(access)nonisolated(nonsending) func" }

  /// A method that lends the handle of a transaction to a closure.
  private func closureMethod(_ name: String, documentation: [String]) -> Declaration {
    let handle = options.queriesTypeName + "Transaction"
    return Declaration(
      documentation: documentation,
      .function(
        FunctionDeclaration(
          "\(asynchronousHead) \(name)<Result: Sendable>",
          parameters: ["_ body: sending (borrowing \(handle)) throws -> Result"], effects: "async throws -> Result",
          body: ["try await database.\(name)(\(handle).self, body)"])))
  }

  /// The methods of one file's queries, on both.
  func methods(of queries: [LoweredQuery]) -> [Declaration] {
    let asynchronous = queries.map { query in
      Declaration(
        documentation: documentation(ofMethod: query),
        .function(
          method(
            query, head: asynchronousHead, effects: "async throws(DatabaseError)", mark: "try await",
            call: "database.run")))
    }
    let synchronous = queries.map { query in
      Declaration(
        documentation: query.model.documentation.isEmpty
          ? ["As \(linkToMethod(of: query))."] : query.model.documentation,
        .function(
          method(
            query, head: "\(access)borrowing func", effects: "throws(DatabaseError)", mark: "try",
            call: "connection.run")))
    }
    let name = options.queriesTypeName
    return [
      Declaration(.type(TypeDeclaration("nonisolated extension \(name)", members: asynchronous))),
      Declaration(.type(TypeDeclaration("nonisolated extension \(name)Transaction", members: synchronous))),
    ]
  }

  private func method(
    _ query: LoweredQuery, head: String, effects: String, mark: String, call: String
  ) -> FunctionDeclaration {
    guard !query.model.command.isBatch else {
      return FunctionDeclaration(
        "\(head) \(escaped(query.methodName))",
        parameters: [batchParameter(of: query, isSendable: effects.hasPrefix("async"))],
        effects: effects + result(of: query), body: [batchBody(mark, call, of: query)])
    }
    return FunctionDeclaration(
      "\(head) \(escaped(query.methodName))", parameters: arguments(of: query),
      effects: effects + result(of: query),
      body: ["\(mark) \(member(call, in: query))(\(construction(of: query)))"])
  }

  /// A member of the type that a method is in; a parameter of that name would hide it.
  private func member(_ path: String, in query: LoweredQuery) -> String {
    let name = path.prefix { $0 != "." }
    let isHidden = !takesStruct(query) && query.parameters.contains { $0.name == name }
    return isHidden ? "self.\(path)" : path
  }

  private func arguments(of query: LoweredQuery) -> [String] {
    takesStruct(query)
      ? ["_ query: \(query.typeName)"]
      : query.parameters.map { "\(parameterName($0.name)): \($0.writtenType)\($0.defaultValue)" }
  }

  /// The same without default values, which a protocol cannot have.
  private func requirementArguments(of query: LoweredQuery) -> [String] {
    if query.model.command.isBatch { return [batchParameter(of: query, isSendable: true)] }
    return takesStruct(query)
      ? arguments(of: query) : query.parameters.map { "\(parameterName($0.name)): \($0.writtenType)" }
  }

  private func construction(of query: LoweredQuery) -> String {
    if takesStruct(query) { return "query" }
    let arguments = query.parameters.map { "\(argumentLabel($0.name)): \(localName($0.name))" }
    return "\(query.typeName)(\(arguments.joined(separator: ", ")))"
  }

  private func result(of query: LoweredQuery) -> String {
    (query.model.command.isBatch ? batchOutput(of: query) : query.outputType).map { " -> \($0)" } ?? ""
  }

  /// Has the query more parameters than a method shall have?
  func takesStruct(_ query: LoweredQuery) -> Bool {
    options.queryParameterLimit.map { query.parameters.count > $0 } ?? false
  }

  /// What `Queries` offers, for those who want to be given something else in tests.
  func protocolDeclaration(of queries: [LoweredQuery]) -> Declaration {
    let requirements = queries.map { query in
      Declaration.line(
        "nonisolated(nonsending) func \(escaped(query.methodName))(\(requirementArguments(of: query).joined(separator: ", "))) async throws(DatabaseError)"
          + result(of: query), documentation: query.model.documentation)
    }
    return Declaration(
      documentation: ["Every query as an asynchronous method; `\(options.queriesTypeName)` and its stub conform."],
      .type(
        TypeDeclaration(
          "\(access)nonisolated protocol \(options.queriesTypeName)Protocol: Sendable", members: requirements)))
  }

  /// A stand-in without a database: each method gives the answer that the test has for its query.
  func stubDeclaration(of queries: [LoweredQuery]) -> Declaration {
    let name = options.queriesTypeName
    var members: [Declaration] = [
      .line(
        "\(access)let recorder = QueryRecorder()",
        documentation: ["Every call so far, in order: the query's struct with its arguments."]),
      .line("\(access)init() {}"),
    ]
    members += queries.map { query in
      Declaration(
        .function(
          method(
            query, head: asynchronousHead, effects: "async throws(DatabaseError)", mark: "try await",
            call: "recorder.answer")))
    }
    let example = queries.first { !$0.parameters.isEmpty } ?? queries.first
    return Declaration(
      documentation: [
        "Stands in for `\(name)` in tests: every query fails until it has an answer.", "", "```swift",
        "let queries = \(name)Stub()",
        "queries.on(\(example?.typeName ?? "GetAgent").self) { call in … }", "```",
      ],
      .type(
        TypeDeclaration(
          "\(access)nonisolated struct \(name)Stub: \(name)Protocol, QueryStub", spacing: .dense, members: members)))
  }
}
