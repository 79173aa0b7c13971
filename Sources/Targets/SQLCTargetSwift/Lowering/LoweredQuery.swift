// A query with its Swift names and types settled; what structs, methods, protocol and stub are made of.

import SQLCDiagnostics
import SQLCEngine
import SQLCModel

struct LoweredQuery: Sendable {
  var model: QueryModel
  var typeName: SwiftName
  var methodName: SwiftName
  var shape: RowShape
  /// What a caller gives: its parameters, in order of their index, a list of rows as one; for a query with variants its choices
  /// too.
  var parameters: [Parameter]
  var variants: LoweredVariants?
  var rowLists: [LoweredRowList] = []
  /// The SQL's own parameters, by index, and where their values come from.
  var bound: [BoundParameter]

  struct Parameter: Sendable {
    var model: ParameterModel
    var name: SwiftName
    var type: SwiftType
    var isOptional: Bool
    /// How a choice is written, which is no parameter of the SQL.
    var form: Form?
    var documentation: [String] = []

    struct Form: Sendable {
      var written: SwiftCode
      var defaultValue: SwiftCode?
    }

    var writtenType: SwiftCode {
      if let form { return form.written }
      let element = type.written(isOptional: isOptional)
      return model.isSlice ? "[\(element)]" : element
    }

    /// In the parameter list of a function: what `sqlc.narg` names may be left out.
    var defaultValue: SwiftCode {
      if let form { return form.defaultValue.map { " = \($0)" } ?? "" }
      return model.isNullableArgument && isOptional && !model.isSlice ? " = nil" : ""
    }
  }

  /// A parameter of the SQL, and where its value comes from.
  struct BoundParameter: Sendable {
    var parameter: Parameter
    var source: Source
    /// Of the elements of a list of rows, the property.
    var field: SwiftName?

    enum Source: Sendable {
      case own(SwiftName)
      /// A property that may be left out.
      case filter(SwiftName, LoweredVariants.Form, Content)
      /// A value of the cursor.
      case cursor
    }

    enum Content: Sendable {
      case value
      /// A struct, of which the value is a member.
      case member(SwiftName)
    }
  }

  /// The protocol of the runtime that says how its rows are given.
  func protocolName(_ vocabulary: any RuntimeVocabulary) -> SwiftCode {
    let kind = kindName(vocabulary)
    return variants == nil ? kind : "\(kind), VariantQuery"
  }

  private func kindName(_ vocabulary: any RuntimeVocabulary) -> SwiftCode {
    switch model.command.single {
    case .one where model.nesting != nil: "NestedOneQuery"
    case .many where model.nesting != nil: "NestedManyQuery"
    case .one: model.rowCount == .exactlyOne ? "ExactlyOneQuery" : "AtMostOneQuery"
    case .many: "ManyQuery"
    case .exec: "ExecQuery"
    case .execrows where model.bulk != nil: "BulkQuery"
    case .execrows: "ExecRowsQuery"
    case .execlastid: model.insertedRowID == .always ? "ExecLastIDQuery" : "ExecOptionalLastIDQuery"
    case .execresult:
      model.insertedRowID == .never
        ? SwiftCode(stringLiteral: vocabulary.resultWithoutRowID) : "ExecResultQuery"
    // None is the command of a single run.
    case .copyfrom, .batchexec, .batchmany, .batchone: "ExecQuery"
    }
  }

  /// Types inside the structs that its caller gives.
  var innerTypes: [SwiftType] { (variants?.innerTypes ?? []) + rowLists.flatMap { $0.members.map(\.type) } }

  /// The type of one row, seen from outside the query's struct.
  var rowType: SwiftCode? {
    switch shape {
    case .none: nil
    case .scalar(let field): field.writtenType
    case .model(let type): "\(type)"
    case .own: "\(typeName).Row"
    }
  }

  /// What a method gives back; absent for nothing.
  var outputType: SwiftCode? {
    switch model.command.single {
    case .one: rowType.map { model.rowCount == .exactlyOne ? $0 : "\($0)?" }
    case .many: rowType.map { "[\($0)]" }
    case .exec: nil
    case .execrows: "Int"
    case .execlastid: model.insertedRowID == .always ? "Int64" : "Int64?"
    case .execresult: "ExecResult"
    case .copyfrom, .batchexec, .batchmany, .batchone: nil
    }
  }
}

extension Lowering {
  /// What a query's struct is declared with is its own, or another module's.
  var queryProperty: MemberKind { vocabulary.runsElsewhere ? .portableProperty : .queryProperty }

  func lower(_ query: QueryModel) -> Diagnosed<LoweredQuery> {
    let shape = shape(of: query)
    let typeName = names.queries[query.name] ?? SwiftName(query.name)
    var unique = UniqueNames()
    var typeNames = nestedTypeNames(of: query)
    var lists: [LoweredRowList] = []
    let units = arguments(
      query.variants == nil ? query.parameters : [], of: query, typeName: typeName, &unique, &typeNames, &lists)
    var lowered = LoweredQuery(
      model: query, typeName: typeName, methodName: SwiftName(naming.method(ofQuery: naming.query(query.name))),
      shape: shape.value, parameters: units.map(\.argument), rowLists: lists, bound: units.flatMap(\.bound))
    if let variants = query.variants { lowerVariants(variants, of: query, rows: shape.value, into: &lowered) }
    lowered.bound.sort { $0.parameter.model.index < $1.parameter.model.index }
    return Diagnosed(lowered, shape.diagnostics)
  }
}

extension ArgumentUnit {
  /// The parameters of the SQL, taken from the query's own properties.
  var bound: [LoweredQuery.BoundParameter] {
    members.map {
      LoweredQuery.BoundParameter(
        parameter: $0, source: .own(argument.name), field: kind == .rows ? $0.name : nil)
    }
  }
}
