// Parents and their lists, in the document that `analyze` prints: columns by their place in `columns`, from 0.

import SQLCDiagnostics
import SQLCModel

extension AnalysisDocument {
  /// A query with lists has `rows` of its parents; a column of a list names it as `nest`.
  func write(_ nesting: NestingModel, of query: QueryModel, to json: inout JSONWriter) {
    json.object("nesting") { json in
      json.array("key") { json in for column in nesting.key { json.element(column) } }
      json.array("lists") { json in
        for list in nesting.lists {
          json.object { json in
            json.member("name", name(of: list, in: query))
            if let outer = list.outer { json.member("within", name(of: nesting.lists[outer], in: query)) }
            json.member("first", list.first)
            json.member("count", list.count)
            if let key = list.key {
              json.array("key") { json in for column in key { json.element(column) } }
            }
          }
        }
      }
    }
  }

  /// Columns of the SQL behind those of `columns`: NULL where the embedded row is absent.
  func writeMarkers(of query: QueryModel, to json: inout JSONWriter) {
    let marked = query.results.compactMap { result -> (name: String, place: Int)? in
      guard case .embed(let embed) = result, let place = embed.marker else { return nil }
      return (embed.name, place)
    }
    guard !marked.isEmpty else { return }
    json.array("presence") { json in
      for (name, place) in marked {
        json.object { json in
          json.member("of", name)
          json.member("column", place)
        }
      }
    }
  }

  private func name(of list: NestingModel.List, in query: QueryModel) -> String {
    if case .embed(let embed) = query.results[list.result] { embed.name } else { "" }
  }
}
