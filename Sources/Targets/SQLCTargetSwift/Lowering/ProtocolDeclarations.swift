// The protocol that `Queries` conforms to, its default arguments, and the stub.

import SQLCModel

extension Lowering {
  /// What `Queries` offers, for those who want to be given something else in tests.
  func protocolDeclaration(of queries: [LoweredQuery]) -> Declaration {
    let requirements: [Declaration] =
      queries.map { query in
        Declaration.line(
          "nonisolated(nonsending) func \(escaped(query.methodName))(\(requirementArguments(of: query).joined(separator: ", "))) async throws(DatabaseError)"
            + result(of: query), documentation: query.model.documentation)
      }
      + closureRequirements()
    return Declaration(
      documentation: ["Every query as an asynchronous method; `\(stem)` and its stub conform."],
      .type(
        TypeDeclaration(
          "\(access)nonisolated protocol \(stem.appending("Protocol")): Sendable", members: requirements)))
  }

  /// A stub without a database: each method gives the answer that the test has for its query.
  func stubDeclaration(of queries: [LoweredQuery]) -> Declaration {
    let name = stem
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
            query, head: asynchronousHead, calling: .asynchronous,
            call: RunCall(receiver: "recorder", method: "answer"))))
    }
    members += closureMethods(of: .recorder)
    let example = queries.first { !$0.parameters.isEmpty } ?? queries.first
    return Declaration(
      documentation: [
        "Stands in for `\(name)` in tests: every query fails until it has an answer.", "", "```swift",
        "let queries = \(name)Stub()",
        "queries.on(\(example?.typeName.text ?? "GetAgent").self) { call in … }", "```",
      ],
      .type(
        TypeDeclaration(
          "\(access)nonisolated struct \(name.appending("Stub")): \(name.appending("Protocol")), QueryStub",
          spacing: .dense, members: members)))
  }

  /// Requirements have no default arguments, so whoever holds `any QueriesProtocol` has them by these. The parameter at
  /// the end, which nobody gives, keeps such a method from being taken for the requirement's implementation.
  func protocolExtension(of queries: [LoweredQuery]) -> Declaration? {
    let methods =
      queries.filter { query in
        !takesStruct(query) && !query.model.command.isBatch && query.parameters.contains { !$0.defaultValue.isEmpty }
      }.map { query in
        let given = query.parameters.map { "\(argumentLabel($0.name)): \(localName($0.name))" as SwiftCode }
        return Declaration(
          .function(
            FunctionDeclaration(
              "\(asynchronousHead) \(query.methodName)", parameters: arguments(of: query) + ["_: Void = ()"],
              effects: CallingStyle.asynchronous.effects + result(of: query),
              body: ["try await \(query.methodName)(\(given.joined(separator: ", ")))"])))
      } + closuresWithDefaults()
    if methods.isEmpty { return nil }
    return Declaration(
      documentation: ["The methods with arguments that may be left out."],
      .type(
        TypeDeclaration("nonisolated extension \(stem.appending("Protocol"))", spacing: .dense, members: methods)))
  }
}
