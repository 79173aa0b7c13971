// The scratch connection's guard, and its notes of what statements would do.

import CSQLite
import SQLCSQLiteHandle

/// Installed once; `purpose` says what the connection is doing.
///
/// Schema files run at build time, on developers' machines and in CI: nothing in them may reach outside the database.
final class AuthorizerLog {
  enum Purpose { case ourselves, schema, query }

  var purpose = Purpose.ourselves
  var requests: [Entry] = []

  struct Entry: Hashable {
    var kind: StatementDescription.Access.Kind
    var table: String
    var column: String?
    var cause: String?
  }

  func decide(_ request: AuthorizerRequest) -> AuthorizerDecision {
    switch purpose {
    case .ourselves:
      return .allow
    case .schema:
      return permit(request)
    case .query:
      note(request)
      return permit(request)
    }
  }

  private func permit(_ request: AuthorizerRequest) -> AuthorizerDecision {
    switch request.action {
    case SQLITE_ATTACH, SQLITE_DETACH:
      return .deny
    case SQLITE_FUNCTION:
      return request.second?.lowercased() == "load_extension" ? .deny : .allow
    case SQLITE_PRAGMA:
      return permitPragma(request.first?.lowercased() ?? "", isSetting: request.second != nil)
    default:
      return .allow
    }
  }

  /// | pragma                              | in a schema   | in a query, being described                  |
  /// |-------------------------------------|---------------|----------------------------------------------|
  /// | shows the schema or checks it       | runs          | allowed                                      |
  /// | changes what later statements mean  | runs          | reading allowed, setting left out: many take |
  /// |                                     |               | effect while being compiled (pragma.html)    |
  /// | tunes storage                       | left out      | the same                                     |
  /// | any other                           | refused       | refused                                      |
  private func permitPragma(_ name: String, isSetting: Bool) -> AuthorizerDecision {
    if Self.showing.contains(name) { return .allow }
    if Self.meaning.contains(name) { return purpose == .query && isSetting ? .ignore : .allow }
    if Self.tuning.contains(name) { return isSetting ? .ignore : .allow }
    return .deny
  }

  private static let showing: Set<String> = [
    "collation_list", "compile_options", "data_version", "database_list", "foreign_key_check", "foreign_key_list",
    "freelist_count", "function_list", "index_info", "index_list", "index_xinfo", "integrity_check", "module_list",
    "page_count", "pragma_list", "quick_check", "schema_version", "table_info", "table_list", "table_xinfo",
  ]
  private static let meaning: Set<String> = [
    "application_id", "case_sensitive_like", "defer_foreign_keys", "encoding", "foreign_keys",
    "ignore_check_constraints", "legacy_alter_table", "recursive_triggers", "reverse_unordered_selects", "user_version",
  ]
  private static let tuning: Set<String> = [
    "analysis_limit", "auto_vacuum", "automatic_index", "busy_timeout", "cache_size", "cache_spill",
    "cell_size_check", "checkpoint_fullfsync", "fullfsync", "incremental_vacuum", "journal_mode", "journal_size_limit",
    "locking_mode", "max_page_count", "mmap_size", "optimize", "page_size", "query_only", "read_uncommitted",
    "secure_delete", "shrink_memory", "soft_heap_limit", "synchronous", "temp_store", "threads", "trusted_schema",
    "wal_autocheckpoint", "wal_checkpoint",
  ]

  private func note(_ request: AuthorizerRequest) {
    let kind: StatementDescription.Access.Kind
    switch request.action {
    case SQLITE_READ: kind = .read
    case SQLITE_INSERT: kind = .insert
    case SQLITE_UPDATE: kind = .update
    case SQLITE_DELETE: kind = .delete
    default: return
    }
    guard let table = request.first else { return }
    // SQLite, c3ref/set_authorizer.html: a table referenced without any of its columns is a read of the column "".
    let column = request.second.flatMap { $0.isEmpty ? nil : $0 }
    requests.append(Entry(kind: kind, table: table, column: column, cause: request.cause))
  }
}
