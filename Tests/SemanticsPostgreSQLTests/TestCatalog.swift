import SQLCPostgreSQLHandle
import SQLCSemanticsPostgreSQL
import SQLCTreePostgreSQL

/// The catalogs of a server of these tests, as far as `RandomSchema` needs them.
struct TestCatalog {
  private let connection: PostgreSQLConnection
  private(set) var catalog: PostgreSQLCatalog

  init(_ connection: PostgreSQLConnection) throws {
    self.connection = connection
    catalog = PostgreSQLCatalog(serverVersion: connection.serverVersion, searchPath: ["pg_catalog", "public"])
    try readTypes()
    try readRelations()
    try readColumns()
    try readKeys()
    try readOthers()
    try readFunctions()
  }

  private func rows(_ sql: String) throws -> [[String?]] {
    try connection.execute(sql, deadline: .now + .seconds(60)).rows
  }
  private mutating func readTypes() throws {
    for row in try rows(
      """
      SELECT t.oid, nspname, typname, typtype, typbasetype, typnotnull, typrelid, typelem, typcategory
      FROM pg_type t JOIN pg_namespace n ON n.oid = typnamespace
      """)
    {
      let kind: CatalogType.Kind =
        switch row[3] {
        case "e": .enumeration(labels: [])
        case "d": .domain(base: object(row[4]), typeModifier: -1, notNull: row[5] == "t" ? .declared : .absent)
        case "c": .composite(relation: object(row[6]))
        case "r": .range(element: .none)
        case "m": .multirange(range: .none)
        case "p": .pseudo
        default: .base
        }
      catalog.types[object(row[0])] = CatalogType(
        schema: row[1] ?? "", name: row[2] ?? "", kind: kind, element: row[8] == "A" ? object(row[7]) : nil)
    }
  }

  private mutating func readRelations() throws {
    for row in try rows(
      """
      SELECT c.oid, nspname, relname, relkind, relispartition, relrowsecurity
      FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
      """)
    {
      guard let kind = CatalogRelation.Kind(rawValue: row[3] ?? "") else { continue }
      catalog.relations[object(row[0])] = CatalogRelation(
        schema: row[1] ?? "", name: row[2] ?? "", kind: kind, columns: [], isPartition: row[4] == "t",
        rowSecurity: row[5] == "t" ? .on : .off)
    }
    for row in try rows("SELECT inhparent, inhrelid FROM pg_inherits ORDER BY 1, 2") {
      catalog.relations[object(row[0])]?.children.append(object(row[1]))
    }
    for row in try rows("SELECT ev_class, rulename, ev_type, is_instead, ev_action::text FROM pg_rewrite") {
      if row[1] == "_RETURN" {
        catalog.relations[object(row[0])]?.definition = row[4].map { NodeText($0) }
      } else if let event = CatalogRule.Event(rawValue: row[2] ?? "") {
        catalog.relations[object(row[0])]?.rules.append(
          CatalogRule(
            name: row[1] ?? "", event: event, isInstead: row[3] == "t", action: row[4].map { NodeText($0) }))
      }
    }
  }

  private mutating func readColumns() throws {
    for row in try rows(
      """
      SELECT attrelid, attnum, attname, atttypid, attcollation, attnotnull, attidentity, attgenerated, adbin::text
      FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
      WHERE attnum > 0 AND NOT attisdropped ORDER BY 1, 2
      """)
    {
      let expression = row[8].map { NodeText($0) }
      var column = CatalogColumn(
        number: Int(row[1] ?? "") ?? 0, name: row[2] ?? "", type: object(row[3]), collation: object(row[4]),
        notNull: row[5] == "t" ? .declared : .absent,
        identity: row[6] == "a" ? .always : row[6] == "d" ? .byDefault : nil)
      switch row[7] {
      case "s": column.generation = expression.map { .stored($0) }
      case "v": column.generation = expression.map { .virtual($0) }
      default: column.defaultValue = expression
      }
      catalog.relations[object(row[0])]?.columns.append(column)
    }
  }

