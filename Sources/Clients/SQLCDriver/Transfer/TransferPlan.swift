// Which rows go where: tables of both schemas, parents before children, and those that need each other together.

import SQLCAnalysis
import SQLCEngine
import SQLCExercise
import SQLCFacts
import SQLCModel
import SQLCTransfer

/// A table of both schemas, as each engine has it.
struct TransferPair {
  var source: TransferTable
  var target: TransferTable
  /// What the values of each column are.
  var types: [ValueType]
  /// In lower case.
  var key: String { source.name.description.lowercased() }
}

struct TransferPlan {
  /// Tables of one group refer to each other, or to themselves; a group comes after those that it refers to.
  var groups: [[TransferPair]] = []
  /// Tables and columns that one schema alone has.
  var left: [String] = []

  var tables: [TransferPair] { groups.flatMap(\.self) }

  init(from source: BlockAnalysis, to target: BlockAnalysis) {
    let generated = Self.generatedColumns(source).union(Self.generatedColumns(target))
    var pairs: [TransferPair] = []
    for table in source.model.tables where table.kind == .table {
      guard let other = target.model.tables.first(where: { $0.kind == .table && $0.name.isSame(as: table.name) }) else {
        left.append("table '\(table.name)'")
        continue
      }
      var pair = TransferPair(
        source: TransferTable(name: table.name, columns: [], key: table.primaryKey),
        target: TransferTable(name: other.name, columns: [], key: other.primaryKey), types: [])
      for column in table.columns {
        let name = "\(pair.key).\(column.name.lowercased())"
        guard !generated.contains(name) else { continue }
        guard let match = other.columns.first(where: { $0.name.lowercased() == column.name.lowercased() }) else {
          left.append("column '\(column.name)' of '\(table.name)'")
          continue
        }
        pair.source.columns.append(.init(name: column.name, type: column.type, typeName: column.typeName))
        pair.target.columns.append(.init(name: match.name, type: match.type, typeName: match.typeName))
        pair.types.append(sharedType(column.type, match.type))
      }
      if !pair.types.isEmpty { pairs.append(pair) }
    }
    groups = Self.grouped(pairs, references: Self.references(source).merging(Self.references(target)) { $0.union($1) })
  }

  private static func facts(_ block: BlockAnalysis) -> SchemaFacts? {
    (block.snapshot.inspector as? any FactInspector)?.schemaFacts()
  }

  private static func generatedColumns(_ block: BlockAnalysis) -> Set<String> {
    Set(
      (facts(block)?.tables ?? []).flatMap { table in
        table.columns.filter(\.isGenerated).map { "\(table.name).\($0.name)".lowercased() }
      })
  }

  /// The tables that each refers to, in lower case.
  private static func references(_ block: BlockAnalysis) -> [String: Set<String>] {
    Dictionary(
      (facts(block)?.tables ?? []).map { ($0.name.lowercased(), Set($0.foreignKeys.map { $0.parent.lowercased() })) },
      uniquingKeysWith: { $0.union($1) })
  }

  /// Strongly connected components, those that are referred to first (Tarjan, "Depth-first search and linear graph algorithms").
  private static func grouped(_ pairs: [TransferPair], references: [String: Set<String>]) -> [[TransferPair]] {
    let byKey = Dictionary(pairs.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    var groups: [[TransferPair]] = []
    var index: [String: Int] = [:]
    var low: [String: Int] = [:]
    var stack: [String] = []
    func visit(_ key: String) {
      index[key] = index.count
      low[key] = index[key]
      stack.append(key)
      for parent in (references[key] ?? []).sorted() where byKey[parent] != nil {
        if index[parent] == nil {
          visit(parent)
          low[key] = min(low[key] ?? 0, low[parent] ?? 0)
        } else if stack.contains(parent) {
          low[key] = min(low[key] ?? 0, index[parent] ?? 0)
        }
      }
      guard low[key] == index[key], let start = stack.firstIndex(of: key) else { return }
      groups.append(stack[start...].sorted().compactMap { byKey[$0] })
      stack.removeSubrange(start...)
    }
    for pair in pairs.sorted(by: { $0.key < $1.key }) where index[pair.key] == nil { visit(pair.key) }
    return groups
  }

  /// Does a table of the group refer to one of it?
  static func needsWhole(_ group: [TransferPair], _ source: BlockAnalysis, _ target: BlockAnalysis) -> Bool {
    let names = Set(group.map(\.key))
    return names.count > 1
      || [source, target].contains { block in
        references(block).contains { names.contains($0.key) && !$0.value.isDisjoint(with: names) }
      }
  }
}

extension QualifiedName {
  fileprivate func isSame(as other: QualifiedName) -> Bool {
    description.lowercased() == other.description.lowercased()
  }
}
