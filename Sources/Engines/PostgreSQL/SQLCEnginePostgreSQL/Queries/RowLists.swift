// Lists of rows as they are sent: one array for each field.
//
//     WHERE (a, b) IN (sqlc.slice(pairs))
//     WHERE (a, b) IN (SELECT rows_1.value_1, rows_1.value_2 FROM unnest($1::integer[], $2::text[]) AS rows_1 (value_1, value_2))
//
//     INSERT INTO t (a, b) VALUES (@a, sqlc.slice(rows, b))
//     INSERT INTO t (a, b) SELECT $1, rows_1.value_2 FROM unnest($2::text[]) AS rows_1 (value_2)
//
// What is analysed has two rows of single values (`RowList`), of which the server infers the types.

import SQLCDiagnostics
import SQLCModel
import SQLCOraclePostgreSQL
import SQLCPostgreSQLHandle
import SQLCSemanticsPostgreSQL
import SQLCTreePostgreSQL

extension QueryBatch {
  /// The text as it is sent, in place of that with two rows; nothing, and why, where the server has no arrays of a field's type.
  func textOfRows(
    _ job: inout QueryJob, _ text: QueryText, _ facts: StatementFacts, _ names: [ModifiedType: String]
  ) throws(ServerProblem) -> Diagnosed<QueryText?> {
    var types: [Int: String] = [:]
    for (index, parameter) in text.parameters.enumerated()
    where job.query.rowLists.member(named: parameter.name) != nil && facts.parameters.indices.contains(index) {
      let type = facts.parameters[index].type
      let name = names[ModifiedType(type: type, modifier: -1)]
      guard isElementOfArrays(type), let name else {
        let place = SourceRange(path: text.source.path, range: parameter.occurrences.first ?? text.range)
        return Diagnosed(
          nil,
          [
            Diagnostic(
              PostgreSQLRule.unsupportedMacro.rule,
              "a list of rows cannot have a field of the type \(name ?? "unknown")",
              at: DiagnosticLabel(place, "its values are sent as an array, and unnest would take them apart"))
          ])
      }
      types[index + 1] = name
    }
    let rows = text.overRows(job.query.rowLists, types: types, casts: job.choices.casts)
    for number in types.keys { job.choices.casts[number] = nil }
    let sent = rows.sent(job.choices).text
    guard case .failure(let error)? = try describe(sent, []) else { return Diagnosed(rows) }
    let place = SourceRange(path: text.source.path, range: job.query.rowLists.first?.range ?? text.range)
    return Diagnosed(
      nil,
      [
        Diagnostic(
          PostgreSQLRule.rejectedQuery.rule, "PostgreSQL rejects this list of rows: \(error.message)",
          at: DiagnosticLabel(place), notes: error.notes)
      ])
  }
}

extension QueryText {
  /// - Parameter types: of the elements, by the numbers of the fields' parameters.
  func overRows(_ lists: [RowList], types: [Int: String], casts: [Int: String]) -> QueryText {
    var result = self
    result.pieces = []
    let all = source.slice(range).lowercased()
    var done: Set<Int> = []
    for piece in pieces {
      guard let index = lists.firstIndex(where: { $0.range.contains(piece.place) }) else {
        result.pieces.append(piece)
        continue
      }
      guard done.insert(index).inserted else { continue }
      let number = (index + 1...index + 100).first { !all.contains("rows_\($0)") } ?? 0
      result.pieces += made(lists[index], "rows_\(number)", types, casts)
    }
    return result
  }

  private func made(_ list: RowList, _ name: String, _ types: [Int: String], _ casts: [Int: String]) -> [Piece] {
    var made: [Piece] = []
    var numbers: [Int] = []
    var depth = 0
    var column = 1
    let namesColumns = list.role == .values && words(first: 1) != ["INSERT"]
    func label() -> String { namesColumns ? " AS column\(column)" : "" }
    for piece in pieces where list.row.contains(piece.place) {
      let place = piece.place
      switch piece {
      case .token(let range, let word):
        if word == "(" { depth += 1 }
        if word == ")" { depth -= 1 }
        if word == "(", depth == 1 {
          made.append(.replacement("SELECT ", place))
        } else if word == ")", depth == 0 {
          made.append(.replacement(label() + " FROM unnest(", place))
        } else if word == ",", depth == 1 {
          made.append(.replacement(label() + ",", place))
          column += 1
        } else {
          made.append(.token(range, word: word))
        }
      case .parameter(let number, _, _) where types[number] != nil:
        if !numbers.contains(number) { numbers.append(number) }
        made.append(.replacement("\(name).value_\(number)\(casts[number] ?? "")", place))
      case .gap, .replacement, .parameter, .star: made.append(piece)
      }
    }
    // The bytes of the second row are the places of what stands nowhere.
    var offset = list.row.upper
    func next() -> ByteRange {
      defer { offset += 1 }
      return ByteRange(offset, offset + 1)
    }
    for (place, number) in numbers.enumerated() {
      made.append(.parameter(number: number, occurrence: 0, next()))
      made.append(.replacement("::\(types[number] ?? "text")[]\(place + 1 < numbers.count ? ", " : "")", next()))
    }
    let values = numbers.map { "value_\($0)" }.joined(separator: ", ")
    made.append(.replacement(") AS \(name) (\(values))", ByteRange(offset, list.range.upper)))
    return made
  }
}

extension QueryText.Piece {
  /// In the file; a gap is where the last piece before it ends.
  fileprivate var place: ByteRange {
    switch self {
    case .token(let range, _), .replacement(_, let range), .parameter(_, _, let range), .star(_, let range): range
    case .gap(_, let range): range
    }
  }
}
