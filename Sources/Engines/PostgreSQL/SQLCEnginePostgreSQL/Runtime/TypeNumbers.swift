// Types of PostgreSQL that have the same number in every database.

/// Numbers (`pg_type.oid`, pg_type.dat) by name, as `format_type` spells it without lengths.
struct TypeNumbers {
  static let all: [String: UInt32] = [
    "boolean": 16, "bytea": 17, "\"char\"": 18, "name": 19, "bigint": 20, "smallint": 21, "int2vector": 22,
    "integer": 23, "regproc": 24, "text": 25, "oid": 26, "tid": 27, "xid": 28, "cid": 29, "oidvector": 30,
    "json": 114, "xml": 142, "xml[]": 143, "json[]": 199, "xid8[]": 271, "point": 600, "lseg": 601, "path": 602,
    "box": 603, "polygon": 604, "line": 628, "line[]": 629, "cidr": 650, "cidr[]": 651, "real": 700,
    "double precision": 701, "circle": 718, "circle[]": 719, "macaddr8": 774, "macaddr8[]": 775, "money": 790,
    "money[]": 791, "macaddr": 829, "inet": 869, "boolean[]": 1000, "bytea[]": 1001, "\"char\"[]": 1002,
    "name[]": 1003, "smallint[]": 1005, "integer[]": 1007, "regproc[]": 1008, "text[]": 1009, "tid[]": 1010,
    "xid[]": 1011, "cid[]": 1012, "bpchar[]": 1014, "character varying[]": 1015, "bigint[]": 1016, "point[]": 1017,
    "lseg[]": 1018, "path[]": 1019, "box[]": 1020, "real[]": 1021, "double precision[]": 1022, "polygon[]": 1027,
    "oid[]": 1028, "aclitem": 1033, "aclitem[]": 1034, "macaddr[]": 1040, "inet[]": 1041, "bpchar": 1042,
    "character varying": 1043, "date": 1082, "time without time zone": 1083, "timestamp without time zone": 1114,
    "timestamp without time zone[]": 1115, "date[]": 1182, "time without time zone[]": 1183,
    "timestamp with time zone": 1184, "timestamp with time zone[]": 1185, "interval": 1186, "interval[]": 1187,
    "numeric[]": 1231, "time with time zone": 1266, "time with time zone[]": 1270, "\"bit\"": 1560,
    "\"bit\"[]": 1561, "bit varying": 1562, "bit varying[]": 1563, "numeric": 1700, "refcursor": 1790,
    "refcursor[]": 2201, "regprocedure": 2202, "regoper": 2203, "regoperator": 2204, "regclass": 2205,
    "regtype": 2206, "regprocedure[]": 2207, "regoper[]": 2208, "regoperator[]": 2209, "regclass[]": 2210,
    "regtype[]": 2211, "txid_snapshot[]": 2949, "uuid": 2950, "uuid[]": 2951, "txid_snapshot": 2970, "pg_lsn": 3220,
    "pg_lsn[]": 3221, "tsvector": 3614, "tsquery": 3615, "tsvector[]": 3643, "tsquery[]": 3645, "regconfig": 3734,
    "regconfig[]": 3735, "regdictionary": 3769, "regdictionary[]": 3770, "jsonb": 3802, "jsonb[]": 3807,
    "int4range": 3904, "int4range[]": 3905, "numrange": 3906, "numrange[]": 3907, "tsrange": 3908, "tsrange[]": 3909,
    "tstzrange": 3910, "tstzrange[]": 3911, "daterange": 3912, "daterange[]": 3913, "int8range": 3926,
    "int8range[]": 3927, "jsonpath": 4072, "jsonpath[]": 4073, "regnamespace": 4089, "regnamespace[]": 4090,
    "regrole": 4096, "regrole[]": 4097, "regcollation": 4191, "regcollation[]": 4192, "int4multirange": 4451,
    "nummultirange": 4532, "tsmultirange": 4533, "tstzmultirange": 4534, "datemultirange": 4535,
    "int8multirange": 4536, "pg_snapshot": 5038, "pg_snapshot[]": 5039, "xid8": 5069, "int4multirange[]": 6150,
    "nummultirange[]": 6151, "tsmultirange[]": 6152, "tstzmultirange[]": 6153, "datemultirange[]": 6155,
    "int8multirange[]": 6157, "character": 1042, "character[]": 1014, "bit": 1560, "bit[]": 1561,
  ]

  /// Names that people write, and the server's own.
  static let aliases: [String: String] = [
    "int2": "smallint", "int4": "integer", "int8": "bigint", "int": "integer", "smallserial": "smallint",
    "serial": "integer", "bigserial": "bigint", "serial2": "smallint", "serial4": "integer", "serial8": "bigint",
    "float4": "real", "float8": "double precision", "float": "double precision", "bool": "boolean",
    "decimal": "numeric", "varchar": "character varying", "char": "character", "bpchar": "character",
    "varbit": "bit varying", "\"bit\"": "bit", "timestamp": "timestamp without time zone",
    "timestamptz": "timestamp with time zone", "time": "time without time zone", "timetz": "time with time zone",
  ]

  /// A name without `pg_catalog.` and lengths; arrays keep one pair of brackets, however many are written.
  static func plainName(_ name: String) -> String {
    var plain = ""
    var depth = 0
    var isQuoted = false
    for character in name.unicodeScalars {
      if character == "\"" { isQuoted.toggle() }
      if !isQuoted {
        if character == "(" { depth += 1 }
        if character == ")" {
          depth -= 1
          continue
        }
      }
      if depth == 0 { plain += isQuoted ? String(character) : String(character).lowercased() }
    }
    plain = plain.split(separator: " ").joined(separator: " ")
    var isArray = false
    while plain.hasSuffix("]"), let open = plain.lastIndex(of: "[") {
      plain = String(plain[..<open]).trimmingBlanks
      isArray = true
    }
    if plain.hasPrefix("pg_catalog.") { plain.removeFirst("pg_catalog.".count) }
    // `interval day to second` is an interval.
    if plain.hasPrefix("interval ") { plain = "interval" }
    return (aliases[plain] ?? plain) + (isArray ? "[]" : "")
  }
}

extension String {
  fileprivate var trimmingBlanks: String { split(separator: " ").joined(separator: " ") }
}
