// Types as PostgreSQL spells them, and what they are to generated code.

import SQLCModel
import SQLCOraclePostgreSQL
import SQLCSemanticsPostgreSQL
import SQLCTreePostgreSQL

/// A type and its modifier: `numeric` with 10 and 2.
struct ModifiedType: Hashable {
  var type: ObjectID
  var modifier: Int32
}

/// The catalogue in the words of the model: names without a schema where the search path finds them.
struct TypeLowering {
  let catalog: PostgreSQLCatalog
  private let visibleTypes: [String: ObjectID]
  private let visibleRelations: [String: ObjectID]

  init(_ catalog: PostgreSQLCatalog) {
    self.catalog = catalog
    let places = Dictionary(
      catalog.searchPath.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
    func visible(_ names: [(ObjectID, schema: String, name: String)]) -> [String: ObjectID] {
      var found: [String: (ObjectID, Int)] = [:]
      for (id, schema, name) in names {
        guard let place = places[schema] else { continue }
        if let other = found[name], other.1 <= place { continue }
        found[name] = (id, place)
      }
      return found.mapValues(\.0)
    }
    visibleTypes = visible(catalog.types.map { ($0.key, $0.value.schema, $0.value.name) })
    visibleRelations = visible(catalog.relations.map { ($0.key, $0.value.schema, $0.value.name) })
  }

  func name(ofType id: ObjectID) -> QualifiedName {
    guard let type = catalog.types[id] else { return QualifiedName("unknown") }
    return QualifiedName(schema: visibleTypes[type.name] == id ? nil : type.schema, type.name)
  }

  func name(ofRelation id: ObjectID) -> QualifiedName {
    guard let relation = catalog.relations[id] else { return QualifiedName("unknown") }
    return QualifiedName(schema: visibleRelations[relation.name] == id ? nil : relation.schema, relation.name)
  }

  /// The table or view of that name, as the search path finds it where no schema is named.
  func relation(named name: String, in schema: String?) -> ObjectID? {
    guard let schema else { return visibleRelations[name] }
    return catalog.relations.first { $0.value.name == name && $0.value.schema == schema }?.key
  }

  /// | PostgreSQL | model |
  /// |---|---|
  /// | `smallint`, `integer`, `bigint`, `oid` | integers of that width |
  /// | `text`, `varchar`, `char(n)`, `name`, `citext`, `xml` | text |
  /// | an enum, a domain, a composite type, an array, a range of the schema | the same |
  /// | `record` and other pseudo-types, nothing known | any |
  /// | anything else | that type, by its name |
  func value(of id: ObjectID) -> ValueType {
    guard let type = catalog.types[id] else { return .any }
    if let element = type.element { return .array(of: value(of: element), .possible) }
    switch type.kind {
    case .enumeration: return .enumeration(.type(name(ofType: id)))
    case .domain(let base, _, _): return .domain(name(ofType: id), of: value(of: base))
    case .composite: return .composite(name(ofType: id))
    case .range(let element): return .range(of: value(of: element))
    case .multirange(let range):
      guard case .range(let element)? = catalog.types[range]?.kind else { return .other(name(ofType: id)) }
      return .multirange(of: value(of: element))
    case .pseudo: return type.name == "void" ? .other(QualifiedName("void")) : .any
    case .base: break
    }
    guard type.schema == "pg_catalog" else {
      switch type.name {
      case "citext" where type.extension == "citext": return .text
      case "vector" where type.extension == "vector": return .vector(dimensions: nil)
      // By their own names, wherever the extension stands.
      case "halfvec" where type.extension == "vector", "sparsevec" where type.extension == "vector",
        "hstore" where type.extension == "hstore", "ltree" where type.extension == "ltree":
        return .other(QualifiedName(type.name))
      default: return .other(name(ofType: id))
      }
    }
    return Self.builtin[type.name] ?? .other(QualifiedName(type.name))
  }

  /// With the length of a vector, which its modifier says.
  func value(of type: ModifiedType) -> ValueType {
    let value = value(of: type.type)
    if case .vector = value, type.modifier > 0 { return .vector(dimensions: Int(type.modifier)) }
    return value
  }

  private static let builtin: [String: ValueType] = [
    "int2": .integer(.bits16), "int4": .integer(.bits32), "int8": .integer(.bits64), "float4": .real(.single),
    "float8": .real(.double), "numeric": .decimal, "text": .text, "varchar": .text, "bpchar": .text, "name": .text,
    "xml": .text, "bytea": .blob, "bool": .boolean, "uuid": .uuid, "date": .date, "interval": .interval,
    "timestamp": .timestamp(.withoutTimeZone), "timestamptz": .timestamp(.withTimeZone),
    "time": .time(.withoutTimeZone),
    "timetz": .time(.withTimeZone), "json": .json(.text), "jsonb": .json(.binary), "unknown": .text,
  ]
}

/// Asks the server how it spells types.
func typeNames(
  _ types: Set<ModifiedType>, _ reader: CatalogReader
) throws(ServerProblem) -> [ModifiedType: String] {
  guard !types.isEmpty else { return [:] }
  let all = types.sorted { ($0.type, $0.modifier) < ($1.type, $1.modifier) }
  let ids = all.map { String($0.type.rawValue) }.joined(separator: ",")
  let modifiers = all.map { String($0.modifier) }.joined(separator: ",")
  let rows = try reader.rows(
    "SELECT format_type(t, m) FROM unnest('{\(ids)}'::oid[], '{\(modifiers)}'::int[]) WITH ORDINALITY u (t, m, n) ORDER BY n"
  )
  return Dictionary(uniqueKeysWithValues: zip(all, rows.map { $0.text(0) }))
}
