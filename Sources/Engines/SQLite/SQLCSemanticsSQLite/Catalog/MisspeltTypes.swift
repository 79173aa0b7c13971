// One word that is misspelt in many columns is one mistake.

import SQLCDiagnostics

/// Warnings about the same type are one, where it is written first: with how often it is, and where.
func misspeltTypesOnce(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
  let rule = CatalogRule.misspeltType.id
  var first: [String: Int] = [:]
  var others: [String: [SourceRange]] = [:]
  var merged: [Diagnostic] = []
  for diagnostic in diagnostics {
    guard diagnostic.id == rule else {
      merged.append(diagnostic)
      continue
    }
    let key = diagnostic.message.asciiLowercased
    if first[key] == nil {
      first[key] = merged.count
      merged.append(diagnostic)
    } else {
      others[key, default: []].append(diagnostic.primary.source)
    }
  }
  for (key, places) in others {
    guard let index = first[key] else { continue }
    merged[index].secondary += places.prefix(shownPlaces).map { DiagnosticLabel($0, "here too") }
    let rest = places.count - shownPlaces
    merged[index].notes.append(
      "\(places.count + 1) columns have this type" + (rest > 0 ? "; \(rest) of them are not shown" : ""))
  }
  return merged
}

/// More would hide what else there is to say.
private let shownPlaces = 20
