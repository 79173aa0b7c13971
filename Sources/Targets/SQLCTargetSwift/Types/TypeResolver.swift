// Which Swift type a column, parameter or result has: the most particular rule that matches, else the standard type.
import SQLCEngine
import SQLCModel

/// Answers for one model.
struct TypeResolver: Sendable {
  private let options: SwiftOptions
  private let vocabulary: any RuntimeVocabulary
  private let names: TypeNames
  /// By the column that the key is.
  var keys: [ColumnReference: KeyType] = [:]
  private var knownComposites: Set<QualifiedName> = []
  /// Declared types by lower-cased table and column, where a rule may ask for them.
  private let declaredTypes: [ColumnReference: String]

  init(
    _ model: GenerationModel, options: SwiftOptions, vocabulary: any RuntimeVocabulary, names: TypeNames
  ) {
    self.options = options
    self.vocabulary = vocabulary
    self.names = names
    var declared: [ColumnReference: String] = [:]
    let rows = model.tables.map { ($0.name, $0.columns) } + model.composites.map { ($0.name, $0.fields) }
    for (name, columns) in rows where !options.overrides.isEmpty {
      for column in columns {
        let spelled = vocabulary.valueTypes == .byName ? column.typeName : nil
        declared[ColumnReference(table: name, column: column.name).lowercased] = column.declaredType ?? spelled
      }
    }
    declaredTypes = declared
    // Fields can be of composite types themselves: until no more of them fails.
    var known = Dictionary(model.composites.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    knownComposites = Set(known.keys)
    while true {
      let unknown = known.filter { name, composite in
        composite.fields.contains { field in
          let origin = ColumnReference(table: name, column: field.name)
          return self.known(field.type, origin: origin, isOptional: field.nullability.isOptional) == nil
        }
      }
      if unknown.isEmpty { break }
      for name in unknown.keys {
        known[name] = nil
        knownComposites.remove(name)
      }
    }
  }

  /// Has each field of the composite type a Swift type?
  func isKnown(_ composite: QualifiedName) -> Bool { knownComposites.contains(composite) }

  /// A result or parameter of a query, for rules about those and about its type.
  struct Use {
    var query: String
    var name: String
    /// Its type as the engine spells it.
    var typeName: String
  }

  /// What has no type at all is diagnosed by `checkTypes`; nothing is written then.
  ///
  /// - Parameter key: the key that the value is.
  func type(
    _ type: ValueType, origin: ColumnReference?, key: ColumnReference? = nil, isOptional: Bool, use: Use? = nil
  ) -> SwiftType {
    known(type, origin: origin, key: key, isOptional: isOptional, use: use) ?? SwiftType("Never")
  }

  func known(
    _ type: ValueType, origin: ColumnReference?, key: ColumnReference? = nil, isOptional: Bool, use: Use? = nil
  ) -> SwiftType? {
    if let own = key.flatMap({ keys[$0] })?.type(for: type),
      !options.overrides.contains(where: {
        $0.scope.includes(isOptional: isOptional) && rank(of: $0, type, origin, use) ?? 0 > 0
      })
    {
      return own
    }
    if options.overrides.isEmpty { return standard(type) }
    let rule = options.overrides.filter { $0.scope.includes(isOptional: isOptional) }
      .compactMap { rule in rank(of: rule, type, origin, use).map { (rank: $0, rule: rule) } }
      .max { $0.rank < $1.rank }
    if let rule { return SwiftType(rule.rule, vocabulary) }
    return array(type, of: origin.flatMap { declaredTypes[$0.lowercased] } ?? use?.typeName) ?? standard(type)
  }

  /// Does a rule for the column itself say its type?
  func isChosen(_ type: ValueType, _ column: ColumnReference) -> Bool {
    options.overrides.contains { rank(of: $0, type, column, nil) ?? 0 > 0 }
  }

  /// An array whose elements have a rule for their type, where arrays are spelled with brackets behind it.
  private func array(_ type: ValueType, of name: String?) -> SwiftType? {
    guard case .array(_, let nullability) = type.withoutDomains, vocabulary.valueTypes == .byName, let name,
      name.hasSuffix("[]")
    else { return nil }
    let element = String(name.dropLast(2))
    let isOptional = nullability == .possible
    let rule = options.overrides.first { rule in
      guard case .databaseType(let wanted) = rule.target, rule.codec == .natural else { return false }
      return rule.scope.includes(isOptional: isOptional) && vocabulary.declaredType(element, fits: wanted)
    }
    return rule.map { rule in
      let type = SwiftType(rule, vocabulary)
      return SwiftType("[\(type.written(isOptional: isOptional))]", module: type.module)
    }
  }

  private func standard(_ type: ValueType) -> SwiftType? {
    guard type.composites.allSatisfy(isKnown) else { return nil }
    return .standard(type, options: options, vocabulary: vocabulary, names: names)
  }

  /// How particular a rule is where it matches: a result before a column, a column before a pattern (the longer
  /// first), a pattern before a declared type.
  private func rank(
    of rule: SwiftOverride, _ type: ValueType, _ origin: ColumnReference?, _ use: Use?
  ) -> Int? {
    switch rule.target {
    case .result(let query, let name):
      guard let use, use.query == query, use.name.lowercased() == name.lowercased() else { return nil }
      return Int.max
    case .column(let written):
      let pattern = columnPattern(written)
      guard let origin, matches(origin.description, pattern: pattern) else { return nil }
      return pattern.contains("*") ? 1 + pattern.count : Int.max - 1
    case .databaseType(let wanted):
      if let origin, let declared = declaredTypes[origin.lowercased] {
        return vocabulary.declaredType(declared, fits: wanted) ? 0 : nil
      }
      switch vocabulary.valueTypes {
      case .byMeaning: return declaredType(wanted, means: type) ? 0 : nil
      case .byName: return use.map { vocabulary.declaredType($0.typeName, fits: wanted) } ?? false ? 0 : nil
      }
    }
  }
}

extension SwiftOverride.Scope {
  func includes(isOptional: Bool) -> Bool {
    switch self {
    case .all: true
    case .nullableOnly: isOptional
    case .nonNullOnly: !isOptional
    }
  }
}

extension ColumnReference {
  /// To compare names as they are compared where case does not count.
  var lowercased: ColumnReference { ColumnReference(table: table.lowercased, column: column.lowercased()) }
}
