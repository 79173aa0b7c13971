// Which Swift type a column, parameter or result has: the most particular rule that matches, else the standard type.
import SQLCEngine
import SQLCModel

/// Answers for one model.
struct TypeResolver: Sendable {
  private let options: SwiftOptions
  private let vocabulary: any RuntimeVocabulary
  private let enumerationNames: [EnumerationModel.ID: SwiftName]
  /// Declared types by lower-cased table and column, where a rule may ask for them.
  private let declaredTypes: [ColumnReference: String]

  init(
    _ model: GenerationModel, options: SwiftOptions, vocabulary: any RuntimeVocabulary,
    enumerationNames: [EnumerationModel.ID: SwiftName]
  ) {
    self.options = options
    self.vocabulary = vocabulary
    self.enumerationNames = enumerationNames
    var declared: [ColumnReference: String] = [:]
    for table in model.tables where !options.overrides.isEmpty {
      for column in table.columns {
        declared[ColumnReference(table: table.name, column: column.name).lowercased] = column.declaredType
      }
    }
    declaredTypes = declared
  }

  /// `use` names the query and its result or parameter, for rules about those. What has no type at all is diagnosed by
  /// `checkTypes`; nothing is written then.
  func type(
    _ type: ValueType, origin: ColumnReference?, isOptional: Bool, use: (query: String, name: String)? = nil
  ) -> SwiftType {
    known(type, origin: origin, isOptional: isOptional, use: use) ?? SwiftType("Never")
  }

  func known(
    _ type: ValueType, origin: ColumnReference?, isOptional: Bool, use: (query: String, name: String)? = nil
  ) -> SwiftType? {
    if options.overrides.isEmpty {
      return .standard(type, options: options, vocabulary: vocabulary, enumerationNames: enumerationNames)
    }
    let rule = options.overrides.filter { $0.scope.includes(isOptional: isOptional) }
      .compactMap { rule in rank(of: rule, type, origin, use).map { (rank: $0, rule: rule) } }
      .max { $0.rank < $1.rank }
    if let rule { return SwiftType(rule.rule, vocabulary) }
    return .standard(type, options: options, vocabulary: vocabulary, enumerationNames: enumerationNames)
  }

  /// How particular a rule is where it matches: a result before a column, a column before a pattern (the longer
  /// first), a pattern before a declared type.
  private func rank(
    of rule: SwiftOverride, _ type: ValueType, _ origin: ColumnReference?, _ use: (query: String, name: String)?
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
        return declaredType(declared, fits: wanted) ? 0 : nil
      }
      return declaredType(wanted, means: type) ? 0 : nil
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