  private mutating func readKeys() throws {
    for row in try rows(
      """
      SELECT indrelid, c.relname, indisprimary, indimmediate, indisvalid AND indisready AND indislive,
        \(catalog.majorVersion >= 15 ? "indnullsnotdistinct" : "false"), (indkey::int2[])[0:indnkeyatts - 1],
        (SELECT array_agg(opcfamily ORDER BY o) FROM unnest(indclass::oid[]) WITH ORDINALITY u(x, o)
          JOIN pg_opclass ON pg_opclass.oid = x),
        indcollation::oid[], indexprs::text, indpred::text
      FROM pg_index JOIN pg_class c ON c.oid = indexrelid WHERE indisunique
      """)
    {
      catalog.relations[object(row[0])]?.indexes.append(
        CatalogIndex(
          name: row[1] ?? "", isUnique: true, isPrimary: row[2] == "t", isImmediate: row[3] == "t",
          isUsable: row[4] == "t", nullsNotDistinct: row[5] == "t", keys: numbers(row[6]), families: objects(row[7]),
          collations: objects(row[8]), expressions: row[9].map { NodeText($0) }, predicate: row[10].map { NodeText($0) }
        ))
    }
    for row in try rows(
      """
      SELECT conrelid, conname, contype, conkey, confrelid, confkey, confdeltype, confupdtype, convalidated,
        condeferrable, connoinherit, conbin::text
      FROM pg_constraint WHERE conrelid <> 0 AND contype IN ('f', 'c')
      """)
    {
      if row[2] == "c" {
        catalog.relations[object(row[0])]?.checks.append(
          CatalogCheck(
            name: row[1] ?? "", expression: NodeText(row[11] ?? ""), isValidated: row[8] == "t", isLocal: row[10] == "t"
          ))
      } else {
        catalog.relations[object(row[0])]?.foreignKeys.append(
          CatalogForeignKey(
            name: row[1] ?? "", columns: numbers(row[3]), referenced: object(row[4]),
            referencedColumns: numbers(row[5]),
            onDelete: .init(rawValue: row[6] ?? "") ?? .cascade, onUpdate: .init(rawValue: row[7] ?? "") ?? .cascade,
            isValidated: row[8] == "t", isDeferrable: row[9] == "t"))
      }
    }
  }

  private mutating func readOthers() throws {
    for row in try rows("SELECT tgrelid, tgname, tgtype, tgfoid, tgenabled FROM pg_trigger WHERE NOT tgisinternal") {
      let type = Int(row[2] ?? "") ?? 0
      let bits: [(Int, TableEvent)] = [(4, .insert), (8, .delete), (16, .update), (32, .truncate)]
      catalog.relations[object(row[0])]?.triggers.append(
        CatalogTrigger(
          name: row[1] ?? "", timing: type & 64 != 0 ? .insteadOf : type & 2 != 0 ? .before : .after,
          level: type & 1 != 0 ? .row : .statement, events: Set(bits.filter { type & $0.0 != 0 }.map(\.1)),
          function: object(row[3]), isEnabled: row[4] != "D"))
    }
    for row in try rows(
      "SELECT o.oid, nspname, oprname, oprcode::oid FROM pg_operator o JOIN pg_namespace n ON n.oid = oprnamespace")
    {
      catalog.operators[object(row[0])] = CatalogOperator(
        schema: row[1] ?? "", name: row[2] ?? "", function: object(row[3]))
    }
    for row in try rows(
      """
      SELECT amopfamily, amopopr FROM pg_amop JOIN pg_am a ON a.oid = amopmethod
      WHERE amname = 'btree' AND amopstrategy = 3
      """)
    {
      catalog.equalityOperators[object(row[0]), default: []].insert(object(row[1]))
    }
    for row in try rows(
      """
      SELECT c.oid, nspname, collname, collisdeterministic
      FROM pg_collation c JOIN pg_namespace n ON n.oid = collnamespace
      """)
    {
      catalog.collations[object(row[0])] = CatalogCollation(
        schema: row[1] ?? "", name: row[2] ?? "", isDeterministic: row[3] == "t")
    }
  }

  private mutating func readFunctions() throws {
    for row in try rows(
      """
      SELECT p.oid, nspname, proname, prokind, proargtypes::oid[],
        array_to_string(proargnames[1:pronargs], ','), proisstrict, provolatile, proretset, prorettype, lanname,
        prosqlbody::text
      FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace JOIN pg_language l ON l.oid = prolang
      """)
    {
      guard let kind = CatalogFunction.Kind(rawValue: row[3] ?? ""),
        let volatility = CatalogFunction.Volatility(rawValue: row[7] ?? "")
      else { continue }
      let names = row[5]?.split(separator: ",", omittingEmptySubsequences: false).map { String($0) as String? } ?? []
      catalog.functions[object(row[0])] = CatalogFunction(
        schema: row[1] ?? "", name: row[2] ?? "", kind: kind, argumentTypes: objects(row[4]), argumentNames: names,
        nullInput: row[6] == "t" ? .returnsNull : .isCalled, volatility: volatility,
        result: row[8] == "t" ? .set : .value, resultType: object(row[9]), language: row[10] ?? "",
        body: row[11].map { NodeText($0) })
    }
  }
}

private func object(_ text: String?) -> ObjectID { ObjectID(rawValue: UInt32(text ?? "") ?? 0) }
/// Of `{1,2}`, and of `[0:1]={1,2}`.
private func items(_ text: String?) -> [Substring] {
  guard let list = text?.split(separator: "=").last, list.count > 2 else { return [] }
  return list.dropFirst().dropLast().split(separator: ",")
}
private func objects(_ text: String?) -> [ObjectID] { items(text).map { object(String($0)) } }
private func numbers(_ text: String?) -> [Int] { items(text).compactMap { Int($0) } }
