// Facts as Markdown, for hovers and completions.

import SQLCDiagnostics
import SQLCModel

enum Markdown {
  static func rows(_ count: RowCount) -> String {
    switch count {
    case .exactlyOne: "Exactly one row"
    case .atMostOne: "At most one row"
    case .many: "Any number of rows"
    }
  }

  /// How many rows, and why.
  static func rows(of model: QueryModel) -> String {
    model.results.isEmpty ? "No rows come back" : "\(rows(model.rowCount)): \(model.rowCountReason)"
  }

  static func presence(_ nullability: ModelNullability) -> String {
    switch nullability {
    case .never: "Never NULL."
    case .optional(let reason, _): "May be NULL: \(escaped(reason))"
    }
  }

  static func tables(reads: [QualifiedName], writes: [QualifiedName]) -> [String] {
    func list(_ names: [QualifiedName]) -> String { names.map { "`\($0)`" }.joined(separator: ", ") }
    var parts: [String] = []
    if !reads.isEmpty { parts.append("Reads \(list(reads))") }
    if !writes.isEmpty { parts.append("Writes \(list(writes))") }
    return parts.isEmpty ? [] : [parts.joined(separator: "; ").replacing("; Writes", with: "; writes")]
  }

  static func documentation(_ lines: [String]) -> [String] {
    lines.isEmpty ? [] : [lines.joined(separator: "\n")]
  }

  // MARK: Values

  static func item(_ parameter: ParameterModel) -> String {
    "- `\(parameter.name)` \(parameter.typeName)\(mark(parameter.nullability))\(parameter.isSlice ? ", a list" : "")"
      + because(parameter.nullability)
  }

  static func item(_ column: ResultColumnModel, in embed: String? = nil) -> String {
    "- `\(embed.map { "\($0)." } ?? "")\(column.name)` \(column.typeName)\(mark(column.nullability))"
      + because(column.nullability)
  }

  static func item(_ column: TableModel.Column, isKey: Bool) -> String {
    "- `\(column.name)` \(column.typeName)\(mark(column.nullability))\(isKey ? ", primary key" : "")"
      + (column.documentation.isEmpty ? "" : " — \(column.documentation.joined(separator: " "))")
  }

  static func text(of parameter: ParameterModel) -> String {
    "```sql\n\(parameter.name) \(parameter.typeName)\n```\n\n\(presence(parameter.nullability))"
      + (parameter.isSlice ? "\n\nA list of any number of values." : "")
      + (parameter.origin.map { "\n\nOf the type of `\($0)`." } ?? "")
  }

  static func text(of column: ResultColumnModel) -> String {
    "```sql\n\(column.name) \(column.typeName)\n```\n\n\(presence(column.nullability))"
      + (column.origin.map { "\n\nIt is `\($0)`." } ?? "")
  }

  static func text(of value: InspectedValue) -> String {
    guard let facts = value.facts else {
      return "```sql\n\(value.name)\n```\n\nIts type is not known: there is a mistake."
    }
    return "```sql\n\(value.name) \(word(for: facts.type))\n```\n\n\(presence(facts.nullability))"
  }

  static func column(named name: String, of model: QueryModel) -> String? {
    for result in model.results {
      if case .column(let column) = result, column.name == name { return text(of: column) }
    }
    return nil
  }

  private static func mark(_ nullability: ModelNullability) -> String { nullability.isOptional ? "?" : "" }

  private static func because(_ nullability: ModelNullability) -> String {
    if case .optional(let reason, _) = nullability { " — \(escaped(reason))" } else { "" }
  }

  /// Text as Markdown shows it. What stands between back quotes is code already.
  private static func escaped(_ text: String) -> String {
    var isCode = false
    return text.reduce(into: "") { result, character in
      if character == "`" { isCode.toggle() }
      if !isCode, "*_<".contains(character) { result.append("\\") }
      result.append(character)
    }
  }

  /// What a value is, in a word of no engine.
  static func word(for type: ValueType) -> String {
    switch type {
    case .integer: "integer"
    case .real: "real"
    case .numeric: "numeric"
    case .decimal: "decimal"
    case .text: "text"
    case .blob: "blob"
    case .boolean: "boolean"
    case .uuid: "uuid"
    case .date: "date"
    case .interval: "interval"
    case .any: "any"
    case .timestamp: "timestamp"
    case .time: "time"
    case .json: "json"
    case .vector: "vector"
    case .enumeration: "enumeration"
    case .composite(let name), .domain(let name, _), .other(let name): name.description
    case .array(let element, _): word(for: element) + "[]"
    case .range(let bound): "range of " + word(for: bound)
    case .multirange(let bound): "multirange of " + word(for: bound)
    }
  }
}
