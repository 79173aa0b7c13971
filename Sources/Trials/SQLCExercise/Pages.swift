// Goes through the pages of a query with `sqlc.after`: behind each row must come the rows that came behind it before, each once.

import SQLCEngine
import SQLCModel

/// What came behind a row, where it was not what the order has behind it.
struct PageBreak {
  var kind: Finding.Kind
  var query: TrialQuery
}

/// Rows in each order, and what follows some of them by their cursors.
struct PageWalk<Database: TrialDatabase> {
  let database: Database
  let query: QueryModel
  let variants: VariantsModel
  let page: PageModel
  let arguments: Arguments
  /// Rows of one order whose followers are asked for: the first of them and the last.
  private static var steps: Int { 6 }

  init?(_ database: Database, _ query: QueryModel, _ arguments: Arguments) {
    guard let variants = query.variants, let page = variants.page else { return nil }
    self.database = database
    self.query = query
    self.variants = variants
    self.page = page
    self.arguments = arguments
  }

  /// - Returns: the number of statements that ran, and the first break.
  func walk(_ number: Int) throws(TrialFailure) -> (runs: Int, found: PageBreak?) {
    let cursor = variants.bit(ofFilter: page.filter)
    let choices = variants.choices.filter { $0.bits & cursor == 0 }
    var runs = 0
    // A few orders each time, all of them in turn.
    for offset in 0..<min(3, choices.count) {
      let choice = choices[(number * 3 + offset) % choices.count]
      let rows = try database.attempt(TrialQuery(variants.sql(for: choice), arguments), limit: 200).rows
      runs += 1
      let places = rows.indices.filter { $0 < Self.steps || $0 == rows.count - 1 }
      for place in places {
        let (next, values) = behind(rows[place], choice)
        let trial = TrialQuery(variants.sql(for: next), values)
        let found = try database.attempt(trial, limit: 200).rows
        runs += 1
        // Other columns may have another value each time.
        let expected = rows[(place + 1)...].map(keys)
        let seen = Set(rows.map(keys))
        let isSame = found.prefix(expected.count).map(keys) == expected
        guard isSame, !found.dropFirst(expected.count).contains(where: { seen.contains(keys($0)) }) else {
          let kind = Finding.Kind.page(row: place + 1, of: rows.count, order: variants.label(ofOrder: choice))
          return (runs, PageBreak(kind: kind, query: trial))
        }
      }
    }
    return (runs, nil)
  }

  private func behind(_ row: [TrialValue], _ choice: VariantChoice) -> (VariantChoice, Arguments) {
    var bits = choice.bits | variants.bit(ofFilter: page.filter)
    var values = arguments
    for key in variants.keys(for: choice) {
      let value = row[place(of: key)]
      bits |= value.isNull ? key.nullBit : key.valueBit
      values.values[key.parameter - 1] = [value]
    }
    return (VariantChoice(bits: bits), values)
  }

  private func keys(_ row: [TrialValue]) -> [TrialValue] { page.keys.map { row[place(of: $0)] } }

  private func place(of key: PageModel.Key) -> Int {
    query.results[..<key.result].reduce(key.column ?? 0) { place, result in
      if case .embed(let embed) = result { place + embed.columns.count } else { place + 1 }
    }
  }
}

extension VariantsModel {
  /// By what rows are ordered, in words: `name desc`.
  fileprivate func label(ofOrder choice: VariantChoice) -> String {
    var chosen: [String] = []
    for (index, term) in terms.enumerated() {
      if choice.bits & bit(ofTerm: index, isDescending: false) != 0 { chosen.append(term.name) }
      if choice.bits & bit(ofTerm: index, isDescending: true) != 0 { chosen.append("\(term.name) desc") }
    }
    return chosen.joined(separator: ", ")
  }
}
