// SQL that is no generated query: schemas, pragmas.

import SQLCSQLiteHandle

extension ConnectionCore {
  /// Runs every statement of `sql`; rows are discarded.
  func execute(_ sql: String) throws(DatabaseError) {
    try checkTime(nil)
    trace?.beginScript(sql, totalChanges: database.totalChanges)
    let wasInAutocommit = database.isInAutocommit
    let outcome: DatabaseError?
    do {
      try database.execute(sql) { keyword in
        // The transaction is the closure's: half of it must not be committed.
        guard let keyword, !wasInAutocommit else { return }
        throw DatabaseError(
          kind: .misuse, code: .misuse, message: "\(keyword.rawValue) cannot be used inside a transaction")
      } willRun: { isReadOnly in
        // A statement that has committed by itself does not protect the next one from being stopped.
        if database.isInAutocommit { supervisor.allowStopping() }
        // Which tables it changes was proven by nobody.
        if !isReadOnly { hasWrittenAnything = true }
      }
      outcome = nil
    } catch let error as DatabaseError {
      outcome = error
    } catch let failure as SQLiteFailure {
      outcome = DatabaseError(failure, query: nil, text: sql)
    } catch {
      // Nothing else is thrown in there.
      outcome = DatabaseError(kind: .misuse, message: "\(error)")
    }
    if wasInAutocommit, !database.isInAutocommit { rollBack() }
    trace?.endScript(outcome, totalChanges: database.totalChanges)
    if let outcome { throw outcome }
  }
}
