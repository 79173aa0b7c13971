// What a query leaves to its caller, in the document that `analyze` prints. A query without that has no such members.

import SQLCDiagnostics
import SQLCModel

extension AnalysisDocument {
  /// `sql` beside it is the whole, in the default order; a parameter that is only there with a predicate names it.
  func write(_ variants: VariantsModel, to json: inout JSONWriter) {
    json.member("combinations", variants.choices.count)
    let parts = variants.filters.indices.map { (variants.filters[$0], variants.bit(ofFilter: $0)) }
    let cursor = variants.page.map { variants.bit(ofFilter: $0.filter) } ?? 0
    write(parts.filter { $0.1 & (variants.assignments | cursor) == 0 }.map(\.0), as: "predicates", to: &json)
    if !variants.patches.isEmpty {
      write(parts.filter { $0.1 & variants.assignments != 0 }.map(\.0), as: "assignments", to: &json)
    }
    // One order is `order`; several are told apart by their names.
    if variants.orders.count < 2 {
      json.array("order") { json in write(variants.terms, to: &json) }
    } else {
      json.array("orders") { json in
        for order in variants.orders {
          json.object { json in
            json.member("name", order.name)
            json.array("terms") { json in write(order.terms, to: &json) }
          }
        }
      }
    }
    if let page = variants.page {
      json.object("cursor") { json in
        json.member("name", variants.filters[page.filter].name)
        json.array("parameters") { json in for key in page.keys { json.element(key.parameter) } }
      }
    }
  }

  private func write(_ terms: [VariantsModel.OrderTerm], to json: inout JSONWriter) {
    for term in terms {
      json.object { json in
        json.member("name", term.name)
        json.member("sql", term.text)
        json.member("descending", term.isDescending)
      }
    }
  }

  private func write(_ filters: [VariantsModel.Filter], as member: String, to json: inout JSONWriter) {
    json.array(member) { json in
      for filter in filters {
        json.object { json in
          json.member("name", filter.name)
          json.member("sql", filter.text)
          json.array("parameters") { json in for index in filter.parameters { json.element(index) } }
        }
      }
    }
  }
}
