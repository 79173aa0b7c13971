// The server's catalogs as a value, in a dozen questions.

import SQLCOraclePostgreSQL
import SQLCPostgreSQLHandle
import SQLCSemanticsPostgreSQL
import SQLCTreePostgreSQL

/// Reads everything the analysis of statements asks of the catalogs.
struct CatalogReader {
  let connection: PostgreSQLConnection
  let limit: Duration

  /// - Throws: `ServerProblem` when the server does not answer.
  func read() throws(ServerProblem) -> PostgreSQLCatalog {
    let path = try rows("SELECT unnest(current_schemas(true))").map { $0.text(0) }
    var catalog = PostgreSQLCatalog(serverVersion: connection.serverVersion, searchPath: path)
    let extensions = try readExtensions()
    try readTypes(extensions, into: &catalog)
    try readRelations(extensions, into: &catalog)
    try readFunctions(extensions, into: &catalog)
    for row in try rows(
      "SELECT o.oid, n.nspname, oprname, oprcode::oid FROM pg_operator o JOIN pg_namespace n ON n.oid = oprnamespace")
    {
      catalog.operators[row.object(0)] = CatalogOperator(
        schema: row.text(1), name: row.text(2), function: row.object(3))
    }
    for row in try rows(
      """
      SELECT amopfamily, amopopr FROM pg_amop JOIN pg_am a ON a.oid = amopmethod
      WHERE amname = 'btree' AND amopstrategy = 3
      """)
    {
      catalog.equalityOperators[row.object(0), default: []].insert(row.object(1))
    }
    for row in try rows(
      """
      SELECT c.oid, n.nspname, collname, collisdeterministic FROM pg_collation c JOIN pg_namespace n ON n.oid = collnamespace
      """)
    {
      catalog.collations[row.object(0)] = CatalogCollation(
        schema: row.text(1), name: row.text(2), isDeterministic: row.isTrue(3))
    }
    return catalog
  }

  func rows(_ sql: String) throws(ServerProblem) -> [CatalogRow] {
    do {
      return try connection.execute(sql, deadline: .now + limit).rows.map(CatalogRow.init)
    } catch {
      throw ServerProblem(error, doing: "read the catalogs")
    }
  }

  /// The extension that made an object.
  struct Extensions {
    var types: [ObjectID: String] = [:]
    var relations: [ObjectID: String] = [:]
    var functions: [ObjectID: String] = [:]
  }

  private func readExtensions() throws(ServerProblem) -> Extensions {
    var extensions = Extensions()
    for row in try rows(
      """
      SELECT d.classid::regclass::text, d.objid, e.extname FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid
      WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e'
      """)
    {
      switch row.text(0) {
      case "pg_type": extensions.types[row.object(1)] = row.text(2)
      case "pg_class": extensions.relations[row.object(1)] = row.text(2)
      case "pg_proc": extensions.functions[row.object(1)] = row.text(2)
      default: continue
      }
    }
    return extensions
  }

  private func readTypes(_ extensions: Extensions, into catalog: inout PostgreSQLCatalog) throws(ServerProblem) {
    var labels: [ObjectID: [String]] = [:]
    for row in try rows("SELECT enumtypid, enumlabel FROM pg_enum ORDER BY enumtypid, enumsortorder") {
      labels[row.object(0), default: []].append(row.text(1))
    }
    for row in try rows(
      """
      SELECT t.oid, n.nspname, typname, typtype, typcategory, typelem, typarray, typrelid, typbasetype, typtypmod, typnotnull,
        r.rngsubtype, m.rngtypid, d.description
      FROM pg_type t JOIN pg_namespace n ON n.oid = typnamespace
      LEFT JOIN pg_range r ON r.rngtypid = t.oid LEFT JOIN pg_range m ON m.rngmultitypid = t.oid
      LEFT JOIN pg_description d ON d.classoid = 'pg_type'::regclass AND d.objoid = t.oid AND d.objsubid = 0
      """)
    {
      let id = row.object(0)
      let kind: CatalogType.Kind =
        switch row.text(3) {
        case "e": .enumeration(labels: labels[id] ?? [])
        case "d":
          .domain(
            base: row.object(8), typeModifier: Int32(row.integer(9)), notNull: row.isTrue(10) ? .declared : .absent)
        case "c": .composite(relation: row.object(7))
        case "r": .range(element: row.object(11))
        case "m": .multirange(range: row.object(12))
        case "p": .pseudo
        default: .base
        }
      let isArray = row.text(4) == "A" && row.object(5) != .none
      catalog.types[id] = CatalogType(
        schema: row.text(1), name: row.text(2), kind: kind, element: isArray ? row.object(5) : nil,
        array: row.object(6) == .none ? nil : row.object(6), comment: row.value(13), extension: extensions.types[id])
    }
  }

  private func readFunctions(_ extensions: Extensions, into catalog: inout PostgreSQLCatalog) throws(ServerProblem) {
    // A separator that no name has, since names have no control characters in practice and are told apart by place here.
    for row in try rows(
      """
      SELECT p.oid, n.nspname, proname, prokind, proargtypes, array_to_string(proargnames, E'\\x01', ''),
        array_to_string(proargmodes, ''), proisstrict, provolatile, proretset, prorettype, lanname, prosqlbody::text
      FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace JOIN pg_language l ON l.oid = prolang
      """)
    {
      let types = row.objects(4)
      catalog.functions[row.object(0)] = CatalogFunction(
        schema: row.text(1), name: row.text(2), kind: CatalogFunction.Kind(rawValue: row.text(3)) ?? .function,
        argumentTypes: types, argumentNames: argumentNames(row.value(5), modes: row.value(6), count: types.count),
        nullInput: row.isTrue(7) ? .returnsNull : .isCalled,
        volatility: CatalogFunction.Volatility(rawValue: row.text(8)) ?? .volatile,
        result: row.isTrue(9) ? .set : .value, resultType: row.object(10), language: row.text(11),
        body: row.nodeText(12), extension: extensions.functions[row.object(0)])
    }
  }

  /// The names of what a call gives; those of results are left out.
  private func argumentNames(_ names: String?, modes: String?, count: Int) -> [String?] {
    guard let names else { return [] }
    var all = names.split(separator: "\u{1}", omittingEmptySubsequences: false).map { $0.isEmpty ? nil : String($0) }
    if let modes, !modes.isEmpty {
      all = zip(all, modes).filter { "ibv".contains($0.1) }.map(\.0)
    }
    return all.count >= count ? Array(all.prefix(count)) : []
  }
}

/// One row of an answer.
struct CatalogRow {
  private let values: [String?]
  init(_ values: [String?]) { self.values = values }

  func value(_ index: Int) -> String? { values[index] }
  func text(_ index: Int) -> String { values[index] ?? "" }
  func integer(_ index: Int) -> Int { values[index].flatMap { Int($0) } ?? 0 }
  func isTrue(_ index: Int) -> Bool { values[index] == "t" }
  func object(_ index: Int) -> ObjectID { ObjectID(rawValue: values[index].flatMap { UInt32($0) } ?? 0) }
  /// An `oidvector`: numbers with blanks between.
  func objects(_ index: Int) -> [ObjectID] {
    text(index).split(separator: " ").compactMap { UInt32($0).map(ObjectID.init(rawValue:)) }
  }
  func integers(_ index: Int) -> [Int] { text(index).split(separator: " ").compactMap { Int($0) } }
  func nodeText(_ index: Int) -> NodeText? { values[index].map { NodeText($0) } }
}
