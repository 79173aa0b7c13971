// Rules of the configuration that can apply to nothing, or to something they do not fit, are errors where they stand.

import SQLCDiagnostics
import SQLCEngine
import SQLCModel

func checkOverrides(
  _ overrides: [SwiftOverride], _ vocabulary: any RuntimeVocabulary, _ model: GenerationModel
) -> [Diagnostic] {
  var diagnostics: [Diagnostic] = []
  var first: [String: SourceRange] = [:]
  for rule in overrides {
    if SwiftCode(type: rule.typeName) == nil {
      diagnostics.append(
        TargetDiagnostic.invalidOverride(text: rule.typeName, what: "type", at: rule.source).diagnostic)
    }
    if case .custom(let codec) = rule.codec, SwiftCode(type: codec) == nil {
      diagnostics.append(TargetDiagnostic.invalidOverride(text: codec, what: "type", at: rule.source).diagnostic)
    }
    if let form = rule.codec.form, vocabulary.codec(for: form) == nil {
      diagnostics.append(
        TargetDiagnostic.missingCodec(codec: form.rawValue, engine: vocabulary.engine, at: rule.source).diagnostic)
    }
    if let module = rule.module, !module.isEmpty, SwiftCode(module: module) == nil {
      diagnostics.append(TargetDiagnostic.invalidOverride(text: module, what: "module", at: rule.source).diagnostic)
    }
    let key = "\(rule.target.description.lowercased())/\(rule.scope.rawValue)"
    if let other = first[key] {
      diagnostics.append(
        TargetDiagnostic.duplicateOverride(target: rule.target.description, at: rule.source, other: other).diagnostic)
    } else {
      first[key] = rule.source
    }
    diagnostics += checkTarget(of: rule, vocabulary, model).map { diagnostic in
      var diagnostic = diagnostic
      // What all blocks share may be meant for another one.
      if rule.isShared, unknownTargets.contains(diagnostic.id) { diagnostic.severity = .warning }
      return diagnostic
    }
  }
  return diagnostics
}

/// A rule for something that is not there.
private let unknownTargets: Set = [
  SwiftRule.unknownOverrideColumn.id, SwiftRule.unknownOverrideType.id, SwiftRule.unknownOverrideResult.id,
]

private func checkTarget(
  of rule: SwiftOverride, _ vocabulary: any RuntimeVocabulary, _ model: GenerationModel
) -> [Diagnostic] {
  switch rule.target {
  case .databaseType(let name):
    let declared = declaredTypes(of: model, vocabulary)
    if rule.codec == .json {
      for table in model.tables {
        for column in table.columns where column.type == .blob {
          guard vocabulary.declaredType(column.declaredType ?? "", fits: name) else { continue }
          return [
            TargetDiagnostic.unfitCodec(
              codec: "json", column: "\(table.name).\(column.name)", storage: column.typeName, at: rule.source
            ).diagnostic
          ]
        }
      }
    }
    if declared.contains(where: { vocabulary.declaredType($0, fits: name) }) { return [] }
    let known = Set(declared.map(vocabulary.shownTypeName)).sorted()
    return [TargetDiagnostic.unknownOverrideType(type: name, candidates: known, at: rule.source).diagnostic]
  case .column(let written):
    let pattern = columnPattern(written)
    var found = false
    var diagnostics: [Diagnostic] = []
    var all: [String] = []
    let rows = model.tables.map { ($0.name, $0.columns) } + model.composites.map { ($0.name, $0.fields) }
    for (table, columns) in rows {
      for column in columns {
        let name = "\(table).\(column.name)"
        all.append(name)
        guard matches(name, pattern: pattern) else { continue }
        found = true
        if rule.codec == .json, column.type == .blob {
          diagnostics.append(
            TargetDiagnostic.unfitCodec(codec: "json", column: name, storage: column.typeName, at: rule.source)
              .diagnostic)
        }
      }
    }
    guard !found else { return diagnostics }
    return [
      TargetDiagnostic.unknownOverrideColumn(
        pattern: written, candidates: nearestNames(to: written, among: all), at: rule.source
      ).diagnostic
    ]
  case .result(let query, let name):
    let known = model.queries.filter { $0.name == query }.flatMap { query in
      query.parameters.map(\.name)
        + query.results.flatMap { result in
          switch result {
          case .column(let column): [column.name]
          case .embed(let embed): embed.columns.map(\.name)
          }
        }
    }
    if known.contains(where: { $0.lowercased() == name.lowercased() }) { return [] }
    return [
      TargetDiagnostic.unknownOverrideQuery(
        query: query, name: name, candidates: nearestNames(to: name, among: known), at: rule.source
      ).diagnostic
    ]
  }
}

/// Of columns and fields and, where every value has a declared type, of parameters and results.
private func declaredTypes(of model: GenerationModel, _ vocabulary: any RuntimeVocabulary) -> [String] {
  let declared =
    model.tables.flatMap { $0.columns.compactMap(\.declaredType) }
    + model.composites.flatMap { $0.fields.compactMap(\.declaredType) }
  switch vocabulary.valueTypes {
  case .byMeaning: return declared
  case .byName:
    return declared
      + model.queries.flatMap { query in
        query.parameters.map(\.typeName)
          + query.results.flatMap { result in
            switch result {
            case .column(let column): [column.typeName]
            case .embed(let embed): embed.columns.map(\.typeName)
            }
          }
      }
  }
}
