import SQLCTreePostgreSQL

extension QueryScope {
  func cause(of call: Call, _ context: Context) -> NullCause? {
    let function = analyzer.function(of: call)
    let name = analyzer.name(of: call)
    let offset = call.offset.value
    let arguments = call.arguments
    if call.returnsSet { return rowCause(of: call, column: 1, context) }
    guard let rule = analyzer.rule(of: function) else {
      if let cause = bodyCause(of: function, call, context) { return cause.cause }
      return NullCause(.function(name), at: offset)
    }
    switch rule {
    case .total: return cause(ofAny: arguments, context)
    case .finite:
      // `to_char(t, '')` is NULL for any time.
      guard name != "to_char" || hasText(arguments.at(1)), !arguments.contains(where: isInfinite) else {
        return NullCause(.function(name), at: offset)
      }
      return cause(ofAny: arguments, context)
    case .onlyFor(let positions):
      if call.isVariadic { return NullCause(.variadic(name), at: offset) }
      if arguments.contains(where: { if case .named = $0 { true } else { false } }) {
        return cause(ofAny: arguments, context)
      }
      return cause(ofAny: positions.compactMap { arguments.at($0) }, context)
    case .unlessAny:
      var first: NullCause?
      for argument in arguments {
        guard let cause = cause(argument, context) else { return nil }
        first = first ?? cause
      }
      return first
    case .may(let reason): return NullCause(.functionFor(name, reason: reason), at: offset)
    case .never, .rows, .rowsAndArgument, .frame: return NullCause(.function(name), at: offset)
    }
  }

  private func hasText(_ expression: Expression?) -> Bool {
    guard let expression, case .constant(let constant) = withoutRelabels(expression), let bytes = constant.bytes else {
      return false
    }
    return bytes.count > 4
  }

  /// Whether the infinity of times is written there (`'infinity'::timestamptz`, a text that is converted), or is the default of
  /// a column of a table that stands there.
  private func isInfinite(_ expression: Expression) -> Bool {
    expression.contains { part, depth in
      switch part {
      case .constant(let constant): return self.isInfinite(constant)
      case .variable(let variable):
        guard variable.levelsUp == depth,
          case .relation(let relation, _)? = parts.ranges.at(variable.range - 1)?.kind,
          let text = catalog.relations[relation]?.column(variable.attribute)?.defaultValue
        else { return false }
        return analyzer.expressions(of: text)?.contains(where: isInfinite) ?? false
      default: return false
      }
    }
  }

  private func isInfinite(_ constant: Constant) -> Bool {
    guard let bytes = constant.bytes else { return false }
    switch constant.type {
    case .timestamp, .timestamptz: return isExtreme(bytes)
    case .date: return isExtreme(Array(bytes.prefix(4)))
    case .interval: return bytes.count == 16 && isExtreme(Array(bytes.prefix(8)))
    case .text, .unknown:
      let text = String(decoding: bytes.filter { $0 > 32 && $0 < 127 }, as: UTF8.self).lowercased()
      return text.hasSuffix("infinity")
    default: return false
    }
  }

  /// The greatest or the least of its length, little-endian.
  private func isExtreme(_ bytes: [UInt8]) -> Bool {
    guard let last = bytes.last else { return false }
    let rest = bytes.dropLast()
    return last == 0x7f ? rest.allSatisfy { $0 == 0xff } : last == 0x80 && rest.allSatisfy { $0 == 0 }
  }

  func cause(of comparison: ArrayComparison, _ context: Context) -> NullCause? {
    let function = analyzer.function(comparison.function, of: comparison.operator)
    guard analyzer.rule(of: function) == .total else {
      return NullCause(.function(analyzer.name(of: function)), at: comparison.offset.value)
    }
    return cause(ofAny: [comparison.value, comparison.array], context)
      ?? elementCause(comparison.array, context, at: comparison.offset.value)
  }

  /// Why an element of an array can be NULL. Those of a parameter never are: the generated method cannot send one.
  func elementCause(_ array: Expression, _ context: Context, at offset: Int?) -> NullCause? {
    let unknown = NullCause(.arrayElement, at: array.offset ?? offset)
    switch array {
    case .parameter(let parameter): return parameter.kind == .external && !isInFunction ? nil : unknown
    case .array(let array):
      if array.shape == .arrays {
        for element in array.elements { if let cause = elementCause(element, context, at: offset) { return cause } }
        return nil
      }
      return cause(ofAny: array.elements, context)
    case .constant(let constant):
      guard let bytes = constant.bytes else { return nil }
      // An array's header: length, dimensions, and the place of its data, which is zero where no element is NULL.
      return bytes.count >= 12 && bytes[8..<12].allSatisfy { $0 == 0 } ? nil : unknown
    case .conversion(let conversion):
      switch conversion.kind {
      case .relabel: return elementCause(conversion.argument, context, at: offset)
      case .elements(let by):
        return isTotalOverElement(by) ? elementCause(conversion.argument, context, at: offset) : unknown
      case .throughText, .row: return unknown
      }
    case .coalesce(let all, _):
      for one in all { if let cause = elementCause(one, context, at: offset) { return cause } }
      return nil
    case .subquery(let subquery) where subquery.kind == .array:
      return scope(of: subquery, context).columnCause(1).map { NullCause($0.reason, at: $0.offset ?? offset) }
    case .aggregate(let aggregate) where isBuiltin(aggregate.function, "array_agg"):
      guard aggregate.levelsUp == 0, let argument = aggregate.arguments.first(where: { !$0.isHidden }) else {
        return unknown
      }
      return cause(argument.expression, .input)
    case .call(let call):
      let function = analyzer.function(of: call)
      let splits = ["string_to_array", "regexp_split_to_array", "enum_range", "tsvector_to_array"]
      if splits.contains(where: { isBuiltin(function, $0) }) {
        // A third argument of string_to_array is the text that stands for NULL.
        return isBuiltin(function, "string_to_array") && call.arguments.count > 2 ? unknown : nil
      }
      return unknown
    default: return unknown
    }
  }

