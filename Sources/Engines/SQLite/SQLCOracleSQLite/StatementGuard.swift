// What a project's SQL may do on a connection of the tool: schema files run at build time, on developers' machines and in
// CI, and nothing in them may reach outside the database.

import CSQLite
import SQLCSQLiteHandle

/// Decides what SQLite asks its authorizer, and keeps what was refused or left out (c3ref/set_authorizer.html).
final class StatementGuard {
  enum Purpose {
    case running
    /// Prepared, and not run: a pragma that takes effect while it is compiled is left out.
    case describing
  }

  private(set) var refusals: [Refusal] = []

  func leaveOut(_ subject: String, _ reason: String) { _ = refuse(.leftOut(subject, reason)) }

  func forget() { refusals.removeAll(keepingCapacity: true) }

  func decide(_ request: AuthorizerRequest, _ purpose: Purpose) -> AuthorizerDecision {
    switch request.action {
    case SQLITE_ATTACH:
      return refuse(
        .refused("ATTACH", "it would open a file on the machine that generates", advice: Self.attachAdvice))
    case SQLITE_DETACH:
      return refuse(.refused("DETACH", "nothing is attached here", advice: Self.attachAdvice))
    case SQLITE_FUNCTION:
      guard let name = request.second?.lowercased(), refusedFunctions[name] != nil else { return .allow }
      return refuse(.function(name))
    case SQLITE_INSERT, SQLITE_UPDATE, SQLITE_DELETE:
      guard request.first?.lowercased() == "sqlite_dbpage" else { return .allow }
      return refuse(.refused("writing to sqlite_dbpage", "it changes the bytes of the database file itself"))
    case SQLITE_PRAGMA:
      return pragma(request.first?.lowercased() ?? "", value: request.second, purpose)
    default:
      return .allow
    }
  }

  private func refuse(_ refusal: Refusal) -> AuthorizerDecision {
    if !refusals.contains(refusal) { refusals.append(refusal) }
    switch refusal.outcome {
    case .refused: return .deny
    case .leftOut: return .ignore
    }
  }

  /// | pragma                              | run           | described                                    |
  /// |-------------------------------------|---------------|----------------------------------------------|
  /// | shows the schema or checks it       | runs          | allowed                                      |
  /// | changes what later statements mean  | runs          | reading allowed, setting left out: many take |
  /// |                                     |               | effect while being compiled (pragma.html)    |
  /// | tunes storage                       | left out      | the same                                     |
  /// | reaches outside, or into the schema | refused       | refused                                      |
  /// | unknown to SQLite, or to us         | left out, which is said: SQLite ignores what it does not know |
  private func pragma(_ name: String, value: String?, _ purpose: Purpose) -> AuthorizerDecision {
    if Self.showing.contains(name) { return .allow }
    if Self.meaning.contains(name) {
      switch purpose {
      case .running: return .allow
      case .describing: return value == nil ? .allow : .ignore
      }
    }
    if Self.tuning.contains(name) { return value == nil ? .allow : .ignore }
    if name == "writable_schema" {
      // Off is how it is.
      guard let value, !["0", "off", "no", "false", "reset"].contains(value.lowercased()) else { return .ignore }
      return refuse(
        .refused(
          "PRAGMA writable_schema", "what follows would write into SQLite's own schema table",
          advice:
            "of a dump keep the CREATE statements: 'CREATE VIRTUAL TABLE …' in place of 'INSERT INTO sqlite_schema …'"))
    }
    if let reason = Self.reaching[name] { return refuse(.refused("PRAGMA \(name)", reason)) }
    return refuse(
      .leftOut("PRAGMA \(name)", "SQLite has no such pragma that a schema is about, and ignores those it does not know")
    )
  }

  private static let attachAdvice =
    "one database has one schema: give the other one an sql block of its own in the configuration"

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
    "cell_size_check", "checkpoint_fullfsync", "count_changes", "default_cache_size", "empty_result_callbacks",
    "full_column_names", "fullfsync", "hard_heap_limit", "incremental_vacuum", "journal_mode", "journal_size_limit",
    "legacy_file_format", "locking_mode", "max_page_count", "mmap_size", "optimize", "page_size", "query_only",
    "read_uncommitted", "secure_delete", "short_column_names", "shrink_memory", "soft_heap_limit", "synchronous",
    "temp_store", "threads", "trusted_schema", "wal_autocheckpoint", "wal_checkpoint",
  ]
  private static let reaching: [String: String] = [
    "temp_store_directory": "it moves the temporary files of the whole process",
    "data_store_directory": "it moves the databases of the whole process",
    "lock_proxy_file": "it writes a lock file on the machine that generates",
    "activate_extensions": "it changes the SQLite library itself",
    "key": "nothing here is encrypted", "rekey": "nothing here is encrypted",
    "hexkey": "nothing here is encrypted", "hexrekey": "nothing here is encrypted",
    "textkey": "nothing here is encrypted", "textrekey": "nothing here is encrypted",
  ]
}
