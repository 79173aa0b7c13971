// The types of a database: by their names as the server spells them, and what those of the schema are made of.

import SQLCEngine

/// Types of the schema and of extensions.
struct TypeDefinitions: Sendable {
  enum Definition: Sendable {
    case enumeration([String])
    case domain(base: String, isNotNull: Bool, check: String?)
    case composite([String])
    case range(of: String)
    case multirange(of: String)
    case base
  }

  /// By the name that `format_type` gives.
  private(set) var types: [String: Definition] = [:]
  private var names: [UInt32: String] = [:]
  /// The schema has functions in languages that the analysis does not read.
  private(set) var hasRoutines = false

  static func read(
    _ rows: (String) throws(TrialFailure) -> [[String?]]
  ) throws(TrialFailure) -> TypeDefinitions {
    var definitions = TypeDefinitions()
    var labels: [String: [String]] = [:]
    for row in try rows("SELECT enumtypid, enumlabel FROM pg_enum ORDER BY enumtypid, enumsortorder") {
      labels[row[0] ?? "", default: []].append(row[1] ?? "")
    }
    for row in try rows(
      """
      SELECT t.oid, format_type(t.oid, NULL), t.typtype, n.nspname = 'pg_catalog', format_type(t.typbasetype, t.typtypmod),
        t.typnotnull, (SELECT string_agg(pg_get_expr(k.conbin, 0), ' AND ') FROM pg_constraint k WHERE k.contypid = t.oid
          AND k.contype = 'c'),
        (SELECT string_agg(format_type(a.atttypid, a.atttypmod), E'\\x01' ORDER BY a.attnum) FROM pg_attribute a
          WHERE t.typtype = 'c' AND a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped),
        (SELECT format_type(r.rngsubtype, NULL) FROM pg_range r WHERE r.rngtypid = t.oid),
        (SELECT format_type(r.rngtypid, NULL) FROM pg_range r WHERE r.rngmultitypid = t.oid)
      FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.typtype <> 'p'
      """)
    {
      let (id, name) = (row[0] ?? "", row[1] ?? "")
      definitions.names[UInt32(id) ?? 0] = name
      switch row[2] {
      case "e": definitions.types[name] = .enumeration(labels[id] ?? [])
      case "d": definitions.types[name] = .domain(base: row[4] ?? "text", isNotNull: row[5] == "t", check: row[6])
      case "c":
        if row[3] != "t" {
          definitions.types[name] = .composite((row[7] ?? "").split(separator: "\u{1}").map(String.init))
        }
      case "r": definitions.types[name] = .range(of: row[8] ?? "")
      case "m": definitions.types[name] = .multirange(of: row[9] ?? "")
      default: if row[3] != "t" { definitions.types[name] = .base }
      }
    }
    definitions.hasRoutines =
      try rows(
        """
        SELECT 1 FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE n.nspname NOT IN ('pg_catalog', 'information_schema')
          AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
        LIMIT 1
        """
      ).isEmpty == false
    return definitions
  }

  func definition(of type: String) -> Definition? { types[type] ?? types[withoutModifier(type)] }

  /// The condition of a domain and of those that it is made of.
  func check(of type: String) -> String? {
    guard case .domain(let base, _, let check)? = definition(of: type) else { return nil }
    let inner = self.check(of: base)
    guard let check else { return inner }
    return inner.map { "(\(check)) AND (\($0))" } ?? check
  }

  func isNotNull(_ type: String) -> Bool {
    guard case .domain(let base, let isNotNull, _)? = definition(of: type) else { return false }
    return isNotNull || self.isNotNull(base)
  }

  /// Kinds that constraints and repairs know how to count in, where the type is one; any other by its name.
  func kind(of type: String) -> ValueKind {
    if case .domain(let base, _, _)? = definition(of: type) { return kind(of: base) }
    switch type {
    case "smallint", "integer", "bigint": return .integer
    case "text", "character varying", "name", "citext": return .text
    case "boolean": return .boolean
    case "uuid": return .uuid
    case "json", "jsonb": return .json
    case "bytea": return .blob
    case "date": return .date
    case "real", "double precision": return .real
    default:
      if type == "numeric" { return .numeric }
      if type.hasPrefix("timestamp") && !type.hasSuffix("[]") { return .dateTime }
      return .other(type)
    }
  }

  /// A value as the server printed it.
  func value(_ text: String?, type: UInt32) -> TrialValue {
    guard let text else { return .null }
    switch type {
    case 20, 21, 23: return Int64(text).map { .integer($0) } ?? .text(text)
    case 700, 701: return Double(text).map { .real($0) } ?? .text(text)
    case 18, 19, 25, 1042, 1043, 705: return .text(text)
    default: return .other(type: names[type] ?? "type \(type)", text: text)
    }
  }
}

/// `numeric` of `numeric(10,2)`, `timestamp with time zone` of `timestamp(3) with time zone`.
func withoutModifier(_ type: String) -> String {
  guard let open = type.firstIndex(of: "("), let close = type[open...].firstIndex(of: ")") else { return type }
  return String(type[..<open]) + String(type[type.index(after: close)...])
}

/// The numbers in `numeric(10,2)`.
func modifiers(of type: String) -> [Int] {
  guard let open = type.firstIndex(of: "("), let close = type[open...].firstIndex(of: ")") else { return [] }
  return type[type.index(after: open)..<close].split(separator: ",").compactMap { Int($0) }
}
