// `fmt`: how SQL is laid out.

import SQLCFormat
import Yams

extension YAMLReader {
  mutating func format(_ node: Node) -> FormatOptions {
    var options = FormatOptions()
    guard let keys = members(node, of: .format) else { return options }
    if let member = keys["width"], let width = integer(member.value) {
      if FormatOptions.widths.contains(width) {
        options.width = width
      } else {
        let (least, most) = (FormatOptions.widths.lowerBound, FormatOptions.widths.upperBound)
        say(.invalidValue("\(width)", reason: "is no width: a number from \(least) to \(most)"), member.value)
      }
    }
    if let member = keys["keywords"],
      let keywords = choice(member.value, key: "keywords", of: FormatOptions.KeywordCase.self)
    {
      options.keywords = keywords
    }
    return options
  }
}
