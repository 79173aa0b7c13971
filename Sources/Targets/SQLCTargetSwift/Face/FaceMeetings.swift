// Where one engine has arrays and another keeps them as JSON, both meet in an array of Swift's.

import SQLCDiagnostics
import SQLCEngine
import SQLCModel

/// The blocks, with a rule for each JSON value whose counterpart on another engine is an array: it is that array, by its codec.
func meetingInArrays(_ blocks: [FaceBlock]) -> [FaceBlock] {
  blocks.map { block in
    var block = block
    for other in blocks where other.vocabulary.engine != block.vocabulary.engine {
      let known = Set(block.options.overrides.map(\.target))
      block.options.overrides += arrays(of: block, as: other).filter { !known.contains($0.target) }
    }
    return block
  }
}

private func arrays(of block: FaceBlock, as other: FaceBlock) -> [SwiftOverride] {
  func rule(_ target: SwiftOverride.Target, _ mine: ValueType, _ theirs: ValueType) -> SwiftOverride? {
    guard case .json = mine.withoutDomains, case .array(let element, let nullability) = theirs.withoutDomains,
      nullability == .never, let type = other.vocabulary.portableType(of: element.withoutDomains), type.codec == nil,
      ["Bool", "Double", "Int64", "String"].contains(type.name.description)
    else { return nil }
    return SwiftOverride(target, typeName: "[\(type.name)]", codec: .json, source: block.place)
  }
  var rules: [SwiftOverride] = []
  let tables = Dictionary(
    other.model.tables.map { ($0.name.name.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })
  for table in block.model.tables {
    guard let match = tables[table.name.name.lowercased()] else { continue }
    for column in table.columns {
      guard let twin = match.columns.first(where: { $0.name.lowercased() == column.name.lowercased() }) else {
        continue
      }
      rules += [rule(.column("\(table.name).\(column.name)"), column.type, twin.type)].compactMap(\.self)
    }
  }
  let queries = Dictionary(other.model.queries.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  for query in block.model.queries {
    guard let match = queries[query.name] else { continue }
    for parameter in query.parameters where parameter.origin == nil {
      guard let twin = match.parameters.first(where: { $0.name == parameter.name }) else { continue }
      rules += [rule(.result(query: query.name, name: parameter.name), parameter.type, twin.type)].compactMap(\.self)
    }
    for (name, column) in query.flatColumns where column.origin == nil {
      guard let twin = match.flatColumns.first(where: { $0.name == name }) else { continue }
      rules += [rule(.result(query: query.name, name: column.name), column.type, twin.column.type)].compactMap(\.self)
    }
  }
  return rules
}
