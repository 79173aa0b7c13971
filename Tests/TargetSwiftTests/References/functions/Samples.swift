// What this case's queries use, for the program that calls everything.
import Foundation
import SQLCRuntime

nonisolated func configuration() -> Configuration {
  var configuration = Configuration()
  configuration.functions = SQLFunction.vectors
  configuration.register(
    QueriesFunctions(
      slugify: { $0.lowercased().replacingOccurrences(of: " ", with: "-") },
      median: SQLAggregate(initial: [Int64]()) { (values: inout [Int64], value: Int64) in
        values.append(value)
      } result: { values -> Double? in
        values.isEmpty ? nil : Double(values.sorted()[values.count / 2])
      },
      german: { left, right in .init(of: left.lowercased(), and: right.lowercased()) }))
  return configuration
}
