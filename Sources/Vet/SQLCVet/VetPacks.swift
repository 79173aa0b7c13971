// The rules that come with the tool: one file for each pack, which is run, explained and tried.

public import SQLCConfiguration
public import SQLCDiagnostics

extension VetPackName {
  /// The text of its rules.
  public var files: [SourceFile] {
    switch self {
    case .naming: [file(rawValue, PackageResources.naming_sql)]
    case .keys: [file(rawValue, PackageResources.keys_sql)]
    case .time: [file(rawValue, PackageResources.time_sql)]
    case .isolation: [file(rawValue, PackageResources.isolation_sql)]
    case .safety: [file(rawValue, PackageResources.safety_sql)]
    case .schema: [file(rawValue, PackageResources.schema_sql)]
    case .plans: [file(rawValue, PackageResources.plans_sql)]
    case .portable:
      [
        file("portable: numbers", PackageResources.portable_numbers_sql),
        file("portable: text", PackageResources.portable_text_sql),
        file("portable: types", PackageResources.portable_types_sql),
        file("portable: JSON", PackageResources.portable_json_sql),
        file("portable: queries", PackageResources.portable_queries_sql),
        file("portable: names", PackageResources.portable_names_sql),
        file("portable: definitions", PackageResources.portable_definitions_sql),
      ]
    }
  }

  public var rules: [VetRule] { files.flatMap { readRules($0).value } }

  private func file(_ name: String, _ bytes: [UInt8]) -> SourceFile {
    SourceFile(path: "<\(name)>", text: String(decoding: bytes, as: UTF8.self))
  }
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
