// Tables, views and all that belongs to them, from the catalogs.

import SQLCOraclePostgreSQL
import SQLCSemanticsPostgreSQL
import SQLCTreePostgreSQL

extension CatalogReader {
  func readRelations(_ extensions: Extensions, into catalog: inout PostgreSQLCatalog) throws(ServerProblem) {
    let columns = try readColumns()
    for row in try rows(
      """
      SELECT c.oid, n.nspname, relname, relkind, relispartition, relrowsecurity, relforcerowsecurity, d.description
      FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
      LEFT JOIN pg_description d ON d.classoid = 'pg_class'::regclass AND d.objoid = c.oid AND d.objsubid = 0
      WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'c', 'S')
      """)
    {
      let id = row.object(0)
      guard let kind = CatalogRelation.Kind(rawValue: row.text(3)) else { continue }
      catalog.relations[id] = CatalogRelation(
        schema: row.text(1), name: row.text(2), kind: kind, columns: columns[id] ?? [], isPartition: row.isTrue(4),
        rowSecurity: row.isTrue(6) ? .forced : row.isTrue(5) ? .on : .off, comment: row.value(7),
        extension: extensions.relations[id])
    }
    for row in try rows("SELECT inhparent, inhrelid FROM pg_inherits ORDER BY inhparent, inhrelid") {
      catalog.relations[row.object(0)]?.children.append(row.object(1))
    }
    try readIndexes(into: &catalog)
    try readConstraints(into: &catalog)
    try readTriggers(into: &catalog)
    try readDefinitions(into: &catalog)
  }

  private func readColumns() throws(ServerProblem) -> [ObjectID: [CatalogColumn]] {
    // From 18 on a NOT NULL can be unproven for the rows that were there.
    let unproven =
      connection.serverVersion >= 180_000
      ? """
      EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = a.attrelid AND k.contype = 'n' AND NOT k.convalidated
        AND k.conkey = ARRAY[a.attnum])
      """ : "false"
    var columns: [ObjectID: [CatalogColumn]] = [:]
    for row in try rows(
      """
      SELECT attrelid, attnum, attname, atttypid, atttypmod, attcollation, attnotnull, attgenerated, attidentity,
        adbin::text, description, \(unproven)
      FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid
      LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
      LEFT JOIN pg_description ON classoid = 'pg_class'::regclass AND objoid = attrelid AND objsubid = attnum
      WHERE attnum > 0 AND NOT attisdropped AND relkind IN ('r', 'p', 'v', 'm', 'f', 'c')
      ORDER BY attrelid, attnum
      """)
    {
      let expression = row.nodeText(9)
      var column = CatalogColumn(
        number: row.integer(1), name: row.text(2), type: row.object(3), typeModifier: Int32(row.integer(4)),
        collation: row.object(5), notNull: row.isTrue(6) ? row.isTrue(11) ? .notValidated : .declared : .absent,
        comment: row.value(10))
      switch row.text(7) {
      case "s": column.generation = expression.map { .stored($0) }
      case "v": column.generation = expression.map { .virtual($0) }
      default: column.defaultValue = expression
      }
      switch row.text(8) {
      case "a": column.identity = .always
      case "d": column.identity = .byDefault
      default: column.identity = nil
      }
      columns[row.object(0), default: []].append(column)
    }
    return columns
  }

  private func readIndexes(into catalog: inout PostgreSQLCatalog) throws(ServerProblem) {
    let nullsNotDistinct = connection.serverVersion >= 150_000 ? "indnullsnotdistinct" : "false"
    for row in try rows(
      """
      SELECT indrelid, relname, indisprimary, indimmediate, indisvalid AND indisready AND indislive, \(nullsNotDistinct),
        indkey, indnkeyatts, indcollation, indexprs::text, indpred::text,
        (SELECT string_agg(opcfamily::text, ' ' ORDER BY u.n) FROM unnest(indclass) WITH ORDINALITY u (class, n)
          JOIN pg_opclass o ON o.oid = u.class)
      FROM pg_index JOIN pg_class c ON c.oid = indexrelid WHERE indisunique ORDER BY indrelid, indexrelid
      """)
    {
      let count = row.integer(7)
      catalog.relations[row.object(0)]?.indexes.append(
        CatalogIndex(
          name: row.text(1), isUnique: true, isPrimary: row.isTrue(2), isImmediate: row.isTrue(3),
          isUsable: row.isTrue(4),
          nullsNotDistinct: row.isTrue(5), keys: Array(row.integers(6).prefix(count)), families: row.objects(11),
          collations: Array(row.objects(8).prefix(count)), expressions: row.nodeText(9), predicate: row.nodeText(10)))
    }
  }

