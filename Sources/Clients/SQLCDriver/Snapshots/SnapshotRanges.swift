// Places of a query, moved: a snapshot counts them from the query's own annotation.

import SQLCDiagnostics
import SQLCModel

extension QueryModel {
  /// With every place as `move` has it.
  func movingPlaces(_ move: (SourceRange) -> SourceRange) -> QueryModel {
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
      for index in choices.order.indices { choices.order[index].source = move(choices.order[index].source) }
      moved.variants = choices
    }
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

extension ModelNullability {
  fileprivate func movingPlaces(_ move: (SourceRange) -> SourceRange) -> ModelNullability {
    guard case .optional(let reason, var place?) = self else { return self }
    place.source = move(place.source)
    return .optional(reason: reason, at: place)
  }
}
