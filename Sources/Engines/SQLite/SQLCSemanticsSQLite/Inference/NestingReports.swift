// What is wrong with the lists of a query, said once.

import SQLCDiagnostics
import SQLCMacros
import SQLCSyntaxSQLite

extension Inference {
  func diagnose(_ diagnostic: NestingDiagnostic, at range: ByteRange) {
    let place = SourceRange(path: source.path, range: range)
    guard !diagnostics.contains(where: { $0.id == diagnostic.rule.id && $0.primary.source == place }) else { return }
    diagnostics.append(diagnostic.at(place))
  }

  /// Lists where there can be none.
  func refuseLists(among outputs: [BoundOutput], because problem: NestingDiagnostic) {
    if let list = outputs.first(where: { $0.embed?.isList == true }) { diagnose(problem, at: list.range) }
  }
}
