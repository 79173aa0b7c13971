// What queries say about good values of columns, read from their syntax.

import SQLCDiagnostics
public import SQLCEngine
public import SQLCModel
import SQLCSyntaxSQLite

extension SQLiteTrialEngine {
  public func expectations(of queries: [QueryModel]) -> ColumnExpectations {
    var expectations = ColumnExpectations()
    for query in queries {
      let text = query.sql.map { segment in
        if case .text(let text) = segment { text } else { "?" }
      }.joined()
      expectations.collect(from: parseScript(SourceFile(path: query.name, text: text)).value)
    }
    return expectations
  }
}

extension ColumnExpectations {
  private mutating func note(_ side: ExpressionSyntax, _ other: ExpressionSyntax) {
    guard case .column(let reference) = side.unparenthesized, case .literal(let literal) = other.unparenthesized else {
      return
    }
    let value: TrialValue? =
      switch literal.value {
      case .integer(let text): Int64(text).map { .integer($0) }
      case .string(let text): .text(text)
      default: nil
      }
    guard let value, asked[reference.column.key]?.contains(value) != true else { return }
    asked[reference.column.key, default: []].append(value)
  }

  fileprivate mutating func collect(from node: any SyntaxNode) {
    if let call = node as? FunctionCallSyntax, readsJSON(call.name.key), case .list(let arguments) = call.arguments,
      case .column(let reference)? = arguments.first?.unparenthesized
    {
      json.insert(reference.column.key)
    }
    if let node = node as? BinarySyntax, node.op == .equal || node.op == .is {
      note(node.left, node.right)
      note(node.right, node.left)
    }
    if let node = node as? InSyntax, case .list(let elements) = node.source {
      for element in elements { note(node.operand, element) }
    }
    for child in node.children { collect(from: child) }
  }
}

/// Is the function's first argument JSON (json1.html)? `json_array(x)` and its like take any value.
func readsJSON(_ function: String) -> Bool {
  let name = function.hasPrefix("jsonb") ? "json" + function.dropFirst(5) : function
  return [
    "json", "json_extract", "json_valid", "json_each", "json_tree", "json_array_length", "json_type", "json_set",
    "json_insert", "json_replace", "json_remove", "json_patch", "json_error_position",
  ].contains(name)
}
