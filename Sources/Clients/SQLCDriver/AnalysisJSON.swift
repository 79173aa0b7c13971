// The machine-readable face: what `sqlc-swift analyze` prints. Other tools read it, so members are added, never changed.

import SQLCDiagnostics
import SQLCEngine
import SQLCModel
import SQLCTargetSwift

/// One document for all blocks of a project.
struct AnalysisDocument {
  /// Of every block of the project, also of those that could not be analysed.
  var engines: [EngineName]
  var analyses: [BlockAnalysis]
  var sources: SourceSet

  func render() -> String {
    var json = JSONWriter()
    json.object { json in
      json.member("version", 1)
      json.member("engine", (engines.first ?? .sqlite).rawValue)
      var lines: [String: LineIndex] = [:]
      json.array("tables") { json in
        for analysis in analyses {
          let types = analysis.typeNames
          for table in analysis.model.tables { write(table, of: analysis, types, &lines, to: &json) }
        }
      }
      json.array("queries") { json in
        for analysis in analyses {
          let types = analysis.typeNames
          for query in analysis.model.queries { write(query, of: analysis, types, &lines, to: &json) }
        }
      }
    }
    return json.text + "\n"
  }

  private func write(
    _ table: TableModel, of analysis: BlockAnalysis, _ types: SwiftTypeNames?, _ lines: inout [String: LineIndex],
    to json: inout JSONWriter
  ) {
    json.object { json in
      json.member("name", table.name.description)
      writeEngine(of: analysis, to: &json)
      json.array("columns") { json in
        for column in table.columns {
          json.object { json in
            json.member("name", column.name)
            if let declared = column.declaredType { json.member("declaredType", declared) }
            json.member("type", column.typeName)
            json.member("nullable", column.nullability.isOptional)
            writeReason(column.nullability, &lines, to: &json)
            if let types { json.member("swiftType", types.name(of: column, in: table)) }
          }
        }
      }
    }
  }

  private func write(
    _ query: QueryModel, of analysis: BlockAnalysis, _ types: SwiftTypeNames?, _ lines: inout [String: LineIndex],
    to json: inout JSONWriter
  ) {
    let path = query.source.path
    let index = lines[path] ?? LineIndex(sources[path]?.source.text ?? "")
    lines[path] = index
    json.object { json in
      json.member("name", query.name)
      writeEngine(of: analysis, to: &json)
      json.member("command", query.command.rawValue)
      json.member("rows", query.rowCount.rawValue)
      json.member("rowsReason", query.rowCountReason)
      json.member("file", path)
      json.member("line", index.position(at: query.statement.range.lower).line)
      json.member("sql", analysis.engine.placeholders.text(of: query.sql))
      if let row = query.sharedRow { json.member("row", row.name) }
      json.member("readOnly", query.isReadOnly)
      json.member("reads", query.reads.map(\.description))
      json.member("writes", query.writes.map(\.description))
      json.array("parameters") { json in
        for parameter in query.parameters { write(parameter, of: query, types, to: &json) }
      }
      if let variants = query.variants { write(variants, to: &json) }
      if let nesting = query.nesting { write(nesting, of: query, to: &json) }
      writeMarkers(of: query, to: &json)
      json.array("columns") { json in
        for result in query.results {
          switch result {
          case .column(let column): write(column, of: query, types, &lines, to: &json)
          case .embed(let embed):
            for column in embed.columns { write(column, inside: embed, of: query, types, &lines, to: &json) }
          }
        }
      }
    }
  }

  /// Where one document is about several engines, each table and query says its own.
  private func writeEngine(of analysis: BlockAnalysis, to json: inout JSONWriter) {
    if Set(engines).count > 1 { json.member("engine", analysis.engine.name.rawValue) }
  }

  private func write(
    _ parameter: ParameterModel, of query: QueryModel, _ types: SwiftTypeNames?, to json: inout JSONWriter
  ) {
    json.object { json in
      json.member("index", parameter.index)
      json.member("name", parameter.name)
      json.member("type", parameter.typeName)
      json.member("nullable", parameter.nullability.isOptional)
      json.member("slice", parameter.isSlice)
      if let member = parameter.rowList {
        json.member("list", member.list)
        json.member("field", member.field)
      }
      if let types { json.member("swiftType", types.name(of: parameter, in: query)) }
      if let variants = query.variants,
        let index = variants.filters.firstIndex(where: { $0.parameters.contains(parameter.index) })
      {
        let isAssignment = variants.bit(ofFilter: index) & variants.assignments != 0
        json.member(isAssignment ? "assignment" : "predicate", variants.filters[index].name)
      }
    }
  }

  /// A column of an embed that may be absent as a whole is nullable here, where it stands alone.
  private func write(
    _ column: ResultColumnModel, inside embed: EmbedModel? = nil, of query: QueryModel, _ types: SwiftTypeNames?,
    _ lines: inout [String: LineIndex], to json: inout JSONWriter
  ) {
    var column = column
    if case .optional = embed?.nullability, let whole = embed?.nullability, !column.nullability.isOptional {
      column.nullability = whole
    }
    json.object { json in
      json.member("name", column.name)
      json.member("type", column.typeName)
      json.member("nullable", column.nullability.isOptional)
      if let claim = column.assertion { json.member("asserted", claim.rawValue) }
      writeReason(column.nullability, in: query.source.path, &lines, to: &json)
      if let types { json.member("swiftType", types.name(of: column, in: query)) }
      if types?.isLooser(column, in: query) == true { json.member("optional", true) }
      if let origin = column.origin {
        json.object("origin") { json in
          json.member("table", origin.table.description)
          json.member("column", origin.column)
        }
      }
      if let embed { json.member(embed.isList ? "nest" : "embed", embed.name) }
    }
  }

  /// "`t` is on the right of the LEFT JOIN at 4:3", with the file when it is not the query's own.
  private func writeReason(
    _ nullability: ModelNullability, in path: String? = nil, _ lines: inout [String: LineIndex],
    to json: inout JSONWriter
  ) {
    guard case .optional(let reason, let place) = nullability else { return }
    guard let place, let text = sources[place.source.path]?.source.text else {
      json.member("nullableReason", reason)
      return
    }
    let file = place.source.path
    let index = lines[file] ?? LineIndex(text)
    lines[file] = index
    let position = index.position(at: place.source.range.lower)
    let prefix = file == path ? "" : file + ":"
    json.member("nullableReason", "\(reason) at \(prefix)\(position.line):\(position.column)")
    json.object("nullableAt") { json in
      json.member("file", file)
      json.member("line", position.line)
      json.member("column", position.column)
    }
  }
}
