// What a session keeps of what a schema sets.

package import SQLCPostgreSQLHandle

/// The statements that give another session what applications have: nothing of what the last file of the schema set, but for
/// the search path.
package func sessionSettings(
  _ connection: PostgreSQLConnection, limit: Duration
) throws(PostgreSQLFailure) -> String {
  let path = try connection.execute("SHOW search_path", deadline: .now + limit).rows.first?.first ?? nil
  guard let path, !path.isEmpty, path != "\"\"", path != "\"$user\", public" else { return "RESET ALL; " }
  // Files that name objects of several schemas set one after the other; `public` is looked into in any case.
  let names = path.split(separator: ",").map { String($0.drop { $0 == " " }) }
  return "RESET ALL; SET search_path = "
    + (names + (names.contains("public") ? [] : ["public"])).joined(separator: ", ") + "; "
}
