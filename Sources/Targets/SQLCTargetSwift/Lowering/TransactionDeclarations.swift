// Transactions: the methods that run a closure in one, and the handle that they lend it.

import SQLCEngine
import SQLCModel

extension Lowering {
  /// The struct whose methods run in a transaction.
  func transactionDeclaration() -> TypeDeclaration {
    let name = stem.appending("Transaction")
    switch vocabulary.transactions {
    case .synchronous:
      return TypeDeclaration(
        "\(access)nonisolated struct \(name): TransactionScope, ~Copyable",
        members: [
          .line("\(access)let connection: Connection"),
          Declaration(
            .function(
              FunctionDeclaration(
                "\(access)init", parameters: ["connection: Connection"], body: ["self.connection = connection"]))),
        ])
    case .asynchronous:
      return TypeDeclaration(
        "\(access)nonisolated struct \(name): TransactionScope",
        members: [
          .line("\(access)let transaction: Transaction"),
          Declaration(
            .function(
              FunctionDeclaration(
                "\(access)init", parameters: ["_ transaction: Transaction"],
                body: ["self.transaction = transaction"]))),
        ])
    }
  }

  /// A query's method on that struct.
  func methodInTransaction(_ query: LoweredQuery) -> FunctionDeclaration {
    switch vocabulary.transactions {
    case .synchronous:
      method(
        query, head: "\(access)borrowing func", calling: .synchronous,
        call: RunCall(receiver: "connection", method: "run"))
    case .asynchronous:
      method(
        query, head: asynchronousHead, calling: .asynchronous,
        call: RunCall(receiver: "transaction", method: "run"))
    }
  }

  // MARK: Methods that lend it

  /// `transaction` and `read`.
  struct ClosureMethod {
    var name: SwiftName
    /// What can be chosen besides the closure, with its default value.
    var choices: [(name: SwiftName, type: SwiftCode, defaultValue: SwiftCode)] = []
    var documentation: [String]

    /// `transaction(_:)`, `transaction(isolation:attempts:_:)`
    var signature: String { "\(name.text)(\(choices.map { $0.name.text + ":" }.joined())_:)" }
  }

  var closureMethods: [ClosureMethod] {
    let committed = "Runs `body` in a transaction: committed when it returns, rolled back when it throws."
    let reads = "Runs `body` on one connection that only reads and sees one state of the database throughout."
    switch vocabulary.transactions {
    case .synchronous:
      return [
        ClosureMethod(
          name: "transaction",
          documentation: [
            committed, "", "`body` is synchronous, so that nothing can be awaited while the database is locked.",
          ]),
        ClosureMethod(name: "read", documentation: [reads]),
      ]
    case .asynchronous:
      return [
        ClosureMethod(
          name: "transaction",
          choices: [("isolation", "IsolationLevel?", "nil"), ("attempts", "Int", "1")],
          documentation: [
            committed, "",
            "With more than one of `attempts`, `body` runs again after a serialization failure or a deadlock, so that it",
            "should do nothing besides that a rollback does not undo.",
          ]),
        ClosureMethod(name: "read", documentation: [reads]),
      ]
    }
  }

  private var closureHead: SwiftCode {
    switch vocabulary.transactions {
    case .synchronous: "<Result: Sendable>"
    case .asynchronous: "<Result>"
    }
  }

  private var closureParameter: SwiftCode {
    let handle = stem.appending("Transaction")
    return switch vocabulary.transactions {
    case .synchronous: "_ body: sending (borrowing \(handle)) throws -> Result"
    case .asynchronous: "_ body: nonisolated(nonsending) (\(handle)) async throws -> Result"
    }
  }

  /// Who runs the closure.
  enum ClosureRunner {
    case database
    /// It runs nothing, so that nothing is to be chosen.
    case recorder
  }

  /// Those methods, by the ones of the same names of whoever runs queries.
  func closureMethods(of runner: ClosureRunner) -> [Declaration] {
    closureMethods.map { method in
      let receiver: SwiftName
      let given: SwiftCode
      switch runner {
      case .database:
        receiver = "database"
        given = method.choices.map { "\($0.name): \($0.name), " as SwiftCode }.joined()
      case .recorder: (receiver, given) = ("recorder", "")
      }
      return Declaration(
        documentation: runner == .database ? method.documentation : [],
        .function(
          FunctionDeclaration(
            "\(asynchronousHead) \(method.name)\(closureHead)",
            parameters: method.choices.map { "\($0.name): \($0.type) = \($0.defaultValue)" } + [closureParameter],
            effects: "async throws -> Result",
            body: ["try await \(receiver).\(method.name)(\(stem.appending("Transaction")).self, \(given)body)"])))
    }
  }

  /// The protocol's requirements for them.
  func closureRequirements() -> [Declaration] {
    closureMethods.map { method in
      let choices = method.choices.map { "\($0.name): \($0.type), " as SwiftCode }.joined()
      return .line(
        "nonisolated(nonsending) func \(method.name)\(closureHead)(\(choices)\(closureParameter)) async throws -> Result",
        documentation: ["As ``\(stem)/\(method.signature)``."])
    }
  }

  /// Those with choices, which may be left out: a requirement has no default values.
  func closuresWithDefaults() -> [Declaration] {
    closureMethods.filter { !$0.choices.isEmpty }.map { method in
      let given = method.choices.map { "\($0.name): \($0.name), " as SwiftCode }.joined()
      return Declaration(
        .function(
          FunctionDeclaration(
            "\(asynchronousHead) \(method.name)\(closureHead)",
            parameters: method.choices.map { "\($0.name): \($0.type) = \($0.defaultValue)" }
              + [closureParameter, "_: Void = ()"],
            effects: "async throws -> Result", body: ["try await \(method.name)(\(given)body)"])))
    }
  }
}
