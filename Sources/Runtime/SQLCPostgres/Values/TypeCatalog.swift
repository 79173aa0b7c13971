// The types of one database that are not every server's: enum types, domains, composites, those of extensions.

import Synchronization

/// What is known of a database's own types. Read when the database is opened, and again when it turns out to have others.
@usableFromInline
final class TypeCatalog: Sendable {
  struct Entry: Sendable {
    enum Kind: Sendable, Hashable {
      case enumeration, composite
      case domain(of: UInt32)
      case array(of: UInt32)
      case range(of: UInt32)
      case multirange(of: UInt32)
      case base
    }
    /// As `format_type` writes it.
    var name: String
    /// Without its schema.
    var plainName: String
    var kind: Kind
    /// Its array type, 0 for none.
    var array: UInt32
  }

  /// How the binary form of a type holds text.
  @usableFromInline
  enum TextForm: Sendable {
    case plain
    /// After a byte that is 1.
    case versioned
  }

  private struct State {
    var entries: [UInt32: Entry] = [:]
    var numbers: [String: UInt32] = [:]
    var isStale = true
    /// Counts the readings: who keeps what was looked up sees when it is out of date.
    var version = 0
  }

  private let state = Mutex(State())

  init() {}

  // MARK: Reading it

  /// Is it to be read (again)?
  var isStale: Bool { state.withLock { $0.isStale } }
  var version: Int { state.withLock { $0.version } }
  func markStale() { state.withLock { $0.isStale = true } }

  /// A row for each type that a schema or an extension made; row types of tables are left out, for there may be thousands.
  static let sql = """
    SELECT t.oid::text, format_type(t.oid, NULL), t.typname, quote_ident(n.nspname) || '.' || quote_ident(t.typname),
      t.typtype::text, t.typbasetype::text, coalesce(r.rngsubtype, m.rngtypid, 0)::text, t.typarray::text,
      CASE WHEN t.typelem <> 0 AND e.typarray = t.oid THEN t.typelem ELSE 0 END::text,
      quote_ident(en.nspname) || '.' || quote_ident(e.typname) || '[]'
    FROM pg_catalog.pg_type t
    JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
    LEFT JOIN pg_catalog.pg_type e ON e.oid = t.typelem
    LEFT JOIN pg_catalog.pg_namespace en ON en.oid = e.typnamespace
    LEFT JOIN pg_catalog.pg_range r ON r.rngtypid = t.oid
    LEFT JOIN pg_catalog.pg_range m ON m.rngmultitypid = t.oid
    LEFT JOIN pg_catalog.pg_class c ON c.oid = coalesce(nullif(t.typrelid, 0), e.typrelid)
    WHERE t.oid >= 16384 AND t.typtype <> 'p' AND (c.oid IS NULL OR c.relkind = 'c')
    """

  func read(_ rows: [[String?]]) {
    var fresh = State()
    for row in rows where row.count == 10 {
      guard let oid = row[0].flatMap({ UInt32($0) }), let name = row[1], let plain = row[2] else { continue }
      func number(_ index: Int) -> UInt32 { row[index].flatMap { UInt32($0) } ?? 0 }
      let kind: Entry.Kind
      switch row[4] {
      case "e": kind = .enumeration
      case "c": kind = .composite
      case "d": kind = .domain(of: number(5))
      case "r": kind = .range(of: number(6))
      case "m": kind = .multirange(of: number(6))
      default: kind = number(8) == 0 ? .base : .array(of: number(8))
      }
      fresh.entries[oid] = Entry(name: name, plainName: plain, kind: kind, array: number(7))
      fresh.numbers[name] = oid
      for spelling in [row[3], row[9]] {
        guard let spelling else { continue }
        if spelling == row[9], number(8) == 0 { continue }
        fresh.numbers[spelling] = oid
      }
    }
    state.withLock { state in
      fresh.version = state.version + 1
      fresh.isStale = false
      state = fresh
    }
  }

  /// What `to_regtype` says of a name that is spelled in another way.
  func learn(_ name: String, _ oid: UInt32) { state.withLock { $0.numbers[name] = oid } }

  // MARK: Looking up

  func entry(_ oid: UInt32) -> Entry? { oid < BuiltInType.first ? nil : state.withLock { $0.entries[oid] } }

  /// nil for a name that the database does not have.
  func oid(of type: PostgresType) -> UInt32? {
    switch type.kind {
    case .number(let oid): oid
    case .name(let name): state.withLock { $0.numbers[name] }
    }
  }

  func type(of oid: UInt32) -> PostgresType {
    entry(oid).map { PostgresType(name: $0.name) } ?? PostgresType(oid: oid)
  }

  /// Without domains: rows come that way, elements of arrays and fields of composites do not.
  @usableFromInline
  func valueType(of oid: UInt32) -> UInt32 {
    var oid = oid
    while case .domain(let base)? = entry(oid)?.kind { oid = base }
    return oid
  }

  func isType(_ oid: UInt32, _ type: PostgresType) -> Bool { self.oid(of: type).map { valueType(of: $0) } == oid }

  func array(of oid: UInt32) -> UInt32? {
    guard let entry = entry(oid) else { return BuiltInType.array(of: oid) }
    return entry.array == 0 ? nil : entry.array
  }

  func element(of oid: UInt32) -> UInt32? {
    if case .array(let element)? = entry(oid)?.kind { return element }
    return BuiltInType.element(of: oid)
  }

  func bound(of oid: UInt32) -> UInt32? {
    switch entry(oid)?.kind {
    case .range(let bound): bound
    case .multirange(let range): bound(of: range)
    default: BuiltInType.bound(of: oid)
    }
  }

  func range(ofMultirange oid: UInt32) -> UInt32? {
    if case .multirange(let range)? = entry(oid)?.kind { return range }
    return BuiltInType.range(ofMultirange: oid)
  }

  /// Is it an extension's type of that name?
  func isNamed(_ oid: UInt32, _ name: String) -> Bool { entry(oid)?.plainName == name }

  @usableFromInline
  func textForm(of oid: UInt32) -> TextForm? {
    switch oid {
    case 25, 1043, 1042, 19, 18, 142, 705: return .plain
    case 4072: return .versioned
    default: break
    }
    guard let entry = entry(oid) else { return nil }
    switch (entry.kind, entry.plainName) {
    case (.enumeration, _), (.base, "citext"): return .plain
    case (.base, "ltree"), (.base, "lquery"), (.base, "ltxtquery"): return .versioned
    default: return nil
    }
  }
}
