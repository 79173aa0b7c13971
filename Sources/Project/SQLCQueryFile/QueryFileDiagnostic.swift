// What can be wrong with the shape of a query file.

import SQLCDiagnostics
import SQLCModel

enum QueryFileDiagnostic {
  case missingAnnotation(keyword: String, insertAt: Int)
  case ignoredStatement(keyword: String)
  case malformedAnnotation(MalformedAnnotation, comment: ByteRange)
  case unknownCommand(String)
  case invalidName(String, mended: String?)
  case missingStatement(name: String)
  case malformedRow
  case secondRow
  case malformedAssertion(AssertedResult.Claim)
  case misplacedAssertion(AssertedResult.Claim)
  case duplicateName(String, first: SourceRange)

  var rule: Rule {
    switch self {
    case .missingAnnotation: QueryFileRule.missingAnnotation.rule
    case .ignoredStatement: QueryFileRule.ignoredStatement.rule
    case .malformedAnnotation: QueryFileRule.malformedAnnotation.rule
    case .unknownCommand: QueryFileRule.unknownCommand.rule
    case .invalidName: QueryFileRule.invalidName.rule
    case .missingStatement: QueryFileRule.missingStatement.rule
    case .malformedRow, .secondRow: QueryFileRule.malformedRow.rule
    case .malformedAssertion: QueryFileRule.malformedAssertion.rule
    case .misplacedAssertion: QueryFileRule.misplacedAssertion.rule
    case .duplicateName: QueryFileRule.duplicateName.rule
    }
  }

  func at(_ range: ByteRange, in source: SourceFile) -> Diagnostic {
    let place = SourceRange(path: source.path, range: range)
    return Diagnostic(
      rule, message, at: DiagnosticLabel(place, label), secondary: secondary, notes: notes,
      fixIts: fixIts(at: place))
  }

  private var message: String {
    switch self {
    case .missingAnnotation: "this statement has no '-- name: Name :command' line above it"
    case .ignoredStatement(let keyword): "this \(keyword) statement has no annotation and gets no code"
    case .malformedAnnotation(let malformed, _):
      switch malformed.kind {
      case .spelling: "an annotation is written '-- name: Name :command'"
      case .missingName: "this annotation has no name"
      case .missingCommand: "this annotation has no command"
      case .nameWithSpaces: "the name of a query is one word"
      }
    case .unknownCommand(let word): "unknown command '\(word)'"
    case .invalidName(let name, _): "'\(name)' cannot be the name of a query"
    case .missingStatement(let name): "no statement under the annotation of '\(name)'"
    case .malformedRow: "a row is widened with columns and a reason"
    case .secondRow: "a second '-- row:' of one query"
    case .malformedAssertion(let claim): "'sqlc.\(claim.rawValue)' is not written so"
    case .misplacedAssertion(let claim): "'sqlc.\(claim.rawValue)' must be a whole result column of the query itself"
    case .duplicateName(let name, _): "two queries are named '\(name)'"
    }
  }

  private var label: String {
    switch self {
    case .missingAnnotation(let keyword, _): keyword.isEmpty ? "" : "which method should this be?"
    case .ignoredStatement, .invalidName, .missingStatement: ""
    case .malformedAnnotation(let malformed, _):
      switch malformed.kind {
      case .spelling, .nameWithSpaces: malformed.mended.map { "write '\($0)'" } ?? ""
      case .missingName: "write '-- name: Name :command'"
      case .missingCommand: "what does it give: \(commandList)?"
      }
    case .unknownCommand(let word): didYouMean(word)
    case .malformedRow: "write '-- row: Name widen a, b: why'"
    case .secondRow: ""
    case .malformedAssertion(let claim): "write 'sqlc.\(claim.rawValue)(expression)'"
    case .misplacedAssertion: ""
    case .duplicateName: "defined again"
    }
  }

  private var secondary: [DiagnosticLabel] {
    switch self {
    case .duplicateName(_, let first): [DiagnosticLabel(first, "first defined here")]
    case .missingAnnotation, .ignoredStatement, .malformedAnnotation, .unknownCommand, .invalidName, .malformedRow,
      .secondRow, .malformedAssertion, .misplacedAssertion,
      .missingStatement:
      []
    }
  }

  private var notes: [String] {
    switch self {
    case .unknownCommand: ["commands: \(commandList)"]
    case .ignoredStatement: ["a file that is listed under 'schema' too may hold the schema's statements"]
    case .invalidName: ["letters, digits and underscores, no digit first, as in 'GetAgentByID'"]
    case .missingAnnotation, .malformedAnnotation, .missingStatement, .malformedRow, .secondRow, .malformedAssertion,
      .misplacedAssertion, .duplicateName:
      []
    }
  }

  private func fixIts(at place: SourceRange) -> [FixIt] {
    func edit(_ range: ByteRange, _ text: String) -> [FixIt.Edit] {
      [FixIt.Edit(SourceRange(path: place.path, range: range), replacement: text)]
    }
    switch self {
    case .missingAnnotation(let keyword, let offset):
      let line = "-- name: NameOfQuery \(["SELECT", "VALUES", "WITH"].contains(keyword) ? ":many" : ":exec")"
      return [FixIt("add '\(line)' above it", .unsafe, edits: edit(ByteRange(at: offset), line + "\n"))]
    case .malformedAnnotation(let malformed, let comment):
      guard let mended = malformed.mended else { return [] }
      let isCertain = malformed.kind == .spelling
      return [FixIt("write '\(mended)'", isCertain ? .safe : .unsafe, edits: edit(comment, mended))]
    case .unknownCommand(let word):
      return nearestNames(to: word, among: QueryCommand.allCases.map { ":" + $0.rawValue }, limit: 1)
        .map { FixIt("write '\($0)'", .unsafe, edits: edit(place.range, $0)) }
    case .invalidName(_, let mended):
      return mended.map { [FixIt("write '\($0)'", .unsafe, edits: edit(place.range, $0))] } ?? []
    case .ignoredStatement, .missingStatement, .malformedRow, .secondRow, .malformedAssertion,
      .misplacedAssertion, .duplicateName:
      return []
    }
  }

  private var commandList: String { QueryCommand.allCases.map { ":" + $0.rawValue }.joined(separator: ", ") }

  private func didYouMean(_ word: String) -> String {
    let near = nearestNames(to: word, among: QueryCommand.allCases.map { ":" + $0.rawValue })
    return near.isEmpty ? "" : "did you mean \(near.map { "'\($0)'" }.joined(separator: " or "))?"
  }
}
