// Names, by what they stand for: found when they are asked for, since the command line never does.

import SQLCConcurrency
import SQLCDiagnostics
import SQLCEngine
public import SQLCModel
import Synchronization

/// The names in the text of a schema, by file.
final class DefinitionIndex: Sendable {
  private let inspector: (any SchemaInspector)?
  private let found = Mutex<[String: [SymbolOccurrence]]?>(nil)

  init(_ inspector: (any SchemaInspector)?) { self.inspector = inspector }

  func occurrences() -> [String: [SymbolOccurrence]] {
    if let known = found.withLock({ $0 }) { return known }
    let all = Dictionary(grouping: onDeepStack { inspector?.definitions() } ?? []) { $0.source.path }
    found.withLock { $0 = all }
    return all
  }
}

extension QuerySnapshot {
  /// The names in the query, that of its annotation among them.
  public var occurrences: [SymbolOccurrence] {
    let name = SourceRange(path: annotated.source.path, range: annotated.nameRange)
    return [SymbolOccurrence(.query(annotated.name), .definition, at: name)] + inspection.occurrences
  }
}

extension BlockSnapshot {
  /// Every name in a file that means something, in the order of the text.
  public func occurrences(in path: String) -> [SymbolOccurrence] {
    let own = onDeepStack {
      queries.filter { $0.annotated.source.path == path || $0.expansion != nil }.flatMap(\.occurrences)
        .filter { $0.source.path == path }
    }
    let fragments = book.occurrences.filter { $0.source.path == path }
    var seen: Set<SymbolOccurrence> = []
    let all = ((definitions.occurrences()[path] ?? []) + fragments + own).filter { seen.insert($0).inserted }
    return all.sorted {
      ($0.source.range.lower, $0.source.range.upper) < ($1.source.range.lower, $1.source.range.upper)
    }
  }

  /// What stands at a position, its end included.
  public func occurrences(at offset: Int, in path: String) -> [SymbolOccurrence] {
    occurrences(in: path).filter { $0.source.range.lower <= offset && offset <= $0.source.range.upper }
  }

  /// Where a symbol is defined and named, in all files of the block.
  public func occurrences(of symbol: SQLSymbol) -> [SymbolOccurrence] {
    switch symbol {
    case .fragment: return book.occurrences.filter { $0.symbol == symbol }
    case .local(let local) where local.kind == .fragmentParameter:
      return book.occurrences.filter { $0.symbol == symbol }
    case .local(let local):
      return occurrences(in: local.definition.path).filter { $0.symbol == symbol }
    case .table, .column, .query: break
    }
    let inSchema = definitions.occurrences().sorted { $0.key < $1.key }.flatMap(\.value)
    let inQueries = onDeepStack { queries.flatMap(\.occurrences) }
    return (inSchema + inQueries).filter { $0.symbol == symbol }
  }

  /// What a file defines: tables, views, columns, queries, and what only a statement knows.
  public func symbols(in path: String) -> [SymbolOccurrence] {
    occurrences(in: path).filter { $0.role == .definition }
  }
}
