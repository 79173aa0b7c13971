// Which functions there are: SQLite's own up to 3.50, and the application's from the project's options.

import SQLCDiagnostics
import SQLCSyntaxSQLite

/// Resolves a call by name and number of arguments.
///
/// ```swift
/// FunctionCatalog.builtin.lookup("max", argumentCount: 1, options: options)  // the aggregate; with 2, the scalar
/// ```
public struct FunctionCatalog: Sendable {
  /// The functions SQLite brings along, whatever their release; the binder compares `since` with the project's minimum.
  public static let builtin = FunctionCatalog(
    CoreFunctions.all + MathFunctions.all + DateFunctions.all + JSONFunctions.all + AggregateFunctions.all
      + WindowFunctions.all + VirtualTableFunctions.all)

  private let functions: [String: [BuiltinFunction]]

  init(_ all: [BuiltinFunction]) { functions = Dictionary(grouping: all, by: \.definition.name) }

  /// The function a call means. A function the application registers hides a builtin with the same number of arguments.
  /// `argumentCount` is 0 for `f(*)`.
  public func lookup(_ name: String, argumentCount: Int, options: SemanticsOptions) -> FunctionLookup {
    let key = name.asciiLowercased
    var others: [FunctionDefinition] = []
    for function in options.userFunctions where function.definition.name.asciiLowercased == key {
      if function.definition.accepts(argumentCount) { return .found(function.definition) }
      others.append(function.definition)
    }
    for function in functions[key] ?? [] {
      if function.definition.accepts(argumentCount) { return .found(function.definition) }
      others.append(function.definition)
    }
    return others.isEmpty
      ? .unknown(candidates: nearestNames(to: key, options: options)) : .wrongArgumentCount(others)
  }

  /// The release that brought a function of SQLite's own, where that is after 3.37.
  package func release(of name: String) -> SQLiteVersion? {
    functions[name.asciiLowercased]?.compactMap(\.definition.since).min()
  }

  /// The builtins, by their names.
  var all: [BuiltinFunction] { functions.sorted { $0.key < $1.key }.flatMap(\.value) }

  /// How the builtin with that definition types; absent for a user's function.
  func builtin(for definition: FunctionDefinition) -> BuiltinFunction? {
    functions[definition.name]?.first { $0.definition == definition }
  }

  /// Up to three known names that are at most two edits (or a quarter of the name) away, nearest first.
  private func nearestNames(to key: String, options: SemanticsOptions) -> [String] {
    // Of three letters with one changed hardly anything is left of what was meant.
    let limit = min(2, key.utf8.count / 4)
    guard limit > 0 else { return [] }
    let names = Set(functions.keys).union(options.userFunctions.map { $0.definition.name.asciiLowercased })
    return names.compactMap { name -> (distance: Int, name: String)? in
      guard abs(name.utf8.count - key.utf8.count) <= limit else { return nil }
      let distance = editDistance(name.utf8, key.utf8)
      return distance <= limit ? (distance, name) : nil
    }
    .sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
    .prefix(3).map(\.name)
  }
}

extension FunctionDefinition {
  func accepts(_ count: Int) -> Bool {
    count >= minimumArguments && count <= maximumArguments ?? Int.max
  }
}
