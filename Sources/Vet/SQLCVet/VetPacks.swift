// The rules that come with the tool: one file for each pack, which is run, explained and tried.

public import SQLCConfiguration
public import SQLCDiagnostics

extension VetPackName {
  /// The text of its rules.
  public var file: SourceFile {
    let bytes =
      switch self {
      case .naming: PackageResources.naming_sql
      case .keys: PackageResources.keys_sql
      case .time: PackageResources.time_sql
      case .isolation: PackageResources.isolation_sql
      case .safety: PackageResources.safety_sql
      case .schema: PackageResources.schema_sql
      case .plans: PackageResources.plans_sql
      }
    return SourceFile(path: "<\(rawValue)>", text: String(decoding: bytes, as: UTF8.self))
  }

  public var rules: [VetRule] { readRules(file).value }
}

/// Every rule of every pack.
public let shippedRules: [VetRule] = VetPackName.allCases.flatMap(\.rules)

/// What rules read from `options` unless the configuration says otherwise.
public let defaultOptions: [String: String] = [
  "boolean_columns": "is_*,has_*",
  "check_prefix": "ck_,chk_",
  "created_at": "created_at",
  "enumerations": "status,state,kind,role",
  "foreign_key_columns": "*_id",
  "foreign_prefix": "fk_",
  "index_name": "idx_{table}_{columns}|ix_{table}_{columns}",
  "key_type": "",
  "primary_prefix": "pk_",
  "reserved_names": "metadata,type",
  "small_rows": "1000",
  "small_tables": "",
  "uncountable": "context,data,history,information,media,people",
  "unique_index_name": "idx_{table}_{columns}|ix_{table}_{columns}|uq_{table}_{columns}",
  "unique_prefix": "uq_",
  "updated_at": "updated_at",
]
