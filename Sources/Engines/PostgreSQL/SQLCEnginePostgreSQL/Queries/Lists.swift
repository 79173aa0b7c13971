// `sqlc.nest`: which columns of the result are those of which list, and what is wrong with them.

import SQLCDiagnostics
import SQLCMacros
import SQLCModel
import SQLCSemanticsPostgreSQL

/// A list of the result.
struct ResultList {
  /// Index of `QueryText.stars`.
  var star: Int
  var name: String
  var outer: String?
  /// Places in the result.
  var columns: Range<Int>
  var range: ByteRange
}

extension QueryJob {
  /// For each column the text that it is written as, and the star that this is; nil where they cannot be told.
  func resultPlaces(count: Int) -> [ResultItem]? {
    guard let text else { return nil }
    let items = text.resultItems.flatMap { item -> [ResultItem] in
      guard let star = item.star, let count = starCounts[star] else { return [item] }
      return Array(repeating: item, count: count)
    }
    return items.count == count ? items : nil
  }

  /// The lists in the order of the result.
  var lists: [ResultList] {
    guard let text, text.stars.contains(where: { $0.role != .row }), let described,
      let places = resultPlaces(count: described.columns.count)
    else { return [] }
    var lists: [ResultList] = []
    for (place, item) in places.enumerated() {
      guard let star = item.star, case .list(let outer) = text.stars[star].role, let name = text.stars[star].embed
      else { continue }
      if lists.last?.star == star {
        lists[lists.count - 1].columns = lists[lists.count - 1].columns.lowerBound..<place + 1
      } else {
        lists.append(
          ResultList(star: star, name: name, outer: outer, columns: place..<place + 1, range: item.range))
      }
    }
    return lists
  }

  /// The lists as the proof takes them. Names of outer lists that are none are left out: `nestingProblems` says so.
  var listRequests: [ListRequest] {
    let lists = lists
    return lists.map { list in
      ListRequest(columns: list.columns, outer: list.outer.flatMap { outer in lists.firstIndex { $0.name == outer } })
    }
  }

  /// What is wrong with the names, or with what the proof found.
  func nestingProblems(_ facts: StatementFacts) -> [Diagnostic] {
    guard let text else { return [] }
    let lists = lists
    func diagnostic(_ problem: NestingDiagnostic, _ range: ByteRange) -> Diagnostic {
      problem.at(SourceRange(path: text.source.path, range: range))
    }
    for list in lists {
      guard let name = list.outer else { continue }
      guard let outer = lists.first(where: { $0.name == name && $0.star != list.star }) else {
        return [
          diagnostic(
            .unknownOuter(name, lists: lists.map(\.name).filter { $0 != list.name }), list.range)
        ]
      }
      if outer.outer != nil { return [diagnostic(.deepList(name), list.range)] }
    }
    guard case .failure(let problem)? = facts.nesting else { return [] }
    let places = resultPlaces(count: facts.columns.count)
    let range = problem.column.flatMap { places?[$0].range } ?? limitRange ?? text.range
    return [diagnostic(NestingDiagnostic(problem.kind), range)]
  }

  /// The word LIMIT, or its like, that is in no parentheses.
  private var limitRange: ByteRange? {
    guard let text else { return nil }
    var depth = 0
    for token in text.tokens {
      if token.kind == .openParenthesis { depth += 1 }
      if token.kind == .closeParenthesis { depth -= 1 }
      let word = text.source.slice(token.range).uppercased()
      if depth == 0, ["LIMIT", "OFFSET", "FETCH"].contains(word) { return token.range }
    }
    return nil
  }
}

extension NestingDiagnostic {
  fileprivate init(_ kind: NestingProblem.Kind) {
    switch kind {
    case .modification: self = .listOfModification
    case .setOperation: self = .listOfCompound
    case .groups: self = .listOfGroups
    case .noParent: self = .missingParent
    case .repeatedRange(let name): self = .repeatedList(name)
    case .limited: self = .limitedRows
    case .fullJoin: self = .fullJoin
    case .unkeyedParent(let range, let keys): self = .unkeyedParent(source: range, keys: keys)
    case .unkeyedChild(let range): self = .unkeyedChild(source: range)
    case .dependentColumn(let name, let list): self = .dependentColumn(name, child: list)
    case .unknownRange: self = .unkeyedChild(source: "the list")
    }
  }
}

extension NestingModel {
  /// - Parameter results: of the same query, embeds and lists kept together.
  init(_ facts: NestingFacts, lists: [ResultList], requests: [ListRequest], results: [ResultModel]) {
    var place = 0
    var indexes: [Int: Int] = [:]
    for (index, result) in results.enumerated() {
      indexes[place] = index
      switch result {
      case .column: place += 1
      case .embed(let embed): place += embed.columns.count
      }
    }
    self.init(
      key: facts.key,
      lists: zip(zip(lists, requests), facts.lists).map { pair, fact in
        List(
          result: indexes[pair.0.columns.lowerBound] ?? 0, first: pair.0.columns.lowerBound,
          count: pair.0.columns.count, presence: fact.presence, key: fact.key, outer: pair.1.outer)
      })
  }
}
