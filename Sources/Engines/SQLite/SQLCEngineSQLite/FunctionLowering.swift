// Functions of the application, in the words of the model.

public import SQLCModel
public import SQLCSemanticsSQLite

/// The function as code is generated for it; `name` as the configuration spells it.
public func functionModel(of function: SemanticsOptions.UserFunction, named name: String) -> FunctionModel {
  let kind: FunctionModel.Kind = function.definition.kind == .scalar ? .scalar : .aggregate
  let absence: FunctionModel.Absence =
    switch function.nullability {
    case .arguments: .ofArguments
    case .always: .always
    case .never: .never
    }
  return FunctionModel(
    name: name, kind: kind, arguments: function.arguments?.map(valueType), result: valueType(of: function.result),
    absence: absence)
}