  private func readConstraints(into catalog: inout PostgreSQLCatalog) throws(ServerProblem) {
    let enforced = connection.serverVersion >= 180_000 ? "conenforced" : "true"
    for row in try rows(
      """
      SELECT conrelid, conname, contype, array_to_string(conkey, ' '), confrelid, array_to_string(confkey, ' '),
        confdeltype, confupdtype, convalidated AND \(enforced), condeferrable, connoinherit, conbin::text,
        NOT EXISTS (SELECT FROM pg_trigger t WHERE t.tgconstraint = k.oid AND t.tgenabled = 'D')
      FROM pg_constraint k WHERE contype IN ('f', 'c') AND conrelid <> 0 ORDER BY conrelid, conname
      """)
    {
      let table = row.object(0)
      if row.text(2) == "c" {
        guard let expression = row.nodeText(11) else { continue }
        catalog.relations[table]?.checks.append(
          CatalogCheck(name: row.text(1), expression: expression, isValidated: row.isTrue(8), isLocal: row.isTrue(10)))
        continue
      }
      catalog.relations[table]?.foreignKeys.append(
        CatalogForeignKey(
          name: row.text(1), columns: row.integers(3), referenced: row.object(4), referencedColumns: row.integers(5),
          onDelete: CatalogForeignKey.Action(rawValue: row.text(6)) ?? .noAction,
          onUpdate: CatalogForeignKey.Action(rawValue: row.text(7)) ?? .noAction, isValidated: row.isTrue(8),
          isDeferrable: row.isTrue(9), isEnabled: row.isTrue(12)))
    }
  }

  private func readTriggers(into catalog: inout PostgreSQLCatalog) throws(ServerProblem) {
    for row in try rows(
      """
      SELECT tgrelid, tgname, tgtype, tgfoid, tgenabled FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgrelid, tgname
      """)
    {
      // pg_trigger.h: TRIGGER_TYPE_ROW 1, BEFORE 2, INSERT 4, DELETE 8, UPDATE 16, TRUNCATE 32, INSTEAD 64.
      let bits = row.integer(2)
      var events: Set<TableEvent> = []
      if bits & 4 != 0 { events.insert(.insert) }
      if bits & 8 != 0 { events.insert(.delete) }
      if bits & 16 != 0 { events.insert(.update) }
      if bits & 32 != 0 { events.insert(.truncate) }
      catalog.relations[row.object(0)]?.triggers.append(
        CatalogTrigger(
          name: row.text(1), timing: bits & 64 != 0 ? .insteadOf : bits & 2 != 0 ? .before : .after,
          level: bits & 1 != 0 ? .row : .statement, events: events, function: row.object(3),
          isEnabled: row.text(4) != "D"))
    }
  }

  /// The queries of views. Those of PostgreSQL's own are large and seldom asked for: `readSystemViews` gets them.
  private func readDefinitions(into catalog: inout PostgreSQLCatalog) throws(ServerProblem) {
    for row in try rows(
      """
      SELECT ev_class, rulename, ev_type, is_instead, ev_action::text
      FROM pg_rewrite JOIN pg_class c ON c.oid = ev_class JOIN pg_namespace n ON n.oid = relnamespace
      WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') ORDER BY ev_class, rulename
      """)
    {
      guard let event = CatalogRule.Event(rawValue: row.text(2)) else { continue }
      // A rule on SELECT is a view's query: PostgreSQL has no other since 7.3.
      if event == .select {
        catalog.relations[row.object(0)]?.definition = row.nodeText(4)
      } else {
        catalog.relations[row.object(0)]?.rules.append(
          CatalogRule(name: row.text(1), event: event, isInstead: row.isTrue(3), action: row.nodeText(4)))
      }
    }
  }

  /// The queries of PostgreSQL's own views: `pg_catalog` and `information_schema`.
  func readSystemViews(into catalog: inout PostgreSQLCatalog) throws(ServerProblem) {
    for row in try rows(
      """
      SELECT ev_class, ev_action::text FROM pg_rewrite JOIN pg_class c ON c.oid = ev_class
      JOIN pg_namespace n ON n.oid = relnamespace
      WHERE n.nspname IN ('pg_catalog', 'information_schema') AND rulename = '_RETURN'
      """)
    {
      catalog.relations[row.object(0)]?.definition = row.nodeText(1)
    }
  }
}
