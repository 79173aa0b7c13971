// Pragmas as tables (SQLite, pragma.html#pragfunc): `pragma_table_info('t')`. The argument and the schema are hidden columns.

/// By `pragma_…`, in lower case.
let pragmaTables: [String: Table] = {
  var tables: [String: Table] = [:]
  for definition in definitions {
    let name = "pragma_" + definition.name
    var columns = definition.columns.map { builtinColumn($0.name, $0.storage, nullable: $0.nullable, of: name) }
    for hidden in definition.hidden { columns.append(builtinColumn(hidden, .text, hidden: true, of: name)) }
    tables[name] = Table(name: name, kind: .eponymous(module: name), columns: columns)
  }
  for setting in integerSettings {
    let name = "pragma_" + setting
    tables[name] = Table(
      name: name, kind: .eponymous(module: name), columns: [builtinColumn(setting, .integer, nullable: true, of: name)])
  }
  for setting in integerSettingsOfSchema {
    let name = "pragma_" + setting
    tables[name] = Table(
      name: name, kind: .eponymous(module: name),
      columns: [
        builtinColumn(setting, .integer, nullable: true, of: name),
        builtinColumn("schema", .text, hidden: true, of: name),
      ])
  }
  return tables
}()

private struct PragmaColumn {
  var name: String
  var storage: StorageClasses
  var nullable: Bool
}

private struct PragmaDefinition {
  var name: String
  var columns: [PragmaColumn]
  var hidden: [String]
}

private func integer(_ name: String) -> PragmaColumn { PragmaColumn(name: name, storage: .integer, nullable: false) }
private func text(_ name: String) -> PragmaColumn { PragmaColumn(name: name, storage: .text, nullable: false) }
private func optional(_ column: PragmaColumn) -> PragmaColumn {
  PragmaColumn(name: column.name, storage: column.storage, nullable: true)
}

private let ofTable = ["arg", "schema"]

private let definitions: [PragmaDefinition] = [
  PragmaDefinition(
    name: "table_info",
    columns: [
      integer("cid"), text("name"), text("type"), integer("notnull"), optional(text("dflt_value")), integer("pk"),
    ], hidden: ofTable),
  PragmaDefinition(
    name: "table_xinfo",
    columns: [
      integer("cid"), text("name"), text("type"), integer("notnull"), optional(text("dflt_value")), integer("pk"),
      integer("hidden"),
    ], hidden: ofTable),
  PragmaDefinition(
    name: "table_list",
    columns: [text("schema"), text("name"), text("type"), integer("ncol"), integer("wr"), integer("strict")],
    hidden: ["arg"]),
  PragmaDefinition(
    name: "index_list",
    columns: [integer("seq"), text("name"), integer("unique"), text("origin"), integer("partial")], hidden: ofTable),
  PragmaDefinition(
    name: "index_info", columns: [integer("seqno"), integer("cid"), optional(text("name"))], hidden: ofTable),
  PragmaDefinition(
    name: "index_xinfo",
    columns: [
      integer("seqno"), integer("cid"), optional(text("name")), integer("desc"), optional(text("coll")), integer("key"),
    ], hidden: ofTable),
  PragmaDefinition(
    name: "foreign_key_list",
    columns: [
      integer("id"), integer("seq"), text("table"), text("from"), optional(text("to")), text("on_update"),
      text("on_delete"), text("match"),
    ], hidden: ofTable),
  PragmaDefinition(
    name: "foreign_key_check",
    columns: [text("table"), optional(integer("rowid")), text("parent"), integer("fkid")], hidden: ofTable),
  PragmaDefinition(
    name: "database_list", columns: [integer("seq"), text("name"), optional(text("file"))], hidden: []),
  PragmaDefinition(name: "collation_list", columns: [integer("seq"), text("name")], hidden: []),
  PragmaDefinition(
    name: "function_list",
    columns: [text("name"), integer("builtin"), text("type"), text("enc"), integer("narg"), integer("flags")],
    hidden: []),
  PragmaDefinition(name: "module_list", columns: [text("name")], hidden: []),
  PragmaDefinition(name: "pragma_list", columns: [text("name")], hidden: []),
  PragmaDefinition(name: "compile_options", columns: [text("compile_options")], hidden: []),
  PragmaDefinition(name: "encoding", columns: [text("encoding")], hidden: []),
  PragmaDefinition(name: "integrity_check", columns: [text("integrity_check")], hidden: ofTable),
  PragmaDefinition(name: "quick_check", columns: [text("quick_check")], hidden: ofTable),
  PragmaDefinition(name: "journal_mode", columns: [text("journal_mode")], hidden: ["schema"]),
  PragmaDefinition(name: "locking_mode", columns: [text("locking_mode")], hidden: ["schema"]),
  PragmaDefinition(name: "optimize", columns: [optional(text("optimize"))], hidden: ["arg"]),
  PragmaDefinition(name: "busy_timeout", columns: [integer("timeout")], hidden: []),
  PragmaDefinition(name: "default_cache_size", columns: [integer("cache_size")], hidden: ["schema"]),
]

private let integerSettings = [
  "analysis_limit", "application_id", "automatic_index", "cache_spill", "cell_size_check", "checkpoint_fullfsync",
  "count_changes", "data_version", "defer_foreign_keys", "empty_result_callbacks", "foreign_keys", "freelist_count",
  "full_column_names", "fullfsync", "hard_heap_limit", "ignore_check_constraints", "journal_size_limit",
  "legacy_alter_table", "query_only", "read_uncommitted", "recursive_triggers", "reverse_unordered_selects",
  "schema_version", "secure_delete", "short_column_names", "soft_heap_limit", "temp_store", "threads", "trusted_schema",
  "user_version", "writable_schema",
]

private let integerSettingsOfSchema = [
  "auto_vacuum", "cache_size", "max_page_count", "page_count", "page_size", "synchronous",
]
