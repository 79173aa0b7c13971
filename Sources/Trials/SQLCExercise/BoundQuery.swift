// A query of the model with arguments.

import SQLCEngine
import SQLCModel

extension TrialQuery {
  /// - Parameter sql: of the query, or of one of its variants.
  init(_ sql: [SQLSegment], _ arguments: Arguments) {
    self.init(
      sql.map { segment in
        switch segment {
        case .text(let text): .text(text)
        case .parameter(let index): .value(arguments.values[index - 1].first ?? .null, parameter: index)
        case .list(let index): .list(arguments.values[index - 1])
        }
      })
  }
}
