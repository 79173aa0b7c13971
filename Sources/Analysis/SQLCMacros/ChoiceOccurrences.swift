// The names of choices, for editors.

import SQLCDiagnostics
package import SQLCModel

extension VariantSyntax {
  /// Each written name of a predicate, an assignment or an order: it stands in one place.
  package var occurrences: [SymbolOccurrence] {
    writtenNames.map { name in
      let place = SourceRange(path: source.path, range: name.range)
      return SymbolOccurrence(.local(LocalSymbol(.choice, name.text, definition: place)), .definition, at: place)
    }
  }
}
