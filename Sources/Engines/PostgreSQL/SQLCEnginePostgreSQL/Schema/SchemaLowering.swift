// The catalogue's tables, views and types in the words of the model.

import SQLCDiagnostics
import SQLCModel
import SQLCOraclePostgreSQL
import SQLCPostgreSQLHandle
import SQLCSemanticsPostgreSQL
import SQLCTreePostgreSQL

struct SchemaLowering {
  let catalog: PostgreSQLCatalog
  let definitions: DefinitionPlaces
  private let types: TypeLowering
  private let analyzer: StatementAnalyzer
  private let stored: StoredColumns

  init(catalog: PostgreSQLCatalog, definitions: SchemaDefinitions) {
    self.catalog = catalog
    self.definitions = definitions.places()
    types = TypeLowering(catalog)
    analyzer = StatementAnalyzer(catalog: catalog)
    stored = StoredColumns(analyzer, types)
  }

  /// Tables and views in the order of their creation; partitions are left out, since their rows are those of their parent.
  func lower(_ reader: CatalogReader) throws(ServerProblem) -> (schema: SchemaModel, definitions: DefinitionPlaces) {
    let relations = catalog.relations.filter { isOwn($0.value.schema, $0.value.extension) }.sorted { $0.key < $1.key }
    let tables = self.tables
    let composites = relations.filter { $0.value.kind == .compositeType }
    var used: Set<ModifiedType> = []
    for (_, relation) in tables + composites {
      for column in relation.columns { used.insert(ModifiedType(type: column.type, modifier: column.typeModifier)) }
    }
    let ownTypes = catalog.types.filter { isOwn($0.value.schema, $0.value.extension) }.sorted { $0.key < $1.key }
    for (id, _) in ownTypes { used.insert(ModifiedType(type: id, modifier: -1)) }
    let names = try typeNames(used, reader)
    func spelled(_ id: ObjectID) -> String { names[ModifiedType(type: id, modifier: -1)] ?? "unknown" }
    let rowTypes = Dictionary(
      ownTypes.compactMap { id, type in
        if case .composite(let relation) = type.kind { (relation, id) } else { nil }
      }, uniquingKeysWith: { first, _ in first })
    let nullability = try columnNullability(of: tables, reader)
    var model = SchemaModel()
    model.tables = tables.map { id, relation in lower(relation, id, names, nullability[id] ?? [:]) }
    model.composites = composites.map { id, relation in
      let definition = definitions.object(schema: relation.schema, name: relation.name)
      return CompositeModel(
        name: types.name(ofRelation: id), typeName: rowTypes[id].map(spelled) ?? "unknown",
        fields: lower(relation, id, names, [:]).columns,
        documentation: documentation(relation.comment, definition), source: definition?.place)
    }
    for (id, type) in ownTypes {
      guard case .enumeration(let labels) = type.kind else { continue }
      let definition = definitions.object(schema: type.schema, name: type.name)
      model.enumerations.append(
        EnumerationModel(
          id: .type(types.name(ofType: id)), typeName: spelled(id), values: labels,
          documentation: documentation(type.comment, definition),
          source: definition?.place))
    }
    for (id, relation) in tables where relation.kind != .view && relation.kind != .materializedView {
      for column in relation.columns {
        let origin = ColumnOrigin(relation: id, attribute: column.number)
        guard let values = stored.list(of: origin), let reference = stored.reference(to: origin) else { continue }
        let place = definitions.column(column.name, schema: relation.schema, table: relation.name)
        model.enumerations.append(
          EnumerationModel(id: .column(reference), values: values, source: place?.place))
      }
    }
    return (model, definitions)
  }

  /// In the order of their creation.
  var tables: [(key: ObjectID, value: CatalogRelation)] {
    catalog.relations.filter { _, relation in
      isOwn(relation.schema, relation.extension) && !relation.isPartition
        && [.table, .partitionedTable, .view, .materializedView, .foreignTable].contains(relation.kind)
    }
    .sorted { $0.key < $1.key }
  }

