// Functions and modules of the application, from the types that the configuration declares.

import SQLCDiagnostics
import SQLCSyntaxSQLite

extension SemanticsOptions.UserFunction {
  /// - Parameters:
  ///   - arguments: declared types, as a column would have them; absent when any number of anything is taken.
  ///   - returns: the declared type of the result; empty for anything.
  public init(
    name: String, arguments: [String]?, returns: String, nullability: ResultNullability, kind: FunctionDefinition.Kind
  ) {
    self.init(
      definition: FunctionDefinition(
        name: name.asciiLowercased, kind: kind, minimumArguments: arguments?.count ?? 0,
        maximumArguments: arguments?.count),
      result: declaredFacts(returns, affinity: Affinity(declaredType: returns), nullability: .never),
      nullability: nullability,
      arguments: arguments?.map { declaredFacts($0, affinity: Affinity(declaredType: $0), nullability: .never) })
  }
}

/// The columns of a module's tables, from a list as CREATE TABLE has it. `HIDDEN` in a type keeps a column out of `*`
/// (SQLite, vtab.html#hidden_columns_in_virtual_tables). Nothing when the list cannot be read.
public func moduleColumns(_ list: String) -> [Column]? {
  let script = parseScript(SourceFile(path: "module", text: "CREATE TABLE module(\(list))"))
  let catalog = buildCatalog(from: [script.value], options: SemanticsOptions(strictPrimaryKeys: true))
  guard !script.diagnostics.hasErrors, !catalog.diagnostics.hasErrors,
    case .table(let table)? = catalog.value.relations["module"]
  else { return nil }
  return table.columns.map { column in
    var column = column
    column.definition = nil
    let words = (column.declaredType ?? "").split(separator: " ")
    guard words.contains(where: { $0.asciiLowercased == "hidden" }) else { return column }
    let type = words.filter { $0.asciiLowercased != "hidden" }.joined(separator: " ")
    column.visibility = .hidden
    column.declaredType = type.isEmpty ? nil : type
    column.affinity = Affinity(declaredType: column.declaredType)
    column.facts = declaredFacts(
      column.declaredType, affinity: column.affinity, nullability: column.facts.nullability)
    return column
  }
}

/// sqlite-vec's scalar functions over float32 vectors, which SQLCRuntime brings along too (`SQLFunction.vectors`).
public let vectorFunctions: [SemanticsOptions.UserFunction] = {
  func function(_ name: String, _ arguments: [String], _ returns: String) -> SemanticsOptions.UserFunction {
    SemanticsOptions.UserFunction(
      name: name, arguments: arguments, returns: returns, nullability: .arguments, kind: .scalar)
  }
  return [
    function("vec_distance_l2", ["VECTOR", "VECTOR"], "REAL"),
    function("vec_distance_l1", ["VECTOR", "VECTOR"], "REAL"),
    // A vector of zeros has no direction.
    SemanticsOptions.UserFunction(
      name: "vec_distance_cosine", arguments: ["VECTOR", "VECTOR"], returns: "REAL", nullability: .always, kind: .scalar
    ),
    function("vec_length", ["VECTOR"], "INTEGER"),
    function("vec_add", ["VECTOR", "VECTOR"], "VECTOR"), function("vec_sub", ["VECTOR", "VECTOR"], "VECTOR"),
    function("vec_normalize", ["VECTOR"], "VECTOR"), function("vec_slice", ["VECTOR", "INTEGER", "INTEGER"], "VECTOR"),
    function("vec_to_json", ["VECTOR"], "JSON"), function("vec_f32", ["ANY"], "VECTOR"),
    function("vec_type", ["VECTOR"], "TEXT"),
    SemanticsOptions.UserFunction(
      name: "vec_version", arguments: [], returns: "TEXT", nullability: .never, kind: .scalar),
  ]
}()
