// `Schema.swift`: the schema's history, embedded.

import SQLCModel

extension Lowering {
  /// `Schema`, unless a table's struct is called so, or the module may hold another block's.
  var schemaTypeName: SwiftName {
    let taken = Set(names.tables.values).union(names.enumerations.values).union(names.queries.values)
    return taken.contains("Schema") || !hasUsualName ? stem.appending("Schema") : "Schema"
  }

  /// Whether the block is the only one of its module, as far as its configuration tells.
  var hasUsualName: Bool { options.queriesTypeName == SwiftOptions().queriesTypeName }

  func schemaFile(_ model: GenerationModel) -> SwiftFile {
    var lines: [SwiftCode] = ["\(access)static let migrations: [Migration] = ["]
    for migration in model.migrations {
      lines.append("  Migration(")
      lines.append("    version: \(.literal(migration.version)), name: \(.literal(migration.name)),")
      var flags: [SwiftCode] = []
      if !migration.isInTransaction { flags.append("isInTransaction: false") }
      if migration.isRepeatable { flags.append("isRepeatable: true") }
      if migration.mayComeLate { flags.append("order: .any") }
      let isSnapshot = !migration.squashed.isEmpty
      lines += list("up", migration.up, isLast: migration.down == nil && flags.isEmpty && !isSnapshot)
      if let down = migration.down { lines += list("down", down, isLast: flags.isEmpty && !isSnapshot) }
      if !flags.isEmpty { lines.append("    \(flags.joined(separator: ", "))") }
      if !flags.isEmpty, isSnapshot { lines[lines.count - 1] += "," }
      if isSnapshot { lines += squashed(migration) }
      lines[lines.count - 1] += "),"
    }
    lines.append("]")
    let type = TypeDeclaration(
      "\(access)nonisolated enum \(schemaTypeName): DatabaseSchema", members: [Declaration(.code(lines))])
    return SwiftFile(
      name: "\(schemaTypeName).swift", imports: [ImportDeclaration(access: options.access, module: runtime)],
      declarations: [
        Declaration(
          documentation: [
            "The schema's history: `database.migrate(\(schemaTypeName).self)` applies it,",
            "`database.verifySchema(\(schemaTypeName).self)` compares with it.",
          ], .type(type))
      ])
  }

  private func squashed(_ migration: MigrationModel) -> [SwiftCode] {
    ["    squashed: ["]
      + migration.squashed.map { held in
        "      SquashedMigration(version: \(.literal(held.version)), name: \(.literal(held.name)), checksum: \(.literal(held.checksum))),"
      } + ["    ]"]
  }

  private func list(_ label: SwiftName, _ statements: [String], isLast: Bool) -> [SwiftCode] {
    var lines: [SwiftCode] = ["    \(label): ["]
    for statement in statements {
      let literal = SwiftCode.literalLines(statement)
      guard literal.count > 1 else {
        lines.append("      \(literal.joined()),")
        continue
      }
      // A literal of several lines is indented as its closing delimiter is.
      lines += literal.dropLast().map { $0.isEmpty ? "" : "      \($0)" }
      lines.append("      \(literal[literal.count - 1]),")
    }
    lines.append(isLast ? "    ]" : "    ],")
    return lines
  }
}
