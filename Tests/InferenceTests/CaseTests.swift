// Every query of every case folder: parameters and columns, with their names, are among the right answers.

import SQLCDiagnostics
import SQLCSemanticsSQLite
import Testing

@Suite struct CaseTests {
  @Test func casesAreFound() { #expect(Cases.names.count > 30) }

  @Test(arguments: Cases.names) func everyParameterAndColumnIsRight(name: String) throws {
    let analysis = Analysis(schema: upPart(Cases.text(name, "schema.sql")))
    let results = Dictionary(
      analysis.analyze(Cases.text(name, "query.sql")).map { ($0.name, $0.1) }, uniquingKeysWith: { first, _ in first })
    for query in try Cases.expected(name) {
      if query.error != nil {
        let isRejected =
          analysis.schemaDiagnostics.hasErrors || results[query.name]?.diagnostics.hasErrors ?? true
        #expect(isRejected, "\(query.name) must be rejected")
        continue
      }
      guard let result = results[query.name] else {
        Issue.record("\(query.name) is missing")
        continue
      }
      let errors = result.diagnostics.filter { $0.severity == .error }
      // Double-quoted strings are refused with a fix-it, on purpose.
      if !errors.isEmpty, Cases.refusedOnPurpose.contains(query.name) { continue }
      #expect(errors.isEmpty, "\(query.name): \(errors.map(\.message))")
      guard errors.isEmpty else { continue }
      check(query, result.value)
    }
  }

  /// The cases were written before DATE and DATETIME were told apart: a day is what they call a datetime.
  private func isRight(_ type: String, _ expected: ExpectedValue) -> Bool {
    if expected.types.contains(type) { return true }
    return type.hasPrefix("date") && !type.hasPrefix("datetime")
      && expected.types.contains("datetime" + type.dropFirst(4))
  }

  private func check(_ query: ExpectedQuery, _ typed: TypedStatement) {
    let parameters = typed.parameters.map { notation($0.facts, isSlice: $0.isSlice) }
    #expect(parameters.count == query.params.count, "\(query.name): parameters \(parameters)")
    for (expected, (parameter, type)) in zip(query.params, zip(typed.parameters, parameters)) {
      #expect(isRight(type, expected), "\(query.name): parameter \(expected.name) \(expected.types) is \(type)")
      let isNamed =
        parameter.name.lowercased() == expected.name.lowercased() || parameter.name.dropLast() == expected.name
      #expect(isNamed, "\(query.name): parameter \(expected.name) is called \(parameter.name)")
    }
    let columns = notation(typed)
    #expect(columns.count == query.columns.count, "\(query.name): columns \(columns)")
    for (expected, type) in zip(query.columns, columns) {
      #expect(isRight(type, expected), "\(query.name): column \(expected.name) \(expected.types) is \(type)")
    }
  }
}

extension Cases {
  static let refusedOnPurpose: Set<String> = ["DoubleQuotedString"]
}