  /// Made by the project's schema.
  private func isOwn(_ schema: String, _ extension: String?) -> Bool {
    `extension` == nil && schema != "information_schema" && schema != "pg_catalog" && !schema.hasPrefix("pg_toast")
  }

  /// What `SELECT *` of each gives: the same proof as for queries, views seen through.
  private func columnNullability(
    of tables: [(key: ObjectID, value: CatalogRelation)], _ reader: CatalogReader
  ) throws(ServerProblem) -> [ObjectID: [Int: ValueNullability]] {
    let statements = tables.map { _, relation in
      StatementText("SELECT * FROM \(quoted(relation.schema)).\(quoted(relation.name))")
    }
    let described: [DescriptionResult]
    do {
      described = try reader.connection.describe(statements, within: reader.limit)
    } catch {
      throw ServerProblem(error, doing: "describe the tables")
    }
    var found: [ObjectID: [Int: ValueNullability]] = [:]
    for (table, result) in zip(tables, described) {
      guard case .success(let statement) = result, let tree = try? NodeTree(message: statement.tree ?? []) else {
        continue
      }
      let description = StatementDescription(
        tree: tree, parameterTypes: [],
        columns: statement.columns.map {
          DescribedColumn(
            name: $0.name, type: ObjectID(rawValue: $0.type), typeModifier: Int32($0.modifier),
            table: ObjectID(rawValue: $0.table), attribute: $0.number)
        })
      guard let facts = try? analyzer.facts(of: description, declared: []) else { continue }
      for (column, fact) in zip(table.value.columns, facts.columns) {
        found[table.key, default: [:]][column.number] = fact.nullability
      }
    }
    return found
  }

  private func lower(
    _ relation: CatalogRelation, _ id: ObjectID, _ names: [ModifiedType: String], _ nullability: [Int: ValueNullability]
  ) -> TableModel {
    let definition = definitions.object(schema: relation.schema, name: relation.name)
    let isView = relation.kind == .view || relation.kind == .materializedView
    let columns = relation.columns.map { column in
      let type = ModifiedType(type: column.type, modifier: column.typeModifier)
      let place = definitions.column(column.name, schema: relation.schema, table: relation.name)
      return TableModel.Column(
        name: column.name, declaredType: isView ? nil : names[type],
        type: stored.type(
          of: types.value(of: type), in: ColumnOrigin(relation: id, attribute: column.number)),
        typeName: names[type] ?? "unknown",
        nullability: lower(nullability[column.number] ?? declared(column, relation), at: (place ?? definition)?.place),
        documentation: documentation(column.comment, place), source: (place ?? definition)?.place)
    }
    let key = relation.indexes.first(where: \.isPrimary)?.keys.compactMap { relation.column($0)?.name } ?? []
    return TableModel(
      name: types.name(ofRelation: id), kind: isView ? .view : .table, columns: columns, primaryKey: key,
      documentation: documentation(relation.comment, definition), source: definition?.place)
  }

  private func declared(_ column: CatalogColumn, _ relation: CatalogRelation) -> ValueNullability {
    column.notNull == .declared
      ? .never : .optional(reason: "\(relation.name).\(column.name) is declared without NOT NULL", byteOffset: nil)
  }

  private func lower(_ nullability: ValueNullability, at place: SourceRange?) -> ModelNullability {
    switch nullability {
    case .never: .never
    case .optional(let reason, _): .optional(reason: reason, at: place.map { ReasonPlace(source: $0) })
    }
  }

  /// `COMMENT ON` says it to everybody; a comment in the file says it where there is none.
  private func documentation(_ comment: String?, _ definition: Definition?) -> [String] {
    if let comment, !comment.isEmpty {
      return comment.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
    return definition?.documentation ?? []
  }
}
