// Filling a few tables of a database whose others have their rows.

public import SQLCSQLiteHandle

extension Connection {
  /// Fills these tables alone; the rows that theirs refer to are looked for in the others.
  ///
  /// - Parameter tables: names in lower case.
  /// - Throws: what SQLite says when the schema cannot be read. A row that a constraint or a trigger refuses is no failure.
  public func fill(_ tables: Set<String>, _ plan: FillPlan = FillPlan(), seed: UInt64) throws(SQLiteFailure) {
    var shapes = try shapes(only: tables)
    let parents = Set(shapes.flatMap { $0.foreignKeys.map { $0.parent.lowercased() } }).subtracting(tables)
    if !parents.isEmpty { shapes += try self.shapes(only: parents) }
    var plan = plan
    plan.excluded.formUnion(parents)
    _ = fill(plan, seed: seed, shapes: shapes)
  }
}
