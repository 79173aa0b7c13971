// Which declaration goes to which file, and what each file imports.

import SQLCModel

extension Lowering {
  /// The files, in order, each still to be made: they do not depend on one another.
  func files(_ model: GenerationModel, _ queries: [LoweredQuery]) -> [@Sendable () -> SwiftFile] {
    var files: [@Sendable () -> SwiftFile] = [{ modelsFile(model, queries) }]
    files.append {
      SwiftFile(
        name: "\(stem).swift", imports: imports([]), declarations: queriesDeclarations())
    }
    if options.emitProtocol {
      files.append {
        SwiftFile(
          name: "\(stem)Protocol.swift", imports: imports(queries.flatMap(methodTypes)),
          declarations: [protocolDeclaration(of: queries)] + [protocolExtension(of: queries)].compactMap { $0 }
            + [stubDeclaration(of: queries)])
      }
    }
    if !model.functions.isEmpty || !model.collations.isEmpty { files.append { functionsFile(model) } }
    if options.emitSchema, !model.migrations.isEmpty { files.append { schemaFile(model) } }
    // By file, in the order in which the files first appear.
    var paths: [String] = []
    var queriesOfPath: [String: [LoweredQuery]] = [:]
    for query in queries {
      let path = query.model.source.path
      if queriesOfPath[path] == nil { paths.append(path) }
      queriesOfPath[path, default: []].append(query)
    }
    let names = outputFileNames(forQueryFiles: paths)
    for path in paths {
      let own = queriesOfPath[path] ?? []
      // Files of one module differ in name: what `queries_type` tells apart, file names tell apart too.
      let name = (hasUsualName ? "" : "\(stem).") + (names[path] ?? path)
      files.append {
        SwiftFile(
          name: name, queryFile: path, imports: imports(own.flatMap { signatureTypes($0) + rowTypes($0) }),
          declarations: own.map(declaration(of:)) + methods(of: own))
      }
    }
    return files
  }

  private func modelsFile(_ model: GenerationModel, _ queries: [LoweredQuery]) -> SwiftFile {
    var tables = model.tables.filter(hasStruct)
    var enumerations = model.enumerations
    var composites = model.composites.filter { types.isKnown($0.name) }
    if options.omitUnusedStructs {
      let used = usedTypes(queries)
      tables = tables.filter { table in names.tables[table.name].map { used.contains("\($0)") } ?? false }
      let named = namedTypes(of: tables, model)
      enumerations = enumerations.filter { named.contains(.enumeration($0.id)) }
      composites = composites.filter { named.contains(.composite($0.name)) }
    }
    // An import of nothing's use would be a warning.
    let rows = sharedRows.made
    let homes = keyHomes(besides: tables, model, storage: keyStorage)
    guard !tables.isEmpty || !enumerations.isEmpty || !composites.isEmpty || !rows.isEmpty || !homes.isEmpty else {
      return SwiftFile(name: modelsFileName, imports: [], declarations: [])
    }
    let known = tables.map { ($0.name, $0.columns) } + composites.map { ($0.name, $0.fields) }
    let mentioned = known.flatMap { name, columns in
      columns.map { column in
        types.type(
          column.type, origin: ColumnReference(table: name, column: column.name), key: column.key,
          isOptional: column.nullability.isOptional)
      }
    }
    return SwiftFile(
      name: modelsFileName,
      imports: imports(
        mentioned + rows.flatMap(\.types) + (tables.flatMap(keys(of:)) + homes.flatMap(\.keys)).map(\.raw)),
      declarations: tables.map(declaration(of:)) + homes.map(\.declaration) + rows.map(declaration(of:))
        + enumerations.compactMap { declaration(of: $0) }
        + composites.compactMap { declaration(of: $0) })
  }

  /// The types of the schema that the tables and all queries mention, those inside of composites too.
  func namedTypes(of tables: [TableModel], _ model: GenerationModel) -> Set<ValueType> {
    var waiting = tables.flatMap { $0.columns.flatMap(\.type.named) }
    for query in model.queries {
      waiting += query.parameters.flatMap(\.type.named)
      for result in query.results {
        switch result {
        case .column(let column): waiting += column.type.named
        case .embed(let embed): waiting += embed.columns.flatMap(\.type.named)
        }
      }
    }
    var named: Set<ValueType> = []
    while let next = waiting.popLast() {
      guard named.insert(next).inserted, case .composite(let name) = next else { continue }
      waiting += model.composites.first { $0.name == name }?.fields.flatMap(\.type.named) ?? []
    }
    return named
  }

  private var modelsFileName: String { hasUsualName ? "Models.swift" : "\(stem)Models.swift" }

  /// Names of generated types that queries mention.
  func usedTypes(_ queries: [LoweredQuery]) -> Set<SwiftCode> {
    var used = Set(sharedRows.made.flatMap(\.types).map(\.name))
    for query in queries {
      if case .model(let type) = query.shape { used.insert("\(type)") }
      used.formUnion((signatureTypes(query) + rowTypes(query)).map(\.name))
    }
    return used
  }

  private func signatureTypes(_ query: LoweredQuery) -> [SwiftType] {
    var result = query.parameters.map(\.type) + query.innerTypes
    if case .scalar(let field) = query.shape { result.append(field.type) }
    return result
  }

  /// What a method says without the query's struct: all of the signature, or its result only.
  private func methodTypes(_ query: LoweredQuery) -> [SwiftType] {
    // What a struct of the query's holds is that struct's business.
    var result = takesStruct(query) || query.model.command.isBatch ? [] : query.parameters.map(\.type)
    if case .scalar(let field) = query.shape { result.append(field.type) }
    return result
  }

  private func rowTypes(_ query: LoweredQuery) -> [SwiftType] {
    guard case .own(let fields, let nested) = query.shape else { return [] }
    // Of a list its element counts.
    return (fields + nested.flatMap(\.fields)).map { field in
      if case .list(let element) = field.source { SwiftType("\(element)") } else { field.type }
    }
  }

  func imports(_ types: [SwiftType]) -> [ImportDeclaration] {
    let modules = Set(types.compactMap(\.module)).union([runtime])
    return modules.map { ImportDeclaration(access: options.access, module: $0) }
  }
}
