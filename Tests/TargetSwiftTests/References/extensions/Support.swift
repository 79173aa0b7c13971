// The functions that the configuration declares, as a user fills them in.

import SQLCRuntime

nonisolated func extended() -> Configuration {
  var configuration = Configuration()
  configuration.register(
    QueriesFunctions(
      slugify: { title in title.lowercased() },
      median: SQLAggregate(initial: [Double]()) { (values: inout [Double], value: SQLiteDecimal) in
        values.append(value.doubleValue)
      } result: { values -> Double? in
        values.isEmpty ? nil : values.sorted()[values.count / 2]
      },
      german: { left, right in CollationOrder(of: left.lowercased(), and: right.lowercased()) }))
  configuration.functions += SQLFunction.vectors
  return configuration
}
