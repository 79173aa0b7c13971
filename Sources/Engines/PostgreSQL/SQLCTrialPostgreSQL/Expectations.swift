// What queries say about good values of columns, read from their words.

public import SQLCEngine
public import SQLCModel

extension PostgreSQLTrialEngine {
  public func expectations(of queries: [QueryModel]) -> ColumnExpectations {
    var expectations = ColumnExpectations()
    for query in queries {
      let text = query.sql.map { segment in
        if case .text(let text) = segment { text } else { "NULL" }
      }.joined()
      var hints = CheckHints()
      hints.read(text)
      for (column, found) in hints.hints {
        for literal in found.literals where expectations.asked[column]?.contains(literal) != true {
          expectations.asked[column, default: []].append(literal)
        }
      }
    }
    return expectations
  }
}
