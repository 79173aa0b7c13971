// FROM, WITH and the columns of subqueries, read from words.

import SQLCDiagnostics
import SQLCModel

extension StatementScope {
  /// Words that end the list of sources.
  private static let ends: Set<String> = [
    "WHERE", "GROUP", "ORDER", "LIMIT", "HAVING", "WINDOW", "RETURNING", "VALUES", "SET", "SELECT", "OFFSET", "FOR",
  ]
  /// Words that are no alias.
  private static let connectors: Set<String> = ends.union([
    "JOIN", "LEFT", "RIGHT", "FULL", "INNER", "CROSS", "OUTER", "NATURAL", "ON", "USING", "AS", "UNION", "EXCEPT",
    "INTERSECT", "INDEXED", "NOT", "DEFAULT", "DO", "FROM", "AND", "OR", "IS", "IN",
  ])

  /// The sources that a SELECT, an UPDATE, an INSERT or a DELETE names, in their order.
  func sources(
    in items: ArraySlice<Group.Item>, _ common: [String: [ScopeColumn]], depth: Int
  ) -> [ScopeSource] {
    guard depth < Self.greatestDepth else { return [] }
    var found: [ScopeSource] = []
    var inFrom = false
    var index = items.startIndex
    while index < items.endIndex {
      let word = keyword(items[index])
      index += 1
      switch word {
      case "FROM", "JOIN", "INTO", "UPDATE":
        if word == "FROM" { inFrom = true }
        while index < items.endIndex, ["ONLY", "LATERAL", "OR"].contains(keyword(items[index])) {
          // UPDATE OR IGNORE t
          index += keyword(items[index]) == "OR" ? 2 : 1
        }
        readSource(items, &index, common, &found, depth: depth)
      case "": if inFrom, isSymbol(items[index - 1], ",") { readSource(items, &index, common, &found, depth: depth) }
      default: if Self.ends.contains(word) { inFrom = false }
      }
    }
    return found
  }

  /// `t`, `s.t`, `t AS a`, `f(…) a`, `(SELECT …) AS a`
  private func readSource(
    _ items: ArraySlice<Group.Item>, _ index: inout Int, _ common: [String: [ScopeColumn]],
    _ found: inout [ScopeSource], depth: Int
  ) {
    guard index < items.endIndex else { return }
    var name: String?
    var columns: [ScopeColumn] = []
    var table: TableModel?
    let offset: Int
    switch items[index] {
    case .group(let group):
      offset = group.open.map { text.tokens[$0].range.lower } ?? 0
      let inner = sources(in: group.items[...], common, depth: depth + 1)
      columns = resultColumns(of: group, common, depth: depth + 1)
      // FROM (a JOIN b)
      if columns.isEmpty { found += inner }
      index += 1
    case .token(let token):
      guard text.isName(text.tokens[token]), !Self.connectors.contains(text.keyword(text.tokens[token])) else { return }
      offset = text.tokens[token].range.lower
      var full = text.name(of: text.tokens[token])
      index += 1
      if index + 1 < items.endIndex, isSymbol(items[index], "."), case .token(let last) = items[index + 1] {
        full += "." + text.name(of: text.tokens[last])
        index += 2
      }
      let key = full.lowercased()
      let last = key.split(separator: ".").last.map(String.init) ?? key
      name = full.split(separator: ".").last.map(String.init)
      if let own = common[key] {
        columns = own
      } else if let known = tables[key] ?? tables[last] {
        table = known
        columns = self.columns(of: known)
      }
      // A function that gives rows; not the columns of INSERT INTO t (…).
      if index < items.endIndex, case .group = items[index] { index += 1 }
    }
    if index < items.endIndex, keyword(items[index]) == "AS" { index += 1 }
    if index < items.endIndex, case .token(let token) = items[index], text.isName(text.tokens[token]),
      !Self.connectors.contains(text.keyword(text.tokens[token]))
    {
      name = text.name(of: text.tokens[token])
      index += 1
      if index < items.endIndex, case .group(let names) = items[index] {
        columns = self.names(in: names).map { ScopeColumn(name: $0) }
        index += 1
      }
    }
    if let name { found.append(ScopeSource(name: name, table: table, columns: columns, offset: offset)) }
  }

