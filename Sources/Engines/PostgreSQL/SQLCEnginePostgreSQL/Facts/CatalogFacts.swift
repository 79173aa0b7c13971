// The catalogs as facts for rules.

import SQLCDiagnostics
import SQLCFacts
import SQLCModel
import SQLCOraclePostgreSQL
import SQLCSemanticsPostgreSQL
import SQLCTreePostgreSQL

struct CatalogFacts {
  let catalog: PostgreSQLCatalog
  let model: SchemaModel
  let definitions: DefinitionPlaces
  let texts: CatalogTexts
  /// The values that a CHECK allows.
  private let allowed: [ColumnReference: [String]]

  init(_ catalog: PostgreSQLCatalog, _ model: SchemaModel, _ definitions: DefinitionPlaces, _ texts: CatalogTexts) {
    self.catalog = catalog
    self.model = model
    self.definitions = definitions
    self.texts = texts
    allowed = Dictionary(
      model.enumerations.compactMap { enumeration in
        if case .column(let column) = enumeration.id { (column, enumeration.values) } else { nil }
      }, uniquingKeysWith: { first, _ in first })
  }

  /// - Parameter tables: those of the model, in its order.
  func facts(of tables: [(key: ObjectID, value: CatalogRelation)]) -> SchemaFacts {
    var facts = SchemaFacts()
    for ((id, relation), table) in zip(tables, model.tables) {
      facts.tables.append(fact(of: table, id, relation))
      let name = catalog.factName(of: id)
      for index in texts.indexes[id] ?? [] where !index.isConstraint {
        facts.indexes.append(
          IndexFact(
            name: index.name, table: name, isUnique: index.isUnique,
            method: index.method == "btree" ? .ordered : .other(index.method),
            reach: index.condition.map { .rows(where: $0) } ?? .allRows,
            terms: index.terms.enumerated().map { place, text in
              IndexFact.Term(column: relation.column(index.keys.at(place) ?? 0)?.name, text: text)
            }, source: place(of: index.name) ?? table.source))
      }
      for trigger in relation.triggers where trigger.isEnabled {
        for event in [TableEvent.insert, .update, .delete] where trigger.events.contains(event) {
          facts.triggers.append(
            TriggerFact(
              name: trigger.name, table: name, timing: trigger.timing.spelled, event: event.fact,
              text: texts.triggers[id]?[trigger.name] ?? "", source: table.source))
        }
      }
    }
    return facts
  }

  private func place(of name: String) -> SourceRange? { definitions.objects[name]?.place }

  private func fact(of table: TableModel, _ id: ObjectID, _ relation: CatalogRelation) -> TableFact {
    let names = relation.columns.map(\.name)
    func indexes(_ numbers: [Int]) -> [Int] {
      numbers.compactMap { number in relation.columns.firstIndex { $0.number == number } }
    }
    let columns = zip(relation.columns, table.columns).map { column, described in
      ColumnFact(
        name: column.name, declaredType: described.declaredType, typeName: described.typeName,
        isNullable: described.nullability.isOptional, isNotNull: column.notNull == .declared,
        defaultText: column.identity != nil ? "IDENTITY" : texts.defaults[id]?[column.number],
        isGenerated: column.generation != nil, presence: .visible, collation: nil,
        allowedValues: allowed[ColumnReference(table: table.name, column: column.name)] ?? [],
        source: described.source)
    }
    // What is checked at the end of a transaction can be broken within it.
    let keys = relation.indexes.filter {
      $0.isUnique && $0.isUsable && $0.isImmediate && $0.predicate == nil && !$0.keys.contains(0)
    }
    .map { index -> KeyFact in
      let isConstraint = texts.indexes[id]?.contains { $0.name == index.name && $0.isConstraint } ?? false
      return KeyFact(
        kind: index.isPrimary ? .primary : isConstraint ? .unique : .index,
        // A name that the server made is nobody's choice.
        name: isMade(index.name, of: relation, index.keys) ? nil : index.name, columns: indexes(index.keys),
        source: table.source)
    }
    let primaryFirst = keys.filter { $0.kind == .primary } + keys.filter { $0.kind != .primary }
    let foreignKeys = relation.foreignKeys.filter {
      // What a key of several columns says of its rows is believed; one of a single column says whose they are, kept or not.
      $0.columns.count == 1 || $0.isValidated && $0.isEnabled && !$0.isDeferrable
    }
    .map { key in
      let keyColumns = key.columns.compactMap { relation.column($0)?.name }
      func stated(_ event: DefinitionPlaces.Event) -> String? {
        definitions.statesNoAction(on: event, schema: relation.schema, table: relation.name, columns: keyColumns)
          ? "NO ACTION" : nil
      }
      return ForeignKeyFact(
        name: isMade(key.name, of: relation, key.columns) ? nil : key.name, columns: indexes(key.columns),
        parent: catalog.factName(of: key.referenced),
        parentColumns: key.referencedColumns.compactMap { catalog.relations[key.referenced]?.column($0)?.name },
        onDelete: key.onDelete.spelled ?? stated(.delete), onUpdate: key.onUpdate.spelled ?? stated(.update),
        source: key.columns.first.flatMap { number in
          relation.column(number).flatMap {
            definitions.column($0.name, schema: relation.schema, table: relation.name)?.place
          }
        } ?? table.source)
    }
    let checks = relation.checks.map { check in
      CheckFact(
        name: names.contains { check.name == "\(relation.name)_\($0)_check" } || check.name == "\(relation.name)_check"
          ? nil : check.name, text: texts.checks[id]?[check.name] ?? "", source: table.source)
    }
    return TableFact(
      name: catalog.factName(of: id), kind: table.kind == .view ? .view : .table, typing: .strict, columns: columns,
      keys: primaryFirst, foreignKeys: foreignKeys, checks: checks, source: table.source)
  }

