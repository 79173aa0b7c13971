// What the query's author says is not NULL is no optional.

import Foundation
import SQLCRuntime

nonisolated func report(_ queries: any QueriesProtocol) async throws -> [String] {
  let latest: Date = try await queries.latestPayment()
  let paid = try await queries.listPaid()
  let totals: [Double?] = try await queries.totals().map(\.total)
  return paid.map { "\($0.u.name) \($0.paidAt)" } + ["\(latest)"] + totals.compactMap { $0.map { "\($0)" } }
}
