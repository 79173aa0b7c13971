// What mends a type that differs between engines.

import SQLCModel

/// What to write in place of a type that one engine alone has.
func adviceForUnsharedType(_ type: ValueType) -> String {
  switch type.withoutDomains {
  case .real(.single): "declare it DOUBLE PRECISION: four bytes give other numbers than SQLite's eight"
  case .timestamp(.withoutTimeZone): "declare it TIMESTAMPTZ: a timestamp without a zone is no instant"
  case .numeric, .any:
    "its type is known only when it is read: write CAST(… AS BIGINT), CAST(… AS DOUBLE PRECISION) or CAST(… AS TEXT), or declare the column's type"
  case .time, .interval: "keep it as TEXT in both schemas, or as a number of seconds"
  case .array(_, .possible):
    "an element can be NULL: add CHECK (array_position(column, NULL) IS NULL), and declare it JSON for SQLite"
  case .composite, .range, .multirange: "keep its parts in columns of their own"
  default: "use a type that both have, such as TEXT or JSON, or give it a type of yours by 'overrides' in both blocks"
  }
}

/// What to write where both engines have a type, and not the same.
func adviceForTypes(_ a: ValueType, _ b: ValueType) -> String {
  let types = [a.withoutDomains, b.withoutDomains]
  func has(_ isIt: (ValueType) -> Bool) -> Bool { types.contains(where: isIt) }
  if types.contains(.boolean) {
    return
      "declare it BOOLEAN in both schemas; a comparison as a column is CASE WHEN … THEN TRUE ELSE FALSE END in both"
  }
  if types.contains(.uuid) { return "declare it UUID in both schemas: SQLite keeps it as text" }
  if has({ if case .timestamp = $0 { true } else { false } }) {
    return "declare it TIMESTAMP for SQLite and TIMESTAMPTZ for PostgreSQL"
  }
  if has({ if case .json = $0 { true } else { false } }) {
    return "declare it JSON for SQLite and JSONB for PostgreSQL; an array there is JSON here when both are declared so"
  }
  if has({ if case .enumeration = $0 { true } else { false } }) {
    return "list the values by CHECK in both schemas, or give both enumerations one name by 'rename'"
  }
  if types.contains(.decimal) {
    return
      "write CAST(… AS DOUBLE PRECISION) or CAST(… AS BIGINT) in both: sums and averages of integers are NUMERIC on PostgreSQL"
  }
  return "declare the same type in both schemas, or write the same CAST in both"
}
