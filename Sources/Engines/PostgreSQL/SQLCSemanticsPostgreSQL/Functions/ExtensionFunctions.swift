/// The functions of extensions that are not NULL without a reason, by extension.
let extensionFunctions: [String: FunctionTable] = [:]
