// Holds the rows of a run against what is claimed of its query.

import SQLCDiagnostics
import SQLCEngine
import SQLCModel

struct ClaimChecker {
  let types: any TrialTypes
  let enumerations: [EnumerationModel.ID: Set<String>]

  init(types: any TrialTypes, enumerations: [EnumerationModel]) {
    self.types = types
    self.enumerations = Dictionary(uniqueKeysWithValues: enumerations.map { ($0.id, Set($0.values)) })
  }

  func check(_ run: TrialRun, of outcome: inout QueryOutcome, _ reproduction: String) {
    let query = outcome.query
    let rows = run.rows
    if let writes = run.writes?.subtracting(query.writes.map { $0.description.lowercased() }), !writes.isEmpty,
      !outcome.findings.contains(where: \.isAboutWrites)
    {
      outcome.findings.append(Finding(kind: .writes(tables: writes.sorted()), reproduction: reproduction))
    }
    let count = query.nesting.map { parents(in: rows, $0) } ?? rows.count
    let isWrong =
      switch query.rowCount {
      case .exactlyOne: count != 1 && !query.results.isEmpty
      case .atMostOne: count > 1
      case .many: false
      }
    if isWrong, !outcome.findings.contains(where: \.isAboutRows) {
      outcome.findings.append(
        Finding(kind: .rowCount(claim: query.rowCount, found: count), reproduction: reproduction))
    }
    if let nesting = query.nesting {
      let keys = Set(rows.map { row in nesting.key.map { types.literal(of: row[$0]) } }).count
      if keys != count, !outcome.findings.contains(where: \.isAboutParents) {
        outcome.findings.append(Finding(kind: .parents(keys: keys, found: count), reproduction: reproduction))
      }
    }
    for row in rows {
      var place = 0
      for result in query.results {
        switch result {
        case .column(let column):
          check(row, place, column, isOptional: column.nullability.isOptional, &outcome, reproduction)
          place += 1
        case .embed(let embed):
          let range = place..<min(row.count, place + embed.columns.count)
          let absence = embed.marker.map { $0..<min(row.count, $0 + 1) } ?? range
          if embed.assertion == .notNull, row[absence].allSatisfy(\.isNull) {
            note(embed.name, embed.source, &outcome, reproduction)
            place += embed.columns.count
            continue
          }
          let isAbsent = embed.nullability.isOptional && row[absence].allSatisfy(\.isNull)
          for column in embed.columns {
            if !isAbsent {
              check(row, place, column, isOptional: column.nullability.isOptional, &outcome, reproduction)
            }
            place += 1
          }
        }
      }
    }
  }

  /// Rows of one parent agree in all that is not in a list.
  private func parents(in rows: [[TrialValue]], _ nesting: NestingModel) -> Int {
    // What tells whether a child is there may stand behind the results.
    let lists = Set(nesting.lists.flatMap { list in Array(list.first..<(list.first + list.count)) + list.presence })
    return Set(
      rows.map { row in
        row.indices.filter { !lists.contains($0) }.map { types.literal(of: row[$0]) }.joined(separator: "\u{0}")
      }
    ).count
  }

  private func check(
    _ row: [TrialValue], _ place: Int, _ column: ResultColumnModel, isOptional: Bool, _ outcome: inout QueryOutcome,
    _ reproduction: String
  ) {
    guard place < row.count else { return }
    let value = row[place]
    if isOptional {
      outcome.optionalColumns[column.name, default: (0, 0)].nulls += value.isNull ? 1 : 0
      outcome.optionalColumns[column.name, default: (0, 0)].values += value.isNull ? 0 : 1
    }
    guard let problem = problem(with: value, column.type, isOptional) else { return }
    if problem == .null, column.assertion == .notNull {
      return note(column.name, column.source, &outcome, reproduction)
    }
    let found: String
    switch problem {
    case .overflow:
      outcome.overflows.insert(column.name)
      return
    case .null: found = "NULL"
    case .type(let type): found = "\(type) \(types.literal(of: value))"
    case .form(let what): found = what
    }
    guard !outcome.findings.contains(where: { $0.isAbout(column) }) else { return }
    outcome.findings.append(
      Finding(
        kind: .value(column: column, claim: "\(column.type)" + (isOptional ? " or NULL" : ""), found: found),
        reproduction: reproduction))
  }

  /// The author's word is no claim of the analysis: that rows can break it is said once.
  private func note(_ name: String, _ source: SourceRange, _ outcome: inout QueryOutcome, _ reproduction: String) {
    let finding = Finding(kind: .assertion(column: name, source: source), reproduction: reproduction)
    guard !outcome.brokenAssertions.contains(where: { $0.kind == finding.kind }) else { return }
    outcome.brokenAssertions.append(finding)
  }

  private func problem(with value: TrialValue, _ type: ValueType, _ isOptional: Bool) -> ValueProblem? {
    if value.isNull { return isOptional ? nil : .null }
    return types.problem(with: value, as: type, enumerations)
  }
}

extension Finding {
  fileprivate var isAboutRows: Bool {
    if case .rowCount = kind { true } else { false }
  }

  fileprivate var isAboutWrites: Bool {
    if case .writes = kind { true } else { false }
  }

  fileprivate var isAboutParents: Bool {
    if case .parents = kind { true } else { false }
  }

  fileprivate func isAbout(_ column: ResultColumnModel) -> Bool {
    if case .value(let known, _, _) = kind { known == column } else { false }
  }
}
