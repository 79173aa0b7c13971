// A query of the model with arguments.

import SQLCEngine
import SQLCModel

extension TrialQuery {
  /// - Parameter sql: of the query, or of one of its variants.
  init(_ sql: [SQLSegment], _ arguments: Arguments) {
    self.init(
      sql.flatMap { segment -> [Piece] in
        switch segment {
        case .text(let text): [.text(text)]
        case .parameter(let index): [.value(arguments.values[index - 1].first ?? .null, parameter: index)]
        case .list(let index): [.list(arguments.values[index - 1])]
        case .rows(let template): TrialQuery.rows(of: template, arguments)
        }
      })
  }

  private static func rows(of template: RowTemplate, _ arguments: Arguments) -> [Piece] {
    let lists = template.segments.compactMap { if case .list(let index) = $0 { index } else { nil } }
    let count = lists.map { arguments.values[$0 - 1].count }.min() ?? 0
    guard count > 0 else { return TrialQuery(template.empty, arguments).pieces }
    var pieces: [Piece] = [.text(template.surroundings.before)]
    for element in 0..<count {
      if element > 0 { pieces.append(.text(", ")) }
      for segment in template.segments {
        switch segment {
        case .text(let text): pieces.append(.text(text))
        case .parameter(let index):
          pieces.append(.value(arguments.values[index - 1].first ?? .null, parameter: index))
        case .list(let index): pieces.append(.list([arguments.values[index - 1][element]]))
        // No row has rows.
        case .rows: continue
        }
      }
    }
    return pieces + [.text(template.surroundings.after)]
  }
}