  /// WITH a AS (…), b(x) AS (…)
  func addCommonTables(
    of items: ArraySlice<Group.Item>, to common: inout [String: [ScopeColumn]], depth: Int
  ) {
    guard depth < Self.greatestDepth, let first = items.first, keyword(first) == "WITH" else { return }
    var index = items.startIndex + 1
    if index < items.endIndex, keyword(items[index]) == "RECURSIVE" { index += 1 }
    while index < items.endIndex, case .token(let token) = items[index], text.isName(text.tokens[token]) {
      let name = text.name(of: text.tokens[token])
      index += 1
      var columns: [ScopeColumn]?
      if index < items.endIndex, case .group(let names) = items[index] {
        columns = self.names(in: names).map { ScopeColumn(name: $0) }
        index += 1
      }
      common[name.lowercased()] = columns ?? []
      while index < items.endIndex, ["AS", "NOT", "MATERIALIZED"].contains(keyword(items[index])) { index += 1 }
      guard index < items.endIndex, case .group(let body) = items[index] else { return }
      if columns == nil {
        common[name.lowercased()] = resultColumns(of: body, common, depth: depth + 1)
      } else if let columns {
        let typed = resultColumns(of: body, common, depth: depth + 1)
        common[name.lowercased()] = columns.enumerated().map { index, column in
          guard typed.count == columns.count else { return column }
          var column = column
          (column.type, column.nullability) = (typed[index].type, typed[index].nullability)
          return column
        }
      }
      index += 1
      guard index < items.endIndex, isSymbol(items[index], ",") else { return }
      index += 1
    }
  }

  private func names(in group: Group) -> [String] {
    group.items.compactMap { item in
      guard case .token(let index) = item, text.isName(text.tokens[index]) else { return nil }
      return text.name(of: text.tokens[index])
    }
  }

  /// What a subquery gives, as far as its items are names or have one.
  func resultColumns(of group: Group, _ outer: [String: [ScopeColumn]], depth: Int) -> [ScopeColumn] {
    guard depth < Self.greatestDepth else { return [] }
    var common = outer
    addCommonTables(of: group.items[...], to: &common, depth: depth)
    let arm = arm(of: group, at: nil)
    guard let start = arm.firstIndex(where: { ["SELECT", "RETURNING"].contains(keyword($0)) }) else { return [] }
    let sources = sources(in: arm, common, depth: depth + 1)
    var rest = arm[(start + 1)...]
    if let word = rest.first.map(keyword), word == "DISTINCT" || word == "ALL" { rest = rest.dropFirst() }
    let end = rest.firstIndex { ["FROM", "WHERE", "GROUP", "ORDER", "LIMIT", "HAVING"].contains(keyword($0)) }
    let list = rest[..<(end ?? rest.endIndex)]
    return list.split { isSymbol($0, ",") }.flatMap { columns(of: $0, sources) }
  }

  private func columns(of item: ArraySlice<Group.Item>, _ sources: [ScopeSource]) -> [ScopeColumn] {
    guard let last = item.last else { return [] }
    if isSymbol(last, "*") {
      guard item.count == 3, case .token(let token) = item[item.startIndex] else {
        return item.count == 1 ? sources.flatMap(\.columns) : []
      }
      let name = text.name(of: text.tokens[token]).lowercased()
      return sources.first { $0.name.lowercased() == name }?.columns ?? []
    }
    guard case .token(let token) = last, text.isName(text.tokens[token]) else { return [] }
    let name = text.name(of: text.tokens[token])
    let isPlain = item.count == 1 || (item.count == 3 && isSymbol(item[item.startIndex + 1], "."))
    guard isPlain else { return [ScopeColumn(name: name)] }
    var candidates = sources
    if item.count == 3, case .token(let first) = item[item.startIndex] {
      let qualifier = text.name(of: text.tokens[first]).lowercased()
      candidates = sources.filter { $0.name.lowercased() == qualifier }
    }
    return [
      candidates.lazy.flatMap(\.columns).first { $0.name.lowercased() == name.lowercased() } ?? ScopeColumn(name: name)
    ]
  }
}