  func isBuiltin(_ function: ObjectID, _ name: String) -> Bool {
    guard let description = catalog.functions[function] else { return false }
    return description.schema == "pg_catalog" && description.name == name
  }

  /// The expression that converts an element is NULL for a NULL element only.
  private func isTotalOverElement(_ expression: Expression) -> Bool {
    switch expression {
    case .caseTest, .constant: true
    case .conversion(let conversion): isTotalOverElement(conversion.argument)
    case .call(let call):
      analyzer.rule(of: analyzer.function(of: call)) == .total && call.arguments.allSatisfy(isTotalOverElement)
    case .domain(let inner, _, _): isTotalOverElement(inner)
    default: false
    }
  }

  func cause(of subquery: Subquery, _ context: Context) -> NullCause? {
    let offset = subquery.offset.value
    switch subquery.kind {
    case .exists, .array: return nil
    case .scalar:
      let inner = scope(of: subquery, context)
      guard inner.cardinality.count == .exactlyOne || inner.isFoundByForeignKey() else {
        return NullCause(.subqueryWithoutRow, at: offset)
      }
      return inner.columnCause(1)
    case .any, .all:
      let inner = scope(of: subquery, context)
      guard let test = subquery.test else { return NullCause(.comparisonWithSubquery, at: offset) }
      let calls = comparisons(of: test)
      guard !calls.isEmpty, calls.count == inner.resultTargets.count else {
        return NullCause(.comparisonWithSubquery, at: offset)
      }
      for (index, call) in calls.enumerated() {
        guard call.arguments.count == 2, analyzer.rule(of: analyzer.function(of: call)) == .total else {
          return NullCause(.comparisonWithSubquery, at: offset)
        }
        if let cause = cause(call.arguments[0], context) ?? inner.columnCause(index + 1) { return cause }
      }
      return nil
    case .rowComparison, .assigned, .commonTable: return NullCause(.comparisonWithSubquery, at: offset)
    }
  }

  // MARK: - Functions in FROM

  /// Set-returning functions whose rows have no NULL, if each argument is given.
  private static let fullRows: Set<String> = [
    "generate_series", "generate_subscripts", "jsonb_object_keys", "json_object_keys", "jsonb_array_elements",
    "json_array_elements", "regexp_split_to_table", "jsonb_path_query", "string_to_table", "jsonb_each", "json_each",
    "regexp_matches",
  ]

  func functionCause(_ functions: [RangeFunction], _ hasOrdinality: Bool, _ attribute: Int) -> NullCause? {
    let width = functions.reduce(0) { $0 + $1.columnCount }
    if hasOrdinality, attribute == width + 1 { return nil }
    guard functions.count == 1, let expression = functions.first?.expression else { return NullCause(.filledUp) }
    guard case .call(let call) = expression else { return cause(expression, .input) }
    return rowCause(of: call, column: attribute, .input)
  }

  /// Why a column of a function's rows can be NULL: of one in FROM, or of one in the target list that gives several.
  private func rowCause(of call: Call, column: Int, _ context: Context) -> NullCause? {
    let function = analyzer.function(of: call)
    guard let description = catalog.functions[function] else { return NullCause(.function("a function")) }
    let unknown = NullCause(.function(description.name), at: call.offset.value)
    guard description.schema == "pg_catalog" else {
      if let found = bodyCause(of: function, call, context, column: column) { return found.cause }
      guard !call.returnsSet, isScalar(description.resultType) else { return unknown }
      return cause(of: call, context)
    }
    if Self.fullRows.contains(description.name) {
      return description.name == "string_to_table" && call.arguments.count == 3 ? unknown : nil
    }
    switch description.name {
    case "jsonb_each_text", "json_each_text": return column == 1 ? nil : unknown
    case "unnest":
      // unnest(tsvector) and arrays of rows have other columns.
      guard let array = call.arguments.first, isScalar(call.type),
        description.argumentTypes.first.flatMap({ catalog.types[$0]?.name }) == "anyarray"
      else { return unknown }
      return elementCause(array, context, at: call.offset.value)
    default:
      guard !call.returnsSet, isScalar(description.resultType) else { return unknown }
      return cause(of: call, context)
    }
  }

  private func isScalar(_ type: ObjectID) -> Bool {
    switch catalog.types[type]?.kind {
    case .base, .enumeration, .domain, .range, .multirange: true
    case .composite, .pseudo, nil: false
    }
  }
}

extension ObjectID {
  static let text: ObjectID = 25
  static let unknown: ObjectID = 705
  static let date: ObjectID = 1082
  static let timestamp: ObjectID = 1114
  static let timestamptz: ObjectID = 1184
  static let interval: ObjectID = 1186
}
