// The methods that users call: on `Queries`, and inside a transaction.

import SQLCEngine
import SQLCModel

/// Who runs a query, and by which of its methods: `database.run`, `recorder.answer`.
struct RunCall: Sendable, Hashable {
  var receiver: SwiftName
  var method: SwiftName

  /// How it inserts many rows: what runs queries has a method for that, what answers them answers each.
  var insertion: SwiftName { method == "run" ? "insert" : method }
}

/// How a method that runs a query is called.
enum CallingStyle: Sendable, Hashable {
  /// On the thread of a transaction.
  case synchronous
  /// From anywhere: what it is given crosses to another thread.
  case asynchronous
  /// The same through a face that several engines share: with errors of none of them.
  case portable

  var effects: SwiftCode {
    switch self {
    case .synchronous: "throws(DatabaseError)"
    case .asynchronous: "async throws(DatabaseError)"
    case .portable: "async throws(PortableError)"
    }
  }

  /// What stands in front of the call.
  var mark: SwiftCode {
    switch self {
    case .synchronous: "try"
    case .asynchronous, .portable: "try await"
    }
  }
}

extension Lowering {
  /// `Queries` and the handle of its transactions.
  func queriesDeclarations() -> [Declaration] {
    let name = stem
    let conformance: SwiftCode = options.emitProtocol ? ": Sendable, \(name.appending("Protocol"))" : ": Sendable"
    let queries = TypeDeclaration(
      "\(access)nonisolated struct \(name)\(conformance)",
      members: [
        .line("\(access)let database: Database"),
        Declaration(
          .function(
            FunctionDeclaration(
              "\(access)init", parameters: ["_ database: Database"], body: ["self.database = database"]))),
      ] + closureMethods(of: .database))
    let kind =
      switch vocabulary.transactions {
      case .synchronous: "a synchronous"
      case .asynchronous: "an asynchronous"
      }
    return [
      Declaration(documentation: ["Every query as an asynchronous method."], .type(queries)),
      Declaration(
        documentation: ["Every query as \(kind) method, inside one transaction."],
        .type(transactionDeclaration())),
    ]
  }

  /// What is short enough to run on the caller's thread shall not leave its actor first: that costs two switches of
  /// threads, each more than the query.
  var asynchronousHead: SwiftCode { "\(access)nonisolated(nonsending) func" }

  /// The methods of one file's queries, on both.
  func methods(of queries: [LoweredQuery]) -> [Declaration] {
    let asynchronous = queries.map { query in
      Declaration(
        documentation: documentation(ofMethod: query),
        .function(
          method(
            query, head: asynchronousHead, calling: .asynchronous,
            call: RunCall(receiver: "database", method: "run"))))
    }
    let inTransaction = queries.map { query in
      Declaration(
        documentation: query.model.documentation.isEmpty
          ? ["As \(linkToMethod(of: query))."] : query.model.documentation,
        .function(methodInTransaction(query)))
    }
    return [
      Declaration(.type(TypeDeclaration("nonisolated extension \(stem)", members: asynchronous))),
      Declaration(
        .type(TypeDeclaration("nonisolated extension \(stem.appending("Transaction"))", members: inTransaction))),
    ]
  }

  func method(
    _ query: LoweredQuery, head: SwiftCode, calling: CallingStyle, call: RunCall
  ) -> FunctionDeclaration {
    guard !query.model.command.isBatch else {
      return FunctionDeclaration(
        "\(head) \(escaped(query.methodName))",
        parameters: [batchParameter(of: query, calling)],
        effects: calling.effects + result(of: query), body: [batchBody(calling.mark, call, of: query)])
    }
    return FunctionDeclaration(
      "\(head) \(escaped(query.methodName))", parameters: arguments(of: query),
      effects: calling.effects + result(of: query),
      body: ["\(calling.mark) \(path(call, in: query))(\(construction(of: query)))"])
  }

  /// A member of the type that a method is in; a parameter of that name would hide it.
  private func path(_ call: RunCall, in query: LoweredQuery) -> SwiftCode {
    let isHidden = !takesStruct(query) && query.parameters.contains { $0.name == call.receiver }
    return isHidden ? "self.\(call.receiver).\(call.method)" : "\(call.receiver).\(call.method)"
  }

  func arguments(of query: LoweredQuery) -> [SwiftCode] {
    takesStruct(query)
      ? ["_ query: \(query.typeName)"]
      : query.parameters.map { "\(parameterName($0.name)): \($0.writtenType)\($0.defaultValue)" }
  }

  /// The same without default values, which a protocol cannot have.
  func requirementArguments(of query: LoweredQuery) -> [SwiftCode] {
    if query.model.command.isBatch { return [batchParameter(of: query, .asynchronous)] }
    return takesStruct(query)
      ? arguments(of: query) : query.parameters.map { "\(parameterName($0.name)): \($0.writtenType)" }
  }

  func construction(of query: LoweredQuery) -> SwiftCode {
    if takesStruct(query) { return "query" }
    let arguments = query.parameters.map { "\(argumentLabel($0.name)): \(localName($0.name))" as SwiftCode }
    return "\(query.typeName)(\(arguments.joined(separator: ", ")))"
  }

  func result(of query: LoweredQuery) -> SwiftCode {
    (query.model.command.isBatch ? batchOutput(of: query) : query.outputType).map { " -> \($0)" } ?? ""
  }

  /// Has the query more parameters than a method shall have?
  func takesStruct(_ query: LoweredQuery) -> Bool {
    options.queryParameterLimit.map { query.parameters.count > $0 } ?? false
  }
}
