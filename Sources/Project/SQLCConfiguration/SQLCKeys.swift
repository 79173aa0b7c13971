// sqlc's keys that this tool does not read, and what to do instead.

let sqlcTopLevelAdvice = [
  "cloud": "this key is for sqlc's cloud and has no meaning here",
  "servers": "this key is for sqlc's managed databases and has no meaning here",
  "plugins": "this key is for sqlc's plugins and has no meaning here",
  "options": "this key is for sqlc's plugins and has no meaning here",
  "rules": "this key is for 'sqlc vet' and has no meaning here",
  "packages": "this is sqlc's version 1; 'sqlc-swift init --from' converts it",
  "rename": "shared renames stand under 'overrides: swift: rename:'",
]

let sqlcBlockAdvice = [
  "strict_order_by": "the database itself rejects unknown names in ORDER BY",
  "database": "queries are checked against an SQLite in memory; no database is needed",
  "analyzer": "queries are checked against an SQLite in memory; no database is needed",
  "rules": "this key is for 'sqlc vet' and has no meaning here",
  "codegen": "this key is for sqlc's plugins; code is asked for under 'gen: swift:'",
  "strict_function_checks": "an unknown function is always an error here",
  "path": "this is sqlc's version 1; 'sqlc-swift init --from' converts it",
]

let sqlcGenAdvice = [
  "go": "this key is sqlc's; 'sqlc-swift init --from' converts it to 'swift'",
  "kotlin": "this key is sqlc's; code is asked for under 'swift'",
  "python": "this key is sqlc's; code is asked for under 'swift'",
  "typescript": "this key is sqlc's; code is asked for under 'swift'",
  "json": "this key is sqlc's; 'sqlc-swift analyze' prints JSON",
]

let sqlcOverrideAdvice = [
  "go_type": "write 'swift_type'; 'sqlc-swift init --from' converts it",
  "go_struct_tag": "Swift structs have no tags",
  "unsigned": "SQLite has no unsigned types",
]

/// Every option of sqlc's Go generator that is not one here.
let sqlcGoAdvice = [
  "strict_order_by": "the database itself rejects unknown names in ORDER BY",
  "strict_function_checks": "an unknown function is always an error here",
  "package": "Swift's module is the target that holds 'out'",
  "sql_package": "this key chooses a Go library and has no meaning in Swift",
  "sql_driver": "this key chooses a Go library and has no meaning in Swift",
  "emit_interface": "write 'emit_protocol'",
  "emit_json_tags": "write 'emit_codable: column_names'",
  "emit_db_tags": "Swift structs have no tags",
  "emit_prepared_queries": "every statement is prepared once and kept",
  "emit_empty_slices": "a query with no rows always gives an empty array",
  "emit_exported_queries": "every query's SQL is part of its struct",
  "emit_result_struct_pointers": "Swift structs are values",
  "emit_params_struct_pointers": "Swift structs are values",
  "emit_pointers_for_null_types": "NULL is always an optional in Swift",
  "emit_methods_with_db_argument": "methods belong to 'Queries' and to a transaction",
  "emit_enum_valid_method": "a Swift enum has no invalid values",
  "emit_all_enum_values": "generated enums are CaseIterable",
  "emit_sql_as_comment": "the SQL is always part of the documentation",
  "json_tags_case_style": "write 'emit_codable: column_names' or 'emit_codable: true'",
  "json_tags_id_uppercase": "write 'emit_codable: column_names' or 'emit_codable: true'",
  "build_tags": "this key is Go's and has no meaning in Swift",
  "omit_sqlc_version": "the version is never part of generated text",
  "output_db_file_name": "names of generated files follow those of the query files",
  "output_models_file_name": "names of generated files follow those of the query files",
  "output_querier_file_name": "names of generated files follow those of the query files",
  "output_batch_file_name": "names of generated files follow those of the query files",
  "output_copyfrom_file_name": "names of generated files follow those of the query files",
  "output_files_suffix": "names of generated files follow those of the query files",
]
