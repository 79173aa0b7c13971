// WITH: common tables are bound when first used, see each other in any order, and may use themselves after UNION
// (SQLite, lang_with.html).

import SQLCDiagnostics
import SQLCSyntaxSQLite

/// A WITH clause in force.
final class WithFrame {
  let parent: WithFrame?
  /// The scope around the statement that has the WITH.
  let scope: Scope?
  var entries: [CommonTableEntry] = []
  /// In the order they were completed: each after those it uses.
  var completed: [CommonTableEntry] = []

  init(parent: WithFrame?, scope: Scope?) {
    self.parent = parent
    self.scope = scope
  }
}

final class CommonTableEntry {
  enum State { case waiting, binding, done }
  let syntax: CommonTableSyntax
  let id: CommonTableID
  var state = State.waiting
  var columnNames: [String] = []
  /// The first arm of its UNION is done: from here on it may use itself.
  var mayRecurse = false
  var isRecursive = false
  var references = 0
  var query: BoundQuery?

  init(syntax: CommonTableSyntax, id: CommonTableID) {
    self.syntax = syntax
    self.id = id
  }

  func learnNames(_ names: [String]) {
    columnNames = syntax.columns?.map(\.text) ?? names
    mayRecurse = true
  }
}

extension Binder {
  mutating func openWith(_ syntax: WithSyntax?, scope: Scope?) -> WithFrame? {
    guard let syntax else { return nil }
    let frame = WithFrame(parent: withFrame, scope: scope)
    for table in syntax.tables {
      if let first = frame.entries.first(where: { $0.syntax.name.key == table.name.key }) {
        report(
          .duplicateCommonTable(table.name.text), at: table.name.range,
          secondary: [DiagnosticLabel(here(first.syntax.name.range), "first defined here")])
        continue
      }
      let entry = CommonTableEntry(syntax: table, id: newCommonTable())
      frame.entries.append(entry)
      recordCommonTable(entry)
    }
    withFrame = frame
    return frame
  }

  /// The tables of the frame, each after those it uses; the frame is no longer in force.
  mutating func closeWith(_ frame: WithFrame?) -> [BoundCommonTable] {
    guard let frame else { return [] }
    for entry in frame.entries where entry.state == .waiting { complete(entry, in: frame) }
    withFrame = frame.parent
    for entry in frame.entries where entry.references == 0 && mode == .query {
      report(.unusedCommonTable(entry.syntax.name.text), at: entry.syntax.name.range)
    }
    return frame.completed.compactMap { entry in
      entry.query.map {
        BoundCommonTable(
          id: entry.id, name: entry.syntax.name.text, columnNames: entry.columnNames, isRecursive: entry.isRecursive,
          query: $0, nameRange: entry.syntax.name.range, referenceCount: entry.references)
      }
    }
  }

  /// The common table of that key, with the frame it belongs to.
  func commonTable(named key: String) -> (CommonTableEntry, WithFrame)? {
    var frame = withFrame
    while let current = frame {
      if let entry = current.entries.first(where: { $0.syntax.name.key == key }) { return (entry, current) }
      frame = current.parent
    }
    return nil
  }

  /// Uses a common table; false when it cannot be used here, which is said.
  mutating func use(_ entry: CommonTableEntry, in frame: WithFrame, at range: ByteRange) -> Bool {
    switch entry.state {
    case .waiting:
      entry.references += 1
      complete(entry, in: frame)
      return true
    case .done:
      entry.references += 1
      return true
    case .binding:
      if entry.mayRecurse {
        entry.isRecursive = true
        return true
      }
      report(
        .circularReference(entry.syntax.name.text), at: range,
        notes: ["a recursive common table uses itself only after the first query of a UNION or UNION ALL"])
      return false
    }
  }

  private mutating func complete(_ entry: CommonTableEntry, in frame: WithFrame) {
    entry.state = .binding
    let outer = withFrame
    withFrame = frame
    let query = bindQuery(entry.syntax.query, parent: frame.scope, of: entry)
    withFrame = outer
    entry.state = .done
    entry.query = query
    if let known = recorder { recordColumns(of: entry, known.symbols(of: query)) }
    entry.columnNames = query.columnNames
    if let columns = entry.syntax.columns {
      entry.columnNames = columns.map(\.text)
      if columns.count != query.columnNames.count, !query.columnNames.isEmpty {
        report(
          .columnListArity(entry.syntax.name.text, values: query.columnNames.count, columns: columns.count),
          at: entry.syntax.name.range)
      }
    }
    frame.completed.append(entry)
  }
}
