// Methods that take many values of one query: `:copyfrom`, `:batchexec`, `:batchone`, `:batchmany`.

import SQLCModel

extension Lowering {
  /// The INSERT of a `:copyfrom` in the form for many rows, in place of the statement.
  func insertion(of query: QueryModel) -> [SwiftCode]? {
    guard let bulk = query.bulk else { return nil }
    var arguments: [SwiftCode] = ["name: \(.literal(query.name))"]
    switch bulk {
    case .repeatedRow(let repeated):
      let row = repeated.row.map { segment -> SwiftCode in
        switch segment {
        case .text(let text): .literal(text)
        case .parameter(let index), .list(let index): ".value(\(index))"
        // Such an INSERT has no list.
        case .rows: .literal(vocabulary.placeholders.text(of: [segment]))
        }
      }
      if !repeated.verb.isEmpty { arguments.append("verb: \(.literal(repeated.verb))") }
      arguments.append("before: \(.literal(repeated.before))")
      arguments.append("row: [\(row.joined(separator: ", "))]")
      if !repeated.after.isEmpty { arguments.append("after: \(.literal(repeated.after))") }
    case .load(let table, let columns):
      let name = [table.schema, table.name].compactMap { $0.map { SwiftCode.literal($0) } }
      arguments.append("table: [\(name.joined(separator: ", "))]")
      arguments.append("columns: [\(columns.map { SwiftCode.literal($0) }.joined(separator: ", "))]")
    case .arrays(let sql): arguments.append("sql: \(.literal(vocabulary.placeholders.text(of: sql)))")
    }
    arguments += parameterFacts(of: query) + tableFacts(of: query)
    let head: SwiftCode = "\(access)static let insertion = BulkInsertion("
    let lines = wrapped(arguments, width: 110)
    if lines.count == 1, head.count + lines[0].count < 117 { return [head + lines[0] + ")"] }
    return [head] + lines.dropLast().map { "  \($0)" } + ["  \(lines[lines.count - 1]))"]
  }

  /// The one parameter of such a method. What crosses to another thread must be Sendable.
  func batchParameter(of query: LoweredQuery, _ calling: CallingStyle) -> SwiftCode {
    switch calling {
    case .synchronous: "_ rows: some Sequence<\(query.typeName)>"
    case .asynchronous, .portable: "_ rows: some Sequence<\(query.typeName)> & Sendable"
    }
  }

  /// The call that the method makes, on whoever runs one query by `run`.
  func batchCall(_ call: RunCall, of query: LoweredQuery) -> SwiftCode {
    if query.model.command == .copyfrom, query.model.bulk != nil {
      return "\(call.receiver).\(call.insertion)(contentsOf: rows)"
    }
    return "\(call.receiver).\(call.method)(each: rows)"
  }

  /// What the method gives: of each run what the query gives, or the sum.
  func batchOutput(of query: LoweredQuery) -> SwiftCode? {
    switch query.model.command {
    case .copyfrom: "Int"
    case .batchexec: nil
    case .batchmany, .batchone: query.outputType.map { "[\($0)]" }
    case .one, .many, .exec, .execrows, .execlastid, .execresult: query.outputType
    }
  }

  /// The body of the method, with `mark` (`try await`) in front of the call.
  func batchBody(_ mark: SwiftCode, _ call: RunCall, of query: LoweredQuery) -> SwiftCode {
    let call: SwiftCode = "\(mark) \(batchCall(call, of: query))"
    switch query.model.command {
    case .copyfrom: return query.model.bulk == nil ? call + ".reduce(0, +)" : call
    case .batchexec: return "_ = " + call
    case .batchmany, .batchone, .one, .many, .exec, .execrows, .execlastid, .execresult: return call
    }
  }
}
