// The Swift names of tables, enumerations and queries: one scope, since they are all types of one module.

import SQLCDiagnostics
import SQLCModel

/// Every type that a model gives, named; collisions are diagnosed.
struct TypeNames: Sendable {
  private(set) var tables: [QualifiedName: SwiftName] = [:]
  private(set) var enumerations: [EnumerationModel.ID: SwiftName] = [:]
  private(set) var composites: [QualifiedName: SwiftName] = [:]
  private(set) var queries: [String: SwiftName] = [:]
  private(set) var diagnostics: [Diagnostic] = []

  private var owners: [String: (what: String, suffix: String, source: SourceRange?)] = [:]
  private let fixed: Set<String>
  let reserved: ReservedNames
  /// What tables, enumerations and queries are called before any of them gives way.
  private var asked: Set<String> = []

  init(_ model: GenerationModel, options: SwiftOptions, reserved: ReservedNames, naming: Naming) {
    self.reserved = reserved
    let stem = options.queriesTypeName
    fixed = reserved.used.union([
      stem, stem + "Transaction", stem + "Protocol", stem + "Stub", stem + "Functions",
    ])
    if let place = options.queriesTypePlace {
      let own = SwiftName(stem)
      let names = [own] + ["Transaction", "Protocol", "Stub", "Functions"].map { own.appending($0) }
      if let taken = names.first(where: {
        reserved.used.contains($0.text) || reserved.runtime.contains($0.text)
      }) {
        diagnostics.append(
          TargetDiagnostic.reservedName(what: "'queries_type'", name: taken.text, at: place).diagnostic)
      }
    }
    asked = Set(model.tables.map { naming.table($0.name).name } + model.queries.map { naming.query($0.name) })
    for table in model.tables {
      let (name, isChosen) = naming.table(table.name)
      let what = "the \(table.kind == .view ? "view" : "table") '\(table.name)'"
      tables[table.name] = claim(name, isChosen: isChosen, suffix: "Record", what: what, source: table.source)
    }
    let tables = Dictionary(model.tables.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    for enumeration in model.enumerations where !options.isPlainText(enumeration.id) {
      let id = enumeration.id
      let (name, isChosen) = naming.enumeration(id)
      enumerations[id] = claim(
        name, isChosen: isChosen, suffix: "Value", what: "the \(id.kind) '\(id)'",
        source: enumeration.source ?? source(of: id, in: tables))
    }
    for composite in model.composites {
      // The row of a table as a value stands beside the table's own struct.
      let row = self.tables[composite.name].map { (name: "\($0)Value", isChosen: false) }
      let (name, isChosen) = row ?? naming.composite(composite.name)
      composites[composite.name] = claim(
        name, isChosen: isChosen, suffix: "Value", what: "the type '\(composite.name)'", source: composite.source)
    }
    for query in model.queries {
      guard let row = query.sharedRow?.name, owners[row]?.suffix != "Row", !self.tables.values.contains(SwiftName(row))
      else { continue }
      _ = claim(row, isChosen: true, suffix: "Row", what: "the row of '\(query.name)'", source: query.source)
    }
    for query in model.queries {
      let name = naming.query(query.name)
      // Scripts without capitals, and names that begin with a digit: the method would hide the struct that it makes.
      let isMethod = naming.method(ofQuery: name) == name
      queries[query.name] = claim(
        isMethod ? name + "Query" : name, isChosen: false, suffix: "Query", what: "the query '\(query.name)'",
        source: query.source)
    }
  }

  /// A name for one type. One that would hide an everyday type gets a suffix unless the user chose it.
  private mutating func claim(
    _ wanted: String, isChosen: Bool, suffix: String, what: String, source: SourceRange?
  ) -> SwiftName {
    let place = source ?? SourceRange(path: "<schema>", range: ByteRange(at: 0))
    var name = wanted
    if fixed.contains(name), isChosen {
      diagnostics.append(TargetDiagnostic.reservedName(what: what, name: name, at: place).diagnostic)
    } else if fixed.contains(name) || (reserved.isTaken(name) && !isChosen)
      || (!isChosen && isOfAnotherKind(name, suffix))
    {
      // Ends: the names that are taken are finitely many. `ExecResult` and `ExecResultQuery` both are.
      repeat { name += suffix } while fixed.contains(name) || reserved.isTaken(name) || asked.contains(name)
      diagnostics.append(
        TargetDiagnostic.hidingName(what: what, name: wanted, given: name, fix: fix(suffix), at: place).diagnostic)
    }
    if let owner = owners[name] {
      diagnostics.append(
        TargetDiagnostic.nameCollision(
          type: name, first: owner.what, second: what,
          fix: "rename one of them, or give it another Swift name with `rename` in the configuration", at: place,
          other: owner.source
        ).diagnostic)
    } else {
      owners[name] = (what, suffix, source)
    }
    return SwiftName(name)
  }

  /// What chooses the name and ends the warning.
  private func fix(_ suffix: String) -> String {
    suffix == "Query"
      ? "the method keeps its name; give the query another to choose that of its struct"
      : "a `rename` entry in the configuration chooses a name and ends this warning"
  }

  /// A query `User` beside a table `users` is no mistake (sqlc has no type for it): the query's struct gives way.
  /// Two tables or two queries of one name are one.
  private func isOfAnotherKind(_ name: String, _ suffix: String) -> Bool {
    owners[name].map { $0.suffix != suffix } ?? false
  }
}

extension SwiftOptions {
  /// The user wants the column's text as it is.
  func isPlainText(_ id: EnumerationModel.ID) -> Bool {
    plainTextColumns.contains { matches(id.description, pattern: columnPattern($0)) }
  }
}

extension EnumerationModel.ID {
  /// What lists the values, in a word.
  var kind: String {
    switch self {
    case .column: "column"
    case .type: "type"
    }
  }
}

/// Where the column is declared that lists the values.
private func source(of id: EnumerationModel.ID, in tables: [QualifiedName: TableModel]) -> SourceRange? {
  guard case .column(let column) = id else { return nil }
  return tables[column.table]?.columns.first { $0.name == column.column }?.source
}
