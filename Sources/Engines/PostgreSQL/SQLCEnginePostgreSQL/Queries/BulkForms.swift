// The forms of a `:copyfrom` in which many rows are inserted at a time.
//
//     INSERT INTO tags (name) VALUES (lower(@name)) ON CONFLICT DO NOTHING
//     INSERT INTO tags (name) SELECT lower(rows_1.value_1) FROM unnest($1::text[]) AS rows_1 (value_1) ON CONFLICT DO NOTHING

import SQLCDiagnostics
import SQLCModel
import SQLCOraclePostgreSQL
import SQLCPostgreSQLHandle
import SQLCQueryFile
import SQLCSemanticsPostgreSQL
import SQLCTreePostgreSQL

extension QueryBatch {
  /// Nothing where each row needs a statement of its own. The server has the last word on a statement with arrays.
  func bulkForm(
    of job: QueryJob, _ facts: StatementFacts, _ names: [ModifiedType: String]
  ) throws(ServerProblem) -> BulkModel? {
    guard job.query.command == .copyfrom, let text = job.text, let inserted = facts.insertedRow else { return nil }
    switch inserted.repetition {
    case .none: return nil
    case .load(let columns):
      return .load(into: session.types.name(ofRelation: inserted.relation), columns: columns)
    case .statement:
      var types: [String] = []
      for parameter in facts.parameters {
        guard isElementOfArrays(parameter.type), let name = names[ModifiedType(type: parameter.type, modifier: -1)]
        else { return nil }
        types.append(name)
      }
      guard let sql = text.overArrays(of: types, casts: job.choices.casts),
        case .success(let described)? = try describe(sql, []),
        described.parameterTypes.map(ObjectID.init(rawValue:))
          == facts.parameters.map({ catalog.types[$0.type]?.array })
      else { return nil }
      return .arrays(sql: [.text(sql)])
    }
  }

  /// `unnest` gives back what was put in: of an array of arrays it does not, and a row comes out as its fields.
  func isElementOfArrays(_ type: ObjectID) -> Bool {
    guard let description = catalog.types[type], description.array != nil, description.element == nil else {
      return false
    }
    switch description.kind {
    case .base, .enumeration, .range, .multirange: return true
    case .domain(let base, _, _): return isElementOfArrays(base)
    case .composite, .pseudo: return false
    }
  }
}

extension QueryText {
  /// The statement with its row made of arrays, whose elements have these types; nil where a parameter stands outside of the row.
  func overArrays(of types: [String], casts: [Int: String]) -> String? {
    let all = source.slice(range).lowercased()
    guard let name = (1...99).lazy.map({ "rows_\($0)" }).first(where: { !all.contains($0) }) else { return nil }
    enum Place { case beforeRow, behindValues, inRow, behindRow }
    var place = Place.beforeRow
    var depth = 0
    var sql = ""
    for piece in pieces {
      switch piece {
      case .gap(let blanks, _): sql += blanks
      case .replacement, .star: return nil
      case .parameter(let number, _, _):
        guard place == .inRow else { return nil }
        sql += "\(name).value_\(number)\(casts[number] ?? "")"
      case .token(let range, _):
        let word = String(source.slice(range))
        if word == "(" { depth += 1 }
        if word == ")" { depth -= 1 }
        switch (place, word) {
        case (.beforeRow, _) where depth == 0 && word.uppercased() == "VALUES":
          place = .behindValues
          sql += "SELECT"
        case (.behindValues, "("):
          place = .inRow
          if sql.last?.isWhitespace != true { sql += " " }
        case (.inRow, ")") where depth == 0:
          place = .behindRow
          let arrays = types.enumerated().map { "$\($0.offset + 1)::\($0.element)[]" }.joined(separator: ", ")
          let values = types.indices.map { "value_\($0 + 1)" }.joined(separator: ", ")
          sql += " FROM unnest(\(arrays)) AS \(name) (\(values))"
        default: sql += word
        }
      }
    }
    return place == .behindRow ? sql : nil
  }
}