  /// `{table}_{columns}_key`, `_fkey`, `{table}_pkey`, as the server names what has no name.
  private func isMade(_ name: String, of relation: CatalogRelation, _ keys: [Int]) -> Bool {
    let columns = keys.compactMap { relation.column($0)?.name }.joined(separator: "_")
    return ["\(relation.name)_pkey", "\(relation.name)_\(columns)_key", "\(relation.name)_\(columns)_fkey"].contains(
      name)
  }
}

/// How the server spells what it keeps as trees.
struct CatalogTexts {
  struct Index {
    var name: String
    var isUnique: Bool
    /// A PRIMARY KEY or UNIQUE made it.
    var isConstraint: Bool
    /// `btree`, `gin`.
    var method: String
    var condition: String?
    var keys: [Int]
    var terms: [String]
  }

  var indexes: [ObjectID: [Index]] = [:]
  var defaults: [ObjectID: [Int: String]] = [:]
  var checks: [ObjectID: [String: String]] = [:]
  /// With the bodies of their functions.
  var triggers: [ObjectID: [String: String]] = [:]
}

extension CatalogReader {
  func readTexts() throws(ServerProblem) -> CatalogTexts {
    var texts = CatalogTexts()
    let own =
      "c.relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace, 'pg_toast'::regnamespace)"
    for row in try rows(
      """
      SELECT indrelid, i.relname, indisunique, EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = indexrelid AND k.contype IN ('p', 'u', 'x')),
        pg_get_expr(indpred, indrelid), array_to_string(indkey, ' '),
        (SELECT string_agg(pg_get_indexdef(indexrelid, n, true) || CASE WHEN indoption[n - 1] & 1 = 1 THEN ' DESC' ELSE '' END,
          E'\\x01' ORDER BY n) FROM generate_series(1, indnkeyatts) n), a.amname
      FROM pg_index JOIN pg_class i ON i.oid = indexrelid JOIN pg_am a ON a.oid = i.relam JOIN pg_class c ON c.oid = indrelid
      WHERE \(own) ORDER BY indrelid, indexrelid
      """)
    {
      let terms = row.text(6).split(separator: "\u{1}", omittingEmptySubsequences: false).map(String.init)
      texts.indexes[row.object(0), default: []].append(
        CatalogTexts.Index(
          name: row.text(1), isUnique: row.isTrue(2), isConstraint: row.isTrue(3),
          method: row.text(7), condition: row.value(4),
          keys: Array(row.integers(5).prefix(terms.count)), terms: terms))
    }
    for row in try rows(
      "SELECT adrelid, adnum, pg_get_expr(adbin, adrelid) FROM pg_attrdef JOIN pg_class c ON c.oid = adrelid WHERE \(own)"
    ) {
      texts.defaults[row.object(0), default: [:]][row.integer(1)] = row.value(2)
    }
    for row in try rows(
      """
      SELECT conrelid, conname, pg_get_expr(conbin, conrelid) FROM pg_constraint JOIN pg_class c ON c.oid = conrelid
      WHERE contype = 'c' AND \(own)
      """)
    {
      texts.checks[row.object(0), default: [:]][row.text(1)] = row.value(2)
    }
    for row in try rows(
      """
      SELECT tgrelid, tgname, pg_get_triggerdef(t.oid) || ' ' || prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = tgfoid
      JOIN pg_class c ON c.oid = tgrelid WHERE NOT tgisinternal AND \(own)
      """)
    {
      texts.triggers[row.object(0), default: [:]][row.text(1)] = row.value(2)
    }
    return texts
  }
}

extension CatalogForeignKey.Action {
  /// The server keeps no difference between NO ACTION and nothing; the schema's text does.
  fileprivate var spelled: String? {
    switch self {
    case .noAction: nil
    case .restrict: "RESTRICT"
    case .cascade: "CASCADE"
    case .setNull: "SET NULL"
    case .setDefault: "SET DEFAULT"
    }
  }
}

extension CatalogTrigger.Timing {
  fileprivate var spelled: String {
    switch self {
    case .before: "BEFORE"
    case .after: "AFTER"
    case .insteadOf: "INSTEAD OF"
    }
  }
}

extension TableEvent {
  /// TRUNCATE is none.
  fileprivate var fact: TriggerFact.Event {
    switch self {
    case .insert: .insert
    case .update: .update
    case .delete, .truncate: .delete
    }
  }
}

extension Array {
  fileprivate func at(_ index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
