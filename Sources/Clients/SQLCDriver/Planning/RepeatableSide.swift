// What repeatable migrations make is theirs: no step makes it or drops it, and each step can run with it there and without.

import SQLCEngine
import SQLCModel

struct RepeatableSide {
  /// The wanted schema without what is repeated.
  let wantedBySteps: [String]
  private let access: any DatabaseAccess
  private let engine: any TrialEngine
  private let steps: [MigrationModel]
  private let repeatables: [MigrationModel]
  private let files: [String]
  /// What they make.
  private let objects: [TrialObject]
  /// The wanted schema with what is repeated over it.
  private let reached: [String]

  /// - Parameter files: of the repeatable migrations, in their order.
  init(
    _ access: any DatabaseAccess, _ engine: any TrialEngine, steps: [MigrationModel], repeatables: [MigrationModel],
    files: [String], wanted: [String]
  ) throws {
    self.access = access
    self.engine = engine
    self.steps = steps
    self.repeatables = repeatables
    self.files = files
    let objects = repeatables.flatMap(\.up).compactMap { made(by: $0, engine) }
    self.objects = objects
    wantedBySteps = wanted.filter { definition in !(made(by: definition, engine).map(objects.contains) ?? false) }
    do {
      reached = try access.definitions(madeBy: [Self.step(wantedBySteps)] + repeatables)
    } catch {
      throw PlanningFault(
        text: "sqlc-swift: error: repeatable migrations do not run over the wanted schema: \(error)\n", exit: .drift)
    }
  }

  private static func step(_ statements: [String]) -> MigrationModel {
    MigrationModel(version: "next", name: "next", up: statements, down: nil, isInTransaction: true)
  }

  /// SQLite makes a view of what is not there, and fails when it is read.
  private func unreadableView(of definitions: [String]) -> (name: String, reason: String)? {
    let views = objects.filter { $0.kind == .view }.map(\.name)
    return firstUnreadable(views, of: definitions, on: engine)
  }

  func arrange(_ schemas: inout PlannedSchemas, _ planner: any SchemaPlanner) throws {
    if let (view, reason) = unreadableView(of: reached) {
      let maker = repeatables.firstIndex { $0.up.contains { made(by: $0, engine) == TrialObject(.view, view) } }
      throw PlanningFault(
        text:
          "\(maker.map { files[$0] } ?? ""): error: view '\(view)' cannot be read over the wanted schema: \(reason)\n")
    }
    let wanted = schemas.new.filter { made(by: $0, engine).map(objects.contains) ?? false }
    let others = try differing(wanted, planner)
    if !others.isEmpty {
      schemas.isCovered = false
      schemas.remarks.append(
        "  left to repeatable migrations, which make it otherwise than it is wanted: \(others.joined(separator: ", "))\n"
      )
    }
    schemas.repeatableSide = self
    // They may be ahead of the steps: right over what is wanted alone.
    if let standing = try? access.definitions(madeBy: steps + repeatables), unreadableView(of: standing) == nil {
      schemas.old = standing
      schemas.new = reached
      schemas.repeatables = .staying(objects)
    } else {
      schemas.new = wantedBySteps
      schemas.repeatables = .madeAnew(objects)
    }
  }

  /// What is wanted of the repeatable migrations and made otherwise by them.
  private func differing(_ wanted: [String], _ planner: any SchemaPlanner) throws -> [String] {
    let named = Dictionary(
      wanted.compactMap { text in made(by: text, engine).map { ($0, text) } }, uniquingKeysWith: { first, _ in first })
    let texts = reached.map { text in made(by: text, engine).flatMap { named[$0] } ?? text }
    let answer = try? planner.plan(from: reached, to: texts, PlanChoices())
    if case .same? = answer { return [] }
    return zip(reached, texts).filter { $0 != $1 }.compactMap { text, _ in made(by: text, engine) }
      .map { "\($0.kind.rawValue) \($0.name)" }
  }

  /// A new database, where the step runs before anything is repeated, has to come to the same.
  func confirm(_ plan: SchemaPlan, _ planner: any SchemaPlanner) throws {
    let problem: String
    do {
      let made = try access.definitions(madeBy: steps + [Self.step(plan.up.map(\.sql))] + repeatables)
      if case .same = try planner.plan(from: made, to: reached, PlanChoices()) { return }
      problem = "it leads to another schema"
    } catch {
      problem = "\(error)"
    }
    throw PlanningFault(
      text:
        "sqlc-swift: error: the planned migration does not hold before the repeatable ones, and is not written: \(problem)\n",
      exit: .drift)
  }
}

private func firstUnreadable(
  _ views: [String], of definitions: [String], on engine: some TrialEngine
) -> (name: String, reason: String)? {
  guard let database = try? engine.open(until: .none) else { return nil }
  do throws(TrialFailure) {
    for definition in definitions { try database.execute(definition) }
  } catch {
    return (views.first ?? "", error.message)
  }
  for view in views {
    do throws(TrialFailure) {
      _ = try database.rows(of: view, [], where: RowFilter(), limit: 1)
    } catch {
      return (view, error.message)
    }
  }
  return nil
}

/// What a statement makes.
private func made(by statement: String, _ engine: any TrialEngine) -> TrialObject? {
  for case .creates(let kind, let name) in engine.effects(of: statement) { return TrialObject(kind, name) }
  return nil
}

/// How many statements write rows.
func rowStatements(_ migrations: [MigrationModel], _ engine: any TrialEngine) -> Int {
  migrations.flatMap(\.up).count { statement in
    engine.effects(of: statement).contains { effect in
      switch effect {
      case .inserts, .changesRows: true
      default: false
      }
    }
  }
}
