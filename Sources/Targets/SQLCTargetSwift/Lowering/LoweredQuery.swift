// A query with its Swift names and types settled; what structs, methods, protocol and stub are made of.

import SQLCDiagnostics
import SQLCEngine
import SQLCModel

struct LoweredQuery: Sendable {
  var model: QueryModel
  var typeName: SwiftName
  var methodName: SwiftName
  var shape: RowShape
  /// What a caller gives: its parameters, in order of their index; for a query with variants its choices too.
  var parameters: [Parameter]
  var variants: LoweredVariants?

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
      var defaultValue: SwiftCode
    }

    var writtenType: SwiftCode {
      if let form { return form.written }
      let element = type.written(isOptional: isOptional)
      return model.isSlice ? "[\(element)]" : element
    }

    /// In the parameter list of a function: what `sqlc.narg` names may be left out.
    var defaultValue: SwiftCode {
      if let form { return " = \(form.defaultValue)" }
      return model.isNullableArgument && isOptional && !model.isSlice ? " = nil" : ""
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
    let parameters = query.parameters.enumerated().map { position, parameter in
      let isOptional = parameter.nullability.isOptional
      return LoweredQuery.Parameter(
        model: parameter,
        name: unique.claim(naming.property(parameter.name, kind: queryProperty, position: position + 1)).name,
        type: types.type(
          parameter.type, origin: parameter.origin, key: parameter.key, isOptional: isOptional,
          use: use(of: parameter, in: query)),
        isOptional: isOptional)
    }
    var lowered = LoweredQuery(
      model: query, typeName: typeName, methodName: SwiftName(naming.method(ofQuery: naming.query(query.name))),
      shape: shape.value,
      parameters: parameters)
    if let variants = query.variants {
      (lowered.parameters, lowered.variants) = lowerVariants(variants, of: query, typeName: typeName)
    }
    return Diagnosed(lowered, shape.diagnostics)
  }
}
