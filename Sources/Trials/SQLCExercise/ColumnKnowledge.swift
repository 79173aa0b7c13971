// What the analysis knows of columns and SQLite does not tell: the types that declared words mean, and the columns that
// queries read as JSON.

import SQLCDiagnostics
import SQLCModel
import SQLCSyntaxSQLite

struct ColumnKnowledge {
  private var types: [String: [String: ValueType]] = [:]
  /// Columns that some query hands to a JSON function, by name in lower case. Text that is no JSON would only make such a
  /// query fail.
  private(set) var json: Set<String> = []
  /// Values that queries look for in columns, by name in lower case: `WHERE status = 'pending'` finds nothing unless some row
  /// has it.
  private(set) var asked: [String: [Value]] = [:]

  init() {}

  init(_ model: GenerationModel) {
    for table in model.tables where table.kind == .table {
      types[table.name.lowercased()] = Dictionary(
        table.columns.map { ($0.name.lowercased(), $0.type) }, uniquingKeysWith: { first, _ in first })
    }
    for query in model.queries {
      let text = query.sql.map { segment in
        if case .text(let text) = segment { text } else { "?" }
      }.joined()
      collect(from: parseScript(SourceFile(path: query.name, text: text)).value)
    }
  }

  func type(of column: String, in table: String) -> ValueType? {
    types[table.lowercased()]?[column.lowercased()]
  }

  private mutating func note(_ side: ExpressionSyntax, _ other: ExpressionSyntax) {
    guard case .column(let reference) = side.unparenthesized, case .literal(let literal) = other.unparenthesized else {
      return
    }
    let value: Value? =
      switch literal.value {
      case .integer(let text): Int64(text).map { .integer($0) }
      case .string(let text): .text(text)
      default: nil
      }
    guard let value, asked[reference.column.key]?.contains(value) != true else { return }
    asked[reference.column.key, default: []].append(value)
  }

  private mutating func collect(from node: any SyntaxNode) {
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
