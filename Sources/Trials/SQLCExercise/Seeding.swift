// A database full of generated rows, for whoever wants one.

public import SQLCEngine
public import SQLCModel

/// Makes a database with a schema and fills it, with values that the model's types admit and its queries look for.
///
/// - Parameter schema: the statements that make the schema, in order.
/// - Throws: ``ExerciseError`` when the engine does not take the schema.
public func seededDatabase<Engine: TrialEngine>(
  _ model: GenerationModel, schema: [String], on engine: Engine, _ plan: FillPlan, seed: UInt64
) throws(ExerciseError) -> (database: Engine.Database, report: FillReport) {
  do throws(TrialFailure) {
    let database = try engine.open(until: .none)
    for statement in schema { try database.execute(statement) }
    let tables = try database.tables(columnExpectations(of: model, on: engine), only: nil)
    return (database, database.fill(plan, seed: seed, tables: tables))
  } catch {
    throw ExerciseError(message: error.message)
  }
}
