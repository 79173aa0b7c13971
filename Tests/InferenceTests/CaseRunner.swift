// Reads the case folders: a schema, annotated queries, and what every parameter and column must be.

import Foundation
import SQLCDiagnostics
import SQLCSemanticsSQLite
import SQLCSyntaxSQLite

struct ExpectedValue: Decodable {
  var name: String
  var types: [String]
}

struct ExpectedQuery: Decodable {
  var name: String
  var params: [ExpectedValue]
  var columns: [ExpectedValue]
  var error: String?
}

enum Cases {
  static let directory = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Cases")

  static var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []).filter { !$0.hasPrefix(".") }
      .sorted()
  }

  static func text(_ name: String, _ file: String) -> String {
    (try? String(contentsOf: directory.appending(path: name).appending(path: file), encoding: .utf8)) ?? ""
  }

  static func expected(_ name: String) throws -> [ExpectedQuery] {
    try JSONDecoder().decode(
      [ExpectedQuery].self, from: Data(contentsOf: directory.appending(path: name).appending(path: "expected.json")))
  }
}

/// The part of a migration that goes up; the rest is left out by the engine before it comes to us.
func upPart(_ schema: String) -> String {
  schema.components(separatedBy: "-- +goose Down").first ?? schema
}

struct Analysis {
  var catalog: Catalog
  var schemaDiagnostics: [Diagnostic]

  init(schema: String, options: SemanticsOptions = SemanticsOptions()) {
    let script = parseScript(SourceFile(path: "schema.sql", text: schema))
    let built = buildCatalog(from: [script.value], options: options)
    catalog = built.value
    schemaDiagnostics = script.diagnostics + built.diagnostics
  }

  /// All statements of a text, with what there was to say about each.
  func analyze(_ text: String, options: SemanticsOptions = SemanticsOptions()) -> [(
    name: String, Diagnosed<TypedStatement>
  )] {
    let source = SourceFile(path: "query.sql", text: text)
    let script = parseScript(source, options: ParserOptions(allowsMacros: true))
    return script.value.items.compactMap { item in
      let statement = item.statement
      guard let range = Optional(statement.range), !range.isEmpty else { return nil }
      let bound = bind(statement, in: catalog, source: source, options: options)
      let typed = inferTypes(of: bound.value, in: catalog, source: source, options: options)
      let before = String(source.slice(ByteRange(0, range.lower)))
      let name = before.components(separatedBy: "-- name: ").last?.split(separator: " ").first.map(String.init) ?? ""
      let syntax = script.diagnostics.filter { range.contains($0.primary.source.range) }
      return (name, Diagnosed(typed.value, syntax + bound.diagnostics + typed.diagnostics))
    }
  }
}

/// `int?`, `[]text`, `datetime`: the notation of the cases.
func notation(_ facts: TypeFacts, isSlice: Bool = false) -> String {
  let type: String
  switch facts.logical {
  case .boolean: type = "bool"
  case .dateTime: type = "datetime"
  case .date: type = "date"
  case .json: type = "json"
  case .uuid: type = "uuid"
  case .decimal: type = "decimal"
  case .vector: type = "blob"
  case .time: type = "text"
  case .enumeration, nil:
    switch facts.storage {
    case .integer: type = "int"
    case .real: type = "real"
    case .text: type = "text"
    case .blob: type = "blob"
    default: type = "any"
    }
  }
  return (isSlice ? "[]" : "") + type + (facts.nullability.canBeNull ? "?" : "")
}

func notation(_ statement: TypedStatement) -> [String] {
  var result: [String] = []
  var embeds: Set<Int> = []
  for column in statement.columns {
    if let ordinal = column.embed {
      let embed = statement.embeds[ordinal]
      guard embeds.insert(ordinal).inserted else { continue }
      result.append("embed\(embed.nullability.canBeNull ? "?" : "")(\(embed.table ?? embed.name))")
    } else {
      result.append(notation(column.facts))
    }
  }
  return result
}
