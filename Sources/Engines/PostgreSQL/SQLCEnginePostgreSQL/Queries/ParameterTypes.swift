// Types of parameters that the server cannot tell, or tells in two ways, from one place alone.
//
// `$1 IS NULL OR model = $1` is refused ("could not determine data type of parameter $1") although the second place says the
// type: the server goes by the first. Each place gets a number of its own, and what the others say is what is meant.

import SQLCOraclePostgreSQL
import SQLCPostgreSQLHandle
import SQLCTreePostgreSQL

struct ParameterTypes {
  let batch: QueryBatch
  let text: QueryText

  /// Casts for the parameters whose places that say a type agree: `::text`.
  func infer() throws(ServerProblem) -> [Int: String] {
    var choices = QueryText.Choices()
    choices.separatesOccurrences = true
    let sent = text.sent(choices).text
    // 25 is `text`: any type will do to get past a place that says none.
    var hints = [UInt32](repeating: 0, count: text.occurrenceNumbers.count)
    var found: [UInt32] = []
    while true {
      guard let result = try batch.describe(sent, hints) else { return [:] }
      if case .success(let described) = result {
        found = described.parameterTypes
        break
      }
      guard case .failure(let error) = result, error.sqlState == "42P18", let number = parameter(in: error.message),
        hints.indices.contains(number - 1), hints[number - 1] == 0
      else { return [:] }
      hints[number - 1] = 25
    }
    var types: [Int: Set<UInt32>] = [:]
    for (place, number) in text.occurrenceNumbers.enumerated() where hints[place] == 0 && found.indices.contains(place)
    {
      types[number, default: []].insert(found[place])
    }
    var chosen: [Int: UInt32] = [:]
    for (number, all) in types {
      if let type = agreed(all) { chosen[number] = type }
    }
    let names = try batch.spelling(
      of: Set(chosen.values.map { ModifiedType(type: ObjectID(rawValue: $0), modifier: -1) }))
    return chosen.compactMapValues { type in
      names[ModifiedType(type: ObjectID(rawValue: type), modifier: -1)].map { "::" + $0 }
    }
  }

  /// `varchar` and `text` are the same to whoever gives them.
  private func agreed(_ types: Set<UInt32>) -> UInt32? {
    if types.count == 1 { return types.first }
    let texts: Set<UInt32> = [25, 1042, 1043]
    return types.isSubset(of: texts) ? 25 : nil
  }

  /// `could not determine data type of parameter $3`
  private func parameter(in message: String) -> Int? {
    guard let dollar = message.lastIndex(of: "$") else { return nil }
    return Int(message[message.index(after: dollar)...].prefix { $0.isNumber })
  }
}
