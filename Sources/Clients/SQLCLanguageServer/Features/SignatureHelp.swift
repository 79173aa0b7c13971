// How the function is called that a place is in the call of, and which column a value of INSERT is for.

import SQLCDiagnostics
import SQLCEngine
import SQLCLanguageProtocol

extension DocumentContext {
  func signatureHelp(_ params: JSON) throws -> JSON {
    let offset = try offset(params)
    guard let block = blocks.first else { return .null }
    let knowledge = knowledge(block)
    let text = SQLText(source, block.block.block.lexicalRules)
    guard text.comment(at: offset) == nil else { return .null }
    let statement = text.statement(at: offset)
    let scope = StatementScope(text, statement, tables: knowledge.tables)
    for group in scope.groups(around: offset) {
      guard let open = group.open, open > statement.lowerBound else { continue }
      let commas = group.items.count { item in
        guard case .token(let index) = item else { return false }
        return text.tokens[index].kind == .symbol(UInt8(ascii: ",")) && text.tokens[index].range.upper <= offset
      }
      let name = text.tokens[open - 1]
      if text.keyword(name) == "VALUES" || name.kind == .symbol(UInt8(ascii: ",")) && isBehindValues(open, scope) {
        return insertHelp(scope, active: commas) ?? .null
      }
      guard name.kind == .word else { continue }
      if let macro = KnownMacro.called(before: open, in: text) { return help(macro, active: commas) }
      let called = text.name(of: name).lowercased()
      let found = knowledge.functions.filter { $0.name == called }
      if !found.isEmpty { return help(found, active: commas) }
    }
    return .null
  }

  private func isBehindValues(_ open: Int, _ scope: StatementScope) -> Bool {
    scope.root.items.contains { item in
      guard case .token(let index) = item else { return false }
      return index < open && scope.text.keyword(scope.text.tokens[index]) == "VALUES"
    }
  }

  private func help(_ functions: [FunctionSignature], active: Int) -> JSON {
    let fitting = functions.firstIndex { $0.repetition == .last || active < $0.parameters.count } ?? 0
    return [
      "signatures": .array(
        functions.map { function in
          .members([
            "label": .string(function.text), "parameters": parameters(function.labels),
            "documentation": function.since.map { .string("since \($0)") },
          ])
        }),
      "activeSignature": .integer(fitting),
      "activeParameter": .integer(min(active, max(0, functions[fitting].labels.count - 1))),
    ]
  }

  private func help(_ macro: KnownMacro, active: Int) -> JSON {
    [
      "signatures": [
        [
          "label": .string(macro.text), "parameters": parameters(macro.parameters),
          "documentation": .string(macro.meaning),
        ]
      ], "activeSignature": 0, "activeParameter": .integer(min(active, macro.parameters.count - 1)),
    ]
  }

  /// INSERT INTO t (a, b) VALUES (…): the columns.
  private func insertHelp(_ scope: StatementScope, active: Int) -> JSON? {
    let items = scope.root.items
    guard let into = items.firstIndex(where: { scope.keyword($0) == "INTO" }), into + 1 < items.endIndex,
      case .token(let token) = items[into + 1],
      let table = scope.tables[scope.text.name(of: scope.text.tokens[token]).lowercased()]
    else { return nil }
    var names = table.columns.map(\.name)
    if into + 2 < items.endIndex, case .group(let group) = items[into + 2] {
      names = group.items.compactMap { item in
        guard case .token(let index) = item, scope.text.isName(scope.text.tokens[index]) else { return nil }
        return scope.text.name(of: scope.text.tokens[index])
      }
    }
    guard !names.isEmpty else { return nil }
    let labels = names.map { name in
      table.columns.first { $0.name.lowercased() == name.lowercased() }.map {
        "\(name) \($0.typeName)\($0.nullability.isOptional ? "?" : "")"
      } ?? name
    }
    return [
      "signatures": [
        ["label": .string("\(table.name)(\(labels.joined(separator: ", ")))"), "parameters": parameters(labels)]
      ], "activeSignature": 0, "activeParameter": .integer(min(active, labels.count - 1)),
    ]
  }

  private func parameters(_ labels: [String]) -> JSON { .array(labels.map { ["label": .string($0)] }) }
}
