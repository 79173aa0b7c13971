import SQLCTreePostgreSQL

/// One place where a parameter stands, and what that says of it.
struct ParameterUse {
  enum Place {
    case between
    /// Stored in a column.
    case stored(mayBeNull: Bool)
    case other
  }
  var name: String?
  /// In words: why NULL makes sense there; nil where it does not.
  var allowsNull: String?
  var place: Place
  var origin: ColumnOrigin?
  /// Its value is one that the column of `origin` may have: compared by equality, or stored there.
  var sharesValues = false
  var isList = false
  var offset: Int?
}

extension StatementAnalyzer {
  func parameterFacts(
    of query: Query, _ description: StatementDescription, _ declared: [ParameterDeclaration]
  ) -> [ParameterFacts] {
    var visitor = ParameterVisitor(analyzer: self, count: description.parameterTypes.count)
    visitor.visit(query, [])
    return named(visitor.uses, description, declared)
  }

  /// A parameter's name is its author's; else that of the first place that gives it one; else its number's. NULL is allowed
  /// where its author says so, or where some place asks for it and none stores it in a column that has no NULL.
  func named(
    _ uses: [[ParameterUse]], _ description: StatementDescription, _ declared: [ParameterDeclaration]
  ) -> [ParameterFacts] {
    var taken = Set(declared.compactMap(\.name))
    return description.parameterTypes.enumerated().map { index, type in
      // Where it is written first; of several views of one place, the one that was found first.
      let here = (uses.at(index) ?? []).enumerated()
        .sorted { ($0.element.offset ?? .max, $0.offset) < ($1.element.offset ?? .max, $1.offset) }.map(\.element)
      let declaration = declared.at(index)
      var name = declaration?.name ?? ""
      if declaration?.name == nil {
        let between = here.first { if case .between = $0.place { $0.name != nil } else { false } }
        let base = between?.name ?? here.first { $0.name != nil }?.name ?? "param_\(index + 1)"
        name = base
        var number = 2
        while !taken.insert(name).inserted {
          name = "\(base)_\(number)"
          number += 1
        }
      }
      let isRefused = here.contains { if case .stored(mayBeNull: false) = $0.place { true } else { false } }
      let allowing = isRefused ? nil : here.first { $0.allowsNull != nil }
      let nullability: ValueNullability
      if declaration?.nullability == .nullable {
        nullability = .optional(reason: "sqlc.narg", byteOffset: nil)
      } else if let allowing, let reason = allowing.allowsNull {
        nullability = .optional(reason: reason, byteOffset: allowing.offset)
      } else {
        nullability = .never
      }
      return ParameterFacts(
        name: name, type: type, nullability: nullability, origin: here.first { $0.origin != nil }?.origin,
        valueOf: sharedColumn(here), role: here.contains { $0.isList } ? .list : .value,
        byteOffsets: here.compactMap(\.offset))
    }
  }

  /// The column whose values it has, in every place that asks for more than whether it is NULL.
  private func sharedColumn(_ uses: [ParameterUse]) -> ColumnOrigin? {
    // Of a list there is a second view, of the parameter as a list.
    let asking = uses.filter { $0.origin != nil || $0.name != nil }
    guard let first = asking.first?.origin, asking.allSatisfy({ $0.sharesValues && $0.origin == first }) else {
      return nil
    }
    return first
  }
}
