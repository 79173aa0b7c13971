// The report of `exercise --against` for other tools.

import SQLCDiagnostics
import SQLCExercise
import SQLCModel

struct PairDocument {
  var reports: [PairReport]

  func render() -> String {
    var json = JSONWriter()
    json.object { json in
      json.member("version", 1)
      json.array("pairs") { json in
        for report in reports { json.object { json in write(report, to: &json) } }
      }
    }
    return json.text + "\n"
  }

  private func write(_ report: PairReport, to json: inout JSONWriter) {
    json.array("engines") { json in for engine in report.engines { json.element(engine) } }
    json.member("seed", Int(clamping: report.seed))
    json.member("databases", report.databases)
    json.member("complete", !report.isCutShort)
    json.array("queries") { json in
      for outcome in report.outcomes {
        json.object { json in
          json.member("name", outcome.first.name)
          json.member("runs", outcome.runs)
          json.member("rows", outcome.rows)
          json.member("refusedByBoth", outcome.refusals)
          json.member("openOrders", outcome.openOrders)
          json.member("varying", outcome.varying)
          json.array("differences") { json in
            for difference in outcome.differences { json.object { json in write(difference, to: &json) } }
          }
        }
      }
    }
    json.array("refusedRows") { json in
      for row in report.refusedRows {
        json.object { json in
          json.member("table", row.table)
          json.member("engine", row.engine)
          json.member("message", row.message)
          json.array("row") { json in for value in row.row { json.element(value) } }
        }
      }
    }
    json.array("keptDifferently") { json in
      for found in report.storage {
        json.object { json in
          json.member("table", found.table)
          json.array("columns") { json in for column in found.columns { json.element(column) } }
          json.array("rows") { json in for row in found.rows { json.element(row) } }
        }
      }
    }
    json.array("notCompared") { json in
      for (query, reason) in report.uncompared {
        json.object { json in
          json.member("name", query.name)
          json.member("reason", reason)
        }
      }
    }
  }

  private func write(_ difference: Difference, to json: inout JSONWriter) {
    switch difference.kind {
    case .order: json.member("kind", "order")
    case .rows: json.member("kind", "rows")
    case .values(let columns):
      json.member("kind", "values")
      json.array("columns") { json in for column in columns { json.element(column) } }
    case .refusal(let engine, let message):
      json.member("kind", "refusal")
      json.member("engine", engine)
      json.member("message", message)
    case .effect(let table):
      json.member("kind", "effect")
      json.member("table", table)
    }
    json.member("family", difference.family.rawValue)
    json.array("statements") { json in for statement in difference.statements { json.element(statement) } }
    json.array("answers") { json in
      for rows in difference.answers { json.element(rows.joined(separator: ", ")) }
    }
    json.array("tables") { json in
      for seen in difference.rows {
        json.object { json in
          json.member("table", seen.table)
          json.array("rows") { json in for row in seen.rows { json.element(row) } }
        }
      }
    }
  }
}
