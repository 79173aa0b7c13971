// From names of the database and of queries to names of Swift, one at a time. What two names in one scope may not
// share is settled where the scope is.

import SQLCModel

/// The naming rules of one run.
struct Naming: Sendable {
  let casing: Casing
  /// Lower-cased keys.
  private let renames: [String: String]
  private let emitExactTableNames: Bool
  private let uninflected: Set<String>

  init(_ options: SwiftOptions) {
    casing = Casing(initialisms: Set(options.initialisms.map { $0.lowercased() }))
    // Keys that differ in case only: the one first in the alphabet wins, whatever order the dictionary has.
    let pairs = options.rename.sorted { $0.key < $1.key }.map { ($0.key.lowercased(), $0.value) }
    renames = Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    emitExactTableNames = options.emitExactTableNames
    uninflected = Set(options.inflectionExcludeTableNames.map { $0.lowercased() })
  }

  /// `environment_id` → `environmentID`. `position`, from 1, names what has no usable name at all.
  func property(_ name: String, kind: MemberKind = .property, position: Int = 1) -> String {
    if let renamed = rename(name) { return avoiding(kind, casing.lowerFirst(identifier(renamed))) }
    let parts = words(of: name)
    let camel = casing.lowerCamel(parts)
    // An expression without an alias is named by its text; a sentence is no name.
    guard !camel.isEmpty, parts.count <= 8, camel.count <= 48 || isPlain(name) else { return "column\(position)" }
    return avoiding(kind, startable(camel))
  }

  /// `agent_runs` → `AgentRun`, and whether the user said so.
  /// Of a table in a schema: `billing.invoices` → `BillingInvoice`.
  func table(_ name: QualifiedName) -> (name: String, isChosen: Bool) {
    if let renamed = rename(name.description) { return (upperFirst(identifier(renamed)), true) }
    let parts = schemaWords(name) + singularWords(ofTable: name.name)
    if let renamed = rename(parts.joined(separator: "_")) { return (upperFirst(identifier(renamed)), true) }
    let camel = casing.upperCamel(parts)
    return (camel.isEmpty ? "Table" : startable(camel), false)
  }

  /// The type of a key by its column: `id` → `ID`, `country_code` → `CountryCode`.
  func keyType(ofColumn name: String) -> String {
    if property(name) == "id" { return "ID" }
    if let renamed = rename(name) { return upperFirst(identifier(renamed)) }
    let camel = casing.upperCamel(words(of: name))
    return camel.isEmpty ? "Key" : startable(camel)
  }

  /// `agent_runs` → `agent_run`, which a `rename` entry may say as well.
  func singularName(ofTable name: QualifiedName) -> String {
    (schemaWords(name) + singularWords(ofTable: name.name)).joined(separator: "_")
  }

  private func schemaWords(_ name: QualifiedName) -> [String] { name.schema.map { words(of: $0) } ?? [] }

  private func singularWords(ofTable name: String) -> [String] {
    var parts = words(of: name)
    guard !emitExactTableNames, !uninflected.contains(name.lowercased()), let last = parts.popLast() else {
      return parts
    }
    return parts + [singular(last)]
  }

  /// `get_agent` and `getAgent` → `GetAgent`; a name in upper camel case is left as the user wrote it.
  func query(_ name: String) -> String {
    let parts = name.split { !isIdentifierCharacter($0) || $0 == "_" }.map(String.init)
    let camel = parts.map { $0 == $0.lowercased() && parts.count > 1 ? casing.upperCamel([$0]) : upperFirst($0) }
    let joined = camel.joined()
    return joined.isEmpty ? "Query" : startable(joined)
  }

  func method(ofQuery typeName: String) -> String { avoiding(.method, casing.lowerFirst(typeName), suffix: "Query") }

  /// The column `agent_runs.status` → `AgentRunStatus`; the type `order_state` → `OrderState`.
  func enumeration(_ id: EnumerationModel.ID) -> (name: String, isChosen: Bool) {
    for key in id.renameKeys {
      if let renamed = rename(key) { return (upperFirst(identifier(renamed)), true) }
    }
    switch id {
    case .column(let column):
      let own = casing.upperCamel(words(of: rename(column.column) ?? column.column))
      return (table(column.table).name + (own.isEmpty ? "Value" : own), false)
    case .type(let name): return (typeName(name), false)
    }
  }

  /// The composite type `billing.address` → `BillingAddress`, and whether the user said so.
  func composite(_ name: QualifiedName) -> (name: String, isChosen: Bool) {
    if let renamed = rename(name.description) { return (upperFirst(identifier(renamed)), true) }
    return (typeName(name), false)
  }

  private func typeName(_ name: QualifiedName) -> String {
    let camel = casing.upperCamel(schemaWords(name) + words(of: name.name))
    return camel.isEmpty ? "Value" : startable(camel)
  }

  /// `in progress` → `inProgress`, `1` → `_1`, the empty string → `empty`, `+` → `value3`.
  func enumerationCase(_ value: String, position: Int) -> String {
    if value.isEmpty { return "empty" }
    if let renamed = rename(value) {
      return avoiding(.enumerationCase, casing.lowerFirst(identifier(renamed)), suffix: "Value")
    }
    let camel = casing.lowerCamel(words(of: value))
    guard !camel.isEmpty else { return "value\(position)" }
    return avoiding(.enumerationCase, startable(camel), suffix: "Value")
  }

  private func rename(_ name: String) -> String? { renames[name.lowercased()] }

  private func avoiding(_ kind: MemberKind, _ name: String, suffix: String = "_") -> String {
    kind.taken.contains(name) ? name + suffix : name
  }

  /// A user's choice, without what cannot stand in an identifier.
  private func identifier(_ chosen: String) -> String {
    startable(String(chosen.filter(isIdentifierCharacter)))
  }

  private func isPlain(_ name: String) -> Bool { name.allSatisfy(isIdentifierCharacter) }
}

extension EnumerationModel.ID {
  /// What `rename` can call it.
  var renameKeys: [String] {
    switch self {
    case .column(let column): ["\(column.table)_\(column.column)", column.description]
    case .type(let name): [name.description]
    }
  }
}
