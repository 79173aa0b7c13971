// Where fragments and their parameters are named.

import SQLCDiagnostics
import SQLCModel

extension FragmentBook {
  /// The names in the text of a file's queries and fragments that stand for fragments and their parameters.
  func occurrences(in contents: QueryFileContents) -> [SymbolOccurrence] {
    var found: [SymbolOccurrence] = []
    for fragment in contents.fragments {
      let path = fragment.source.path
      func at(_ range: ByteRange) -> SourceRange { SourceRange(path: path, range: range) }
      found.append(SymbolOccurrence(.fragment(fragment.name), .definition, at: at(fragment.nameRange)))
      for parameter in fragment.parameters {
        found.append(SymbolOccurrence(fragment.symbol(of: parameter), .definition, at: at(parameter.range)))
      }
      let tokens = tokens(of: fragment)
      for index in tokens.indices {
        guard let name = tokens.fragmentParameter(at: index),
          let parameter = fragment.parameters.first(where: { $0.name == name.name })
        else { continue }
        // The name alone: behind the sign, or between the parentheses.
        let place = tokens.isSymbol("@", index) ? index + 1 : index + 4
        found.append(SymbolOccurrence(fragment.symbol(of: parameter), .reference, at: at(tokens.tokens[place].range)))
      }
      found += occurrences(in: tokens)
    }
    for query in contents.queries where query.usesFragments {
      found += occurrences(in: FragmentTokens(source: query.source, tokens: query.tokens, rules: rules))
    }
    return found
  }

  private func occurrences(in tokens: FragmentTokens) -> [SymbolOccurrence] {
    tokens.uses().flatMap { reading -> [SymbolOccurrence] in
      guard case .use(let use) = reading, let fragment = self[use.name] else { return [] }
      let path = tokens.source.path
      let name = SymbolOccurrence(
        .fragment(use.name), .reference, at: SourceRange(path: path, range: use.nameRange))
      return [name]
        + use.arguments.compactMap { argument in
          fragment.parameters.first { $0.name == argument.name }.map {
            SymbolOccurrence(
              fragment.symbol(of: $0), .reference, at: SourceRange(path: path, range: argument.nameRange))
          }
        }
    }
  }
}

extension Fragment {
  fileprivate func symbol(of parameter: Parameter) -> SQLSymbol {
    .local(
      LocalSymbol(
        .fragmentParameter, parameter.name, definition: SourceRange(path: source.path, range: parameter.range)))
  }
}
