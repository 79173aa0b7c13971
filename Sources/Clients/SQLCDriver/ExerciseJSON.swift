// The report of `exercise` for other tools.

import SQLCDiagnostics
import SQLCExercise
import SQLCModel

struct ExerciseDocument {
  var reports: [ExerciseReport]
  var sources: SourceSet

  func render() -> String {
    var json = JSONWriter()
    json.object { json in
      json.member("version", 1)
      json.array("blocks") { json in
        for report in reports { json.object { json in write(report, to: &json) } }
      }
    }
    return json.text + "\n"
  }

  private func write(_ report: ExerciseReport, to json: inout JSONWriter) {
    json.member("seed", Int(clamping: report.seed))
    json.member("databases", report.databases)
    json.member("executions", report.executions)
    json.member("rows", report.rows)
    json.member("complete", !report.isCutShort)
    json.array("unfilled") { json in
      for (table, reason) in report.unfilled.sorted(by: { $0.key < $1.key }) {
        json.object { json in
          json.member("table", table)
          json.member("reason", reason)
        }
      }
    }
    json.array("filledBesideTriggers") { json in
      for (table, reason) in report.besideTriggers.sorted(by: { $0.key < $1.key }) {
        json.object { json in
          json.member("table", table)
          json.member("reason", reason)
        }
      }
    }
    let unverified = Dictionary(
      report.unverified.map { ($0.query.name, $0.reason) }, uniquingKeysWith: { first, _ in first })
    json.array("queries") { json in
      for outcome in report.queries {
        json.object { json in write(outcome, unverified[outcome.query.name], to: &json) }
      }
    }
  }

  private func write(_ outcome: QueryOutcome, _ unverified: Unverified?, to json: inout JSONWriter) {
    json.member("name", outcome.query.name)
    json.member("file", outcome.query.source.path)
    json.member("executions", outcome.executions)
    json.member("rows", outcome.rows)
    // Absent where the claims were confirmed, or found wrong.
    if let unverified { json.member("unverified", unverified.description) }
    if let variants = outcome.query.variants {
      json.member("combinations", variants.choices.count)
      json.member("combinationsRun", outcome.choicesRun.count)
    }
    json.array("unsound") { json in
      for finding in outcome.findings {
        json.object { json in
          switch finding.kind {
          case .value(let column, let claim, let found):
            json.member("column", column.name)
            json.member("claim", claim)
            json.member("found", found)
          case .rowCount(let claim, let found):
            json.member("claim", claim.rawValue)
            json.member("found", "\(found) rows")
          case .assertion(let column, _):
            json.member("column", column)
            json.member("claim", "never NULL, by sqlc.notnull")
            json.member("found", "NULL")
          case .parents(let keys, let found):
            json.member("claim", "\(keys) parents")
            json.member("found", "\(found) parents")
          case .page(let row, let count, let order):
            json.member("claim", "the rows behind row \(row) of \(count)" + (order.isEmpty ? "" : " by \(order)"))
            json.member("found", "other rows")
          case .writes(let tables):
            json.member("claim", "writes \(outcome.query.writes.map(\.description).joined(separator: ", "))")
            json.member("found", "writes \(tables.joined(separator: ", "))")
          }
          json.member("reproduction", finding.reproduction)
        }
      }
    }
    json.array("neverNull") { json in for column in outcome.neverNull { json.element(column) } }
    json.array("failures") { json in
      for failure in outcome.failures.keys.sorted() { json.element(failure) }
    }
    json.array("overflows") { json in for column in outcome.overflows.sorted() { json.element(column) } }
  }
}
