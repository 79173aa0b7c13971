// Which Swift type stands for a Go type that sqlc's users override with.

/// A Swift type, where it comes from, and how it is stored if not as itself.
struct SwiftCounterpart: Equatable {
  var name: String
  var module: String?

  init(_ name: String, _ module: String? = nil) {
    self.name = name
    self.module = module
  }

  /// Nothing for a type of the user's own or of a library without a counterpart.
  init?(goType: String) {
    let name = goType.drop { $0 == "*" }
    // Configurations name the standard library's packages by their last part too.
    guard let known = Self.known[String(name)] ?? Self.known["database/" + name] ?? Self.known["encoding/" + name]
    else {
      return nil
    }
    self = known
  }

  private static let known: [String: SwiftCounterpart] = [
    "string": Self("String"), "bool": Self("Bool"), "float64": Self("Double"), "float32": Self("Double"),
    "int": Self("Int64"), "int64": Self("Int64"), "int32": Self("Int64"), "int16": Self("Int64"), "int8": Self("Int64"),
    "uint": Self("Int64"), "uint64": Self("Int64"), "uint32": Self("Int64"), "uint16": Self("Int64"),
    "[]byte": Self("Data", "Foundation"), "time.Time": Self("Date", "Foundation"),
    "database/sql.NullString": Self("String"), "database/sql.NullBool": Self("Bool"),
    "database/sql.NullInt64": Self("Int64"), "database/sql.NullInt32": Self("Int64"),
    "database/sql.NullFloat64": Self("Double"), "database/sql.NullTime": Self("Date", "Foundation"),
    "github.com/google/uuid.UUID": Self("UUID", "Foundation"),
    "github.com/google/uuid.NullUUID": Self("UUID", "Foundation"),
    "github.com/gofrs/uuid.UUID": Self("UUID", "Foundation"),
    "encoding/json.RawMessage": Self("SQLiteJSON", "SQLCRuntime"),
    "gorm.io/datatypes.JSON": Self("SQLiteJSON", "SQLCRuntime"),
    "github.com/shopspring/decimal.Decimal": Self("SQLiteDecimal", "SQLCRuntime"),
    "github.com/jackc/pgx/v5/pgtype.Timestamptz": Self("Date", "Foundation"),
    "github.com/jackc/pgx/v5/pgtype.UUID": Self("UUID", "Foundation"),
    "github.com/jackc/pgx/v5/pgtype.Text": Self("String"),
    "github.com/jackc/pgx/v5/pgtype.Bool": Self("Bool"), "github.com/jackc/pgx/v5/pgtype.Int8": Self("Int64"),
    "github.com/jackc/pgx/v5/pgtype.Float8": Self("Double"),
    "github.com/shopspring/decimal.NullDecimal": Self("SQLiteDecimal", "SQLCRuntime"),
  ]
}
