// Types of columns that say more than their declaration: constraints list their values, or keep NULL out of an array.

import SQLCModel
import SQLCSemanticsPostgreSQL
import SQLCTreePostgreSQL

/// What constraints say of columns, asked once for each. It belongs to one thread, as its analyzer does.
final class StoredColumns {
  private let analyzer: StatementAnalyzer
  private let types: TypeLowering
  private var lists: [ColumnOrigin: [String]?] = [:]

  init(_ analyzer: StatementAnalyzer, _ types: TypeLowering) {
    self.analyzer = analyzer
    self.types = types
  }

  /// The values that a column of a table is restricted to.
  func list(of origin: ColumnOrigin) -> [String]? {
    if let known = lists[origin] { return known }
    let list = analyzer.listedTexts(of: origin)
    lists[origin] = .some(list)
    return list
  }

  /// What a value of that type is where it is one of that column's, or an array of such.
  func type(of type: ValueType, in origin: ColumnOrigin?) -> ValueType {
    guard let origin = origin.flatMap(analyzer.storedColumn) else { return type }
    switch type {
    case .text:
      guard list(of: origin) != nil, let column = reference(to: origin) else { return type }
      return .enumeration(.column(column))
    case .array(.text, let nullability):
      if list(of: origin) != nil, let column = reference(to: origin) {
        return .array(of: .enumeration(.column(column)), nullability)
      }
      return withoutNulls(type, origin)
    case .array: return withoutNulls(type, origin)
    default: return type
    }
  }

  private func withoutNulls(_ type: ValueType, _ origin: ColumnOrigin) -> ValueType {
    analyzer.hasNoNullElements(origin) ? type.withoutNullElements : type
  }

  func reference(to origin: ColumnOrigin) -> ColumnReference? {
    guard let column = types.catalog.relations[origin.relation]?.column(origin.attribute) else { return nil }
    return ColumnReference(table: types.name(ofRelation: origin.relation), column: column.name)
  }
}
