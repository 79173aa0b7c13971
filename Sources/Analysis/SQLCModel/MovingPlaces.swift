// Places of what is known of a query, each put where a function says: after an edit, and in files that count from elsewhere.

public import SQLCDiagnostics

extension QueryModel {
  /// With every place as `move` has it.
  public func movingPlaces(_ move: (SourceRange) -> SourceRange) -> QueryModel {
    var moved = self
    moved.source = move(source)
    moved.statement = move(statement)
    moved.parameters = parameters.map { parameter in
      var parameter = parameter
      parameter.source = move(parameter.source)
      parameter.nullability = parameter.nullability.movingPlaces(move)
      return parameter
    }
    moved.results = results.map { result in
      switch result {
      case .column(let column): return .column(column.movingPlaces(move))
      case .embed(var embed):
        embed.source = move(embed.source)
        embed.nullability = embed.nullability.movingPlaces(move)
        embed.columns = embed.columns.map { $0.movingPlaces(move) }
        return .embed(embed)
      }
    }
    if var choices = variants {
      for index in choices.filters.indices { choices.filters[index].source = move(choices.filters[index].source) }
      for order in choices.orders.indices {
        for term in choices.orders[order].terms.indices {
          choices.orders[order].terms[term].source = move(choices.orders[order].terms[term].source)
        }
      }
      moved.variants = choices
    }
    return moved
  }
}

extension QueryInspection {
  /// With every place as `move` has it.
  public func movingPlaces(_ move: (SourceRange) -> SourceRange) -> QueryInspection {
    var moved = self
    moved.columns = columns.map { $0.movingPlaces(move) }
    moved.parameters = parameters.map { $0.movingPlaces(move) }
    moved.occurrences = occurrences.map { $0.movingPlaces(move) }
    moved.unread = unread.map(move)
    return moved
  }
}

extension ResultColumnModel {
  fileprivate func movingPlaces(_ move: (SourceRange) -> SourceRange) -> ResultColumnModel {
    var moved = self
    moved.source = move(source)
    moved.nullability = nullability.movingPlaces(move)
    return moved
  }
}

extension InspectedValue {
  fileprivate func movingPlaces(_ move: (SourceRange) -> SourceRange) -> InspectedValue {
    var moved = self
    moved.source = move(source)
    if let facts { moved.facts?.nullability = facts.nullability.movingPlaces(move) }
    return moved
  }
}

extension SymbolOccurrence {
  fileprivate func movingPlaces(_ move: (SourceRange) -> SourceRange) -> SymbolOccurrence {
    var moved = self
    moved.source = move(source)
    if case .local(var symbol) = symbol {
      symbol.definition = move(symbol.definition)
      moved.symbol = .local(symbol)
    }
    return moved
  }
}

extension ModelNullability {
  fileprivate func movingPlaces(_ move: (SourceRange) -> SourceRange) -> ModelNullability {
    guard case .optional(let reason, var place?) = self else { return self }
    place.source = move(place.source)
    return .optional(reason: reason, at: place)
  }
}
