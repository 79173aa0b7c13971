// What of the language the project's oldest SQLite does not have yet.

import SQLCDiagnostics
import SQLCSyntaxSQLite

extension Binder {
  /// Says so when the feature is newer than the oldest SQLite of the project.
  mutating func require(_ feature: SyntaxFeature, at range: ByteRange) {
    let since = SQLiteVersion(feature.introduced.major, feature.introduced.minor)
    guard since > options.minimumVersion else { return }
    report(
      .newerSyntax(feature.rawValue, since: release(since), minimum: options.minimumText), at: range)
  }

  /// Operators that came late: `->` and `->>`, and IS [NOT] DISTINCT FROM, which the tree has as IS NOT and IS.
  mutating func requireOperator(of node: BinarySyntax) {
    switch node.op {
    case .jsonArrow, .jsonArrowText: require(.jsonArrow, at: node.opRange)
    case .is, .isNot:
      // "IS NOT" has at most white space more than six letters; the words of DISTINCT FROM make it longer.
      if node.opRange.count > 6, source.slice(node.opRange).asciiLowercased.contains("distinct") {
        require(.isDistinctFrom, at: node.opRange)
      }
    case .or, .and, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .bitAnd, .bitOr, .shiftLeft,
      .shiftRight, .add, .subtract, .multiply, .divide, .modulo, .concat:
      break
    }
  }

  mutating func requireJoins(of from: FromSyntax) {
    for join in from.joins {
      switch join.kind {
      case .right, .full: require(.rightOrFullJoin, at: join.operatorRange)
      case .comma, .inner, .cross, .left: break
      }
    }
  }
}

extension SemanticsOptions {
  /// "the project's oldest is 3.37", as far as it says so.
  var minimumText: String {
    isMinimumAssumed
      ? "\(release(minimumVersion)) is assumed where 'min_sqlite' is not set"
      : "the project's oldest is \(release(minimumVersion))"
  }
}

/// "3.44"
package func release(_ version: SQLiteVersion) -> String {
  version.patch == 0 ? "\(version.major).\(version.minor)" : version.description
}
