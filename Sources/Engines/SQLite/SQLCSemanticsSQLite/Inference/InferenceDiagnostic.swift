// What inference has to say about a statement. Warnings: SQLite accepts all of it.

import SQLCDiagnostics
import SQLCSyntaxSQLite

enum InferenceDiagnostic {
  /// Nothing says what the parameter is.
  case untypedParameter(String)
  /// Two places want it to be different things.
  case conflictingParameter(name: String, TypeFacts, TypeFacts)
  /// `x = NULL` is never true.
  case nullComparison(BinarySyntax.Operator)
  /// The sides can never be equal.
  case incompatibleComparison(String, String)
  /// A NOT NULL column is given NULL.
  case storedNull(column: String, table: String)
  /// A column of a primary key that SQLite lets be NULL is given NULL.
  case storedNullKey(column: String, table: String)
  /// Nothing tells a row of NULLs from the row that an outer join did not find.
  case ambiguousAbsence(String)
  /// A CAST that is meant to make a truth value and makes a number.
  case looseBoolean(TypeFacts, mend: String?)

  var rule: Rule {
    switch self {
    case .untypedParameter: InferenceRule.untypedParameter.rule
    case .conflictingParameter: InferenceRule.conflictingParameter.rule
    case .nullComparison: InferenceRule.nullComparison.rule
    case .incompatibleComparison: InferenceRule.incompatibleComparison.rule
    case .storedNull: InferenceRule.storedNull.rule
    case .storedNullKey: InferenceRule.nullKey.rule
    case .ambiguousAbsence: InferenceRule.ambiguousAbsence.rule
    case .looseBoolean: InferenceRule.looseBoolean.rule
    }
  }

  var message: String {
    switch self {
    case .untypedParameter(let text): "nothing says what type '\(text)' has"
    case .conflictingParameter(let name, let a, let b):
      "'\(name)' is used as \(words(a)) and as \(words(b))"
    case .nullComparison(let op): "comparing with NULL by '\(op.rawValue)' is never true"
    case .incompatibleComparison(let a, let b): "\(a) never equals \(b)"
    case .ambiguousAbsence(let name):
      "a row of '\(name)' whose columns are all NULL would be taken for no row: the outer join leaves one out in the same way"
    case .looseBoolean(let facts, _):
      "CAST AS BOOLEAN keeps any number: the result is \(words(facts)), and no truth value"
    case .storedNull(let column, let table): "'\(column)' of '\(table)' is NOT NULL, and is given NULL"
    case .storedNullKey(let column, let table):
      "'\(column)' of the primary key of '\(table)' is given NULL"
    }
  }

  var notes: [String] {
    switch self {
    case .untypedParameter: ["write CAST(? AS type), or compare it with a column"]
    case .conflictingParameter: ["it can take any value; use two parameters to have two types"]
    case .nullComparison: ["write IS NULL or IS NOT NULL"]
    case .ambiguousAbsence:
      [
        "with a column that is NOT NULL, such as a key, among those it shows, the two are told apart; so they are, by a "
          + "column that is added to the statement, without DISTINCT and where the source has an unqualified name"
      ]
    case .looseBoolean:
      ["SQLite has no such type: to it the word stands for NUMERIC, and 2 stays 2; write `x <> 0` for a truth value"]
    case .storedNull: ["the statement fails whenever it runs"]
    case .storedNullKey(let column, _):
      ["SQLite stores it, and the row has no key; declare '\(column)' NOT NULL, so that it is refused"]
    case .incompatibleComparison: ["SQLite orders values of different classes; it does not convert them"]
    }
  }

  /// - Parameter place: what the message is about.
  func fixIts(_ place: SourceRange) -> [FixIt] {
    guard case .looseBoolean(_, let mend?) = self else { return [] }
    return [FixIt("write '\(mend)'", .unsafe, edits: [FixIt.Edit(place, replacement: mend)])]
  }

  private func words(_ facts: TypeFacts) -> String {
    switch facts.logical {
    case .boolean: return "BOOLEAN"
    case .dateTime: return "DATETIME"
    case .date: return "DATE"
    case .time: return "TIME"
    case .json: return "JSON"
    case .uuid: return "UUID"
    case .decimal: return "DECIMAL"
    case .vector: return "VECTOR"
    case .enumeration, nil: break
    }
    switch facts.storage {
    case .integer: return "INTEGER"
    case .real: return "REAL"
    case .text: return "TEXT"
    case .blob: return "BLOB"
    case .numeric: return "a number"
    default: return "any value"
    }
  }
}

extension Inference {
  /// Each place is reported once, however often it is looked at.
  func diagnose(_ diagnostic: InferenceDiagnostic, at range: ByteRange) {
    let place = SourceRange(path: source.path, range: range)
    let rule = diagnostic.rule
    guard !diagnostics.contains(where: { $0.id == rule.id && $0.primary.source == place }) else { return }
    diagnostics.append(
      Diagnostic(
        rule, diagnostic.message, at: DiagnosticLabel(place), notes: diagnostic.notes,
        fixIts: diagnostic.fixIts(place)))
  }

  /// `= NULL`, and literals a column of that type cannot hold.
  func checkComparison(_ left: BoundExpression, _ right: BoundExpression, _ range: ByteRange) {
    if isNullLiteral(left) || isNullLiteral(right) {
      diagnose(.nullComparison(.equal), at: isNullLiteral(right) ? right.range : left.range)
      return
    }
    checkLiteral(left, right)
    checkLiteral(right, left)
  }

  private func checkLiteral(_ column: BoundExpression, _ literal: BoundExpression) {
    guard case .column(let reference) = column.kind else { return }
    let facts = value(of: reference).facts
    switch literal.kind {
    case .literal(.string(let text)):
      guard facts.storage == .integer || facts.storage == .real, facts.logical == nil else { return }
      // Text that looks like a number is converted by the column's affinity.
      if Double(text.filter { $0 != " " }) == nil {
        diagnose(.incompatibleComparison("'\(reference.name)'", "text that is no number"), at: literal.range)
      }
    case .literal(.integer), .literal(.real):
      if facts.logical == .dateTime || facts.logical == .date {
        diagnose(.incompatibleComparison("'\(reference.name)', a date kept as text,", "a number"), at: literal.range)
      }
    default: break
    }
  }
}
