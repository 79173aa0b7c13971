// What can be wrong with `sqlc.nest`.

package import SQLCDiagnostics

package enum NestingDiagnostic: Hashable {
  case listOfModification
  case listOfCompound
  /// The arms of a compound need not be rows of one table.
  case embedOfCompound
  case listOfGroups
  /// Nothing but lists.
  case missingParent
  case repeatedList(String)
  case unkeyedParent(source: String, keys: [[String]])
  case unkeyedChild(source: String)
  /// A column of the parent that may differ between its rows.
  case dependentColumn(String, child: String?)
  case limitedRows
  case fullJoin
  case unknownOuter(String, lists: [String])
  case deepList(String)

  package var rule: Rule {
    switch self {
    case .listOfModification, .listOfCompound, .listOfGroups: NestingRule.misplacedList.rule
    case .embedOfCompound: NestingRule.misplacedEmbed.rule
    case .missingParent: NestingRule.missingParent.rule
    case .repeatedList: NestingRule.repeatedList.rule
    case .unkeyedParent: NestingRule.unkeyedParent.rule
    case .unkeyedChild: NestingRule.unkeyedChild.rule
    case .dependentColumn: NestingRule.dependentColumn.rule
    case .limitedRows: NestingRule.limitedRows.rule
    case .fullJoin: NestingRule.fullJoin.rule
    case .unknownOuter: NestingRule.unknownOuter.rule
    case .deepList: NestingRule.deepList.rule
    }
  }

  var message: String {
    switch self {
    case .listOfModification: "'sqlc.nest' in RETURNING, whose rows are those of one table"
    case .listOfCompound: "'sqlc.nest' in a compound query"
    case .embedOfCompound: "'sqlc.embed' in a compound query"
    case .listOfGroups: "'sqlc.nest' in a query that aggregates its rows"
    case .missingParent: "nothing is left for the parent: every result column is in a list"
    case .repeatedList(let name): "'\(name)' is in the result twice"
    case .unkeyedParent(let source, _): "no key of '\(source)' tells the parents apart"
    case .unkeyedChild(let source): "no key of '\(source)' tells its rows apart"
    case .dependentColumn(let name, let child?): "'\(name)' is a column of the parent and depends on '\(child)'"
    case .dependentColumn(let name, nil): "'\(name)' is a column of the parent and may differ between its rows"
    case .limitedRows: "LIMIT counts rows, not parents"
    case .fullJoin: "'sqlc.nest' with a FULL JOIN, whose rows may have no parent"
    case .unknownOuter(let name, _): "'\(name)' is no list of this query"
    case .deepList(let name): "'\(name)' is a list in a list already"
    }
  }

  var label: String {
    switch self {
    case .unkeyedParent(_, let keys):
      keys.first.map { "add \($0.map { "'\($0)'" }.joined(separator: " and ")) to the result" } ?? ""
    case .dependentColumn: "leave it to the list, or use a subquery"
    case .limitedRows: "limit the parent in a subquery of FROM"
    case .missingParent: "add sqlc.embed, or columns"
    case .embedOfCompound: "write its columns, or put the compound into a subquery of FROM"
    case .listOfModification, .listOfCompound, .listOfGroups, .repeatedList, .unkeyedChild, .fullJoin, .unknownOuter,
      .deepList:
      ""
    }
  }

  var notes: [String] {
    switch self {
    case .unkeyedParent(_, let keys) where keys.isEmpty:
      ["parents are recognised by the NOT NULL columns of a primary key or a unique key"]
    case .unkeyedChild:
      ["with several lists each row of the join repeats, so that children are recognised by a key that is not NULL"]
    case .limitedRows:
      ["the last parent would lose some of its children; write FROM (SELECT … LIMIT …) AS p LEFT JOIN …"]
    case .unknownOuter(_, let lists): lists.isEmpty ? [] : ["lists: \(lists.joined(separator: ", "))"]
    case .deepList: ["lists have one more level inside at most"]
    default: []
    }
  }
}

extension NestingDiagnostic {
  package func at(_ place: SourceRange) -> Diagnostic {
    Diagnostic(rule, message, at: DiagnosticLabel(place, label), notes: notes)
  }
}
