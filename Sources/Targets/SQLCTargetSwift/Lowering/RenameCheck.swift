// Renames of the configuration that can apply to nothing are said where they stand.

import SQLCDiagnostics
import SQLCModel

extension Lowering {
  func checkRenames(_ model: GenerationModel) -> [Diagnostic] {
    guard !options.renamePlaces.isEmpty else { return [] }
    let known = renameable(model)
    let keys = Set(known.map { $0.lowercased() })
    return options.renamePlaces.sorted { $0.key < $1.key }.compactMap { name, place in
      guard !keys.contains(name.lowercased()) else { return nil }
      return TargetDiagnostic.unusedRename(
        name: name, candidates: nearestNames(to: name, among: known.sorted()), at: place
      ).diagnostic
    }
  }

  /// Every name that a `rename` entry can be for.
  private func renameable(_ model: GenerationModel) -> Set<String> {
    var names: Set<String> = []
    for table in model.tables {
      names.insert(table.name.description)
      names.insert(naming.singularName(ofTable: table.name))
      names.formUnion(table.columns.map(\.name))
    }
    for enumeration in model.enumerations {
      names.formUnion(enumeration.values)
      names.formUnion(enumeration.id.renameKeys)
    }
    for composite in model.composites {
      names.insert(composite.name.description)
      names.formUnion(composite.fields.map(\.name))
    }
    names.formUnion(model.functions.map(\.name) + model.collations)
    for query in model.queries {
      names.formUnion(query.parameters.map(\.name))
      for result in query.results {
        switch result {
        case .column(let column): names.insert(column.name)
        case .embed(let embed):
          names.insert(embed.name)
          names.insert(naming.singularName(ofTable: QualifiedName(embed.name)))
          names.formUnion(embed.columns.map(\.name))
        }
      }
      names.formUnion((query.variants?.filters ?? []).map(\.name) + (query.variants?.terms ?? []).map(\.name))
    }
    return names
  }
}
