// What the application brings to SQLite: functions, collations, virtual-table modules.

import SQLCDiagnostics
import Yams

/// One entry of `functions`.
public struct FunctionSetting: Sendable, Hashable {
  public enum Nullability: String, Sendable, Hashable, CaseIterable {
    /// NULL when an argument is; the default.
    case arguments
    case always = "true"
    case never = "false"
  }

  public var name: Located<String>
  /// Declared types of the arguments; absent: any number of anything.
  public var arguments: [String]?
  /// The declared type of the result.
  public var returns: String
  public var nullability: Nullability
  public var isAggregate: Bool
}

/// One entry of `modules`.
public struct ModuleSetting: Sendable, Hashable {
  public var name: Located<String>
  /// As CREATE TABLE would list them; `HIDDEN` after a type keeps a column out of `*`.
  public var columns: Located<String>
}

/// A family of functions that is known by name.
public enum ExtensionName: String, Sendable, Hashable, CaseIterable {
  /// sqlite-vec's scalar functions, which SQLCRuntime can bring along.
  case vec
}

extension YAMLReader {
  /// ```yaml
  /// functions:
  ///   - name: slugify
  ///     arguments: [TEXT]
  ///     returns: TEXT
  ///     nullable: false        # arguments (default) | true | false
  ///     aggregate: false
  /// collations: [GERMAN]
  /// modules:
  ///   - name: csv
  ///     columns: id INTEGER NOT NULL, name TEXT
  /// extensions: [vec]
  /// ```
  mutating func readExtensions(_ keys: [String: Member], into settings: inout AnalysisSettings) {
    if let member = keys["functions"], let entries = list(member.value) {
      settings.functions = entries.compactMap { function($0) }
    }
    if let member = keys["collations"], let names = strings(member.value) { settings.collations = names.map(\.value) }
    if let member = keys["modules"], let entries = list(member.value) {
      settings.modules = entries.compactMap { module($0) }
    }
    if let member = keys["extensions"], let names = strings(member.value) {
      for name in names {
        if let known = ExtensionName(rawValue: name.value) {
          settings.extensions.append(known)
        } else {
          say(
            .unknownValue(name.value, of: "extensions", known: ExtensionName.allCases.map(\.rawValue)),
            name.source.range)
        }
      }
    }
  }

  private mutating func function(_ node: Node) -> FunctionSetting? {
    guard let keys = members(node, of: .function) else { return nil }
    let start = node.mapping?.first.map { range(of: $0.key) } ?? range(of: node)
    for key in ["name", "returns"] where keys[key] == nil { say(.missingKey(key, in: "this function"), start) }
    guard let name = keys["name"].flatMap({ located($0.value) }),
      let returns = keys["returns"].flatMap({ string($0.value) })
    else { return nil }
    var setting = FunctionSetting(
      name: name, arguments: nil, returns: returns, nullability: .arguments, isAggregate: false)
    if let member = keys["arguments"], let types = strings(member.value) { setting.arguments = types.map(\.value) }
    if let member = keys["nullable"],
      let value = choice(member.value, key: "nullable", of: FunctionSetting.Nullability.self)
    {
      setting.nullability = value
    }
    if let member = keys["aggregate"], let value = bool(member.value) { setting.isAggregate = value }
    return setting
  }

  private mutating func module(_ node: Node) -> ModuleSetting? {
    guard let keys = members(node, of: .module) else { return nil }
    let start = node.mapping?.first.map { range(of: $0.key) } ?? range(of: node)
    for key in ["name", "columns"] where keys[key] == nil { say(.missingKey(key, in: "this module"), start) }
    guard let name = keys["name"].flatMap({ located($0.value) }),
      let columns = keys["columns"].flatMap({ located($0.value) })
    else { return nil }
    return ModuleSetting(name: name, columns: columns)
  }
}
