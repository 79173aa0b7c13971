// Statements on their way to the server.

import SQLCPostgreSQLHandle
import SQLCRuntimeKit

extension Connection {
  /// Runs a query to its end; one that has been started for this task, from there.
  nonisolated(nonsending) func run<Q: Query>(
    _ query: Q, _ definition: StatementDefinition
  ) async throws(DatabaseError) -> Q.Output {
    let started = started
    self.started = nil
    if started == nil {
      try await prepareTypes(of: definition)
      try await begin(definition.name, sql: definition.sql, types: definition.parameterTypes)
    }
    do throws(DatabaseError) {
      if let started { try started.get() } else { try send(query, definition) }
      try await flush()
      let output = try await query.output(of: ResultRows(self))
      try await drain()
      if let error = end(nil) { throw error }
      return output
    } catch {
      throw await finish(after: error)
    }
  }

  /// The end of a run that failed: everything that is on its way is read, so that the connection can be used again.
  nonisolated(nonsending) func finish(after error: DatabaseError) async -> DatabaseError {
    var first = error
    if stage != .idle, stage != .ended {
      do throws(DatabaseError) {
        try await drain()
      } catch {
        // What the server says of the statement explains more than what could not be made of its rows.
        if error.kind != .server || first.kind == .connection { first = error }
      }
    }
    return end(first) ?? first
  }

  /// Binds the parameters and sends the statement; where it is not prepared yet, that goes with it.
  func send<Q: Query>(_ query: Q, _ definition: StatementDefinition) throws(DatabaseError) {
    try bind(query, definition)
    try sendBound(definition)
  }

  func bind<Q: Query>(_ query: Q, _ definition: StatementDefinition) throws(DatabaseError) {
    let types = parameterTypes(of: definition)
    switch definition.binding {
    case .values:
      parameters.begin(definition.name, types, .values)
      try query.bind(to: Statement(parameters))
    case .arrays:
      parameters.begin(definition.name, types, .columns)
      try query.bind(to: Statement(parameters))
      try parameters.makeArrays(ofRows: 1)
    }
  }

  func sendBound(_ definition: StatementDefinition) throws(DatabaseError) {
    hasSync = false
    let isComplete = !parameters.wireTypes.contains(0)
    guard preparation == .named, isComplete, definition.slot != StatementDefinition.noSlot else {
      return try sendUnnamed(definition)
    }
    let slot = definition.slot
    makeSlot(slot)
    if let prepared = slots[slot].prepared {
      // With other types, which only a statement without given types can have, it goes without a name.
      return prepared == parameters.wireTypes ? try beginRows(sendPrepared(slot)) : try sendUnnamed(definition)
    }
    _ = library.enterPipelineMode(handle)
    hasSync = true
    let sent = sendPrepare(slot, definition) & sendPrepared(slot) & library.pipelineSync(handle)
    wasSent = true
    stage = .preparing
    preparing = (slot, parameters.wireTypes)
    if sent == 0 { throw sendingFailed() }
  }

  /// Sends a statement of a pipeline, and what must be prepared for it; gives what is being prepared.
  func sendQueued(_ definition: StatementDefinition) throws(DatabaseError) -> (slot: Int, types: [UInt32])? {
    let slot = definition.slot
    if preparation == .named, slot != StatementDefinition.noSlot, !parameters.wireTypes.contains(0) {
      makeSlot(slot)
      if slots[slot].prepared == parameters.wireTypes {
        guard sendPrepared(slot) == 1 else { throw sendingFailed() }
        return nil
      }
      if slots[slot].prepared == nil {
        guard sendPrepare(slot, definition) & sendPrepared(slot) == 1 else { throw sendingFailed() }
        // Those that follow in this pipeline count on it.
        slots[slot].prepared = parameters.wireTypes
        return (slot, parameters.wireTypes)
      }
    }
    guard sendWhole(definition) == 1 else { throw sendingFailed() }
    return nil
  }

  /// Parse, Bind and Execute in one flight, each time.
  private func sendUnnamed(_ definition: StatementDefinition) throws(DatabaseError) {
    try beginRows(sendWhole(definition))
  }

  private func sendWhole(_ definition: StatementDefinition) -> CInt {
    definition.sql.withCString { sql in
      parameters.withParameters { count, values, lengths, formats in
        parameters.wireTypes.withUnsafeBufferPointer {
          library.sendQueryParameters(handle, sql, count, $0.baseAddress, values, lengths, formats, 1)
        }
      }
    }
  }

  private func beginRows(_ sent: CInt) throws(DatabaseError) {
    wasSent = true
    guard sent == 1 else { throw sendingFailed() }
    stage = .rows
    setRowMode()
  }

  private func sendingFailed() -> DatabaseError {
    stage = .ended
    return lost()
  }

  private func sendPrepare(_ slot: Int, _ definition: StatementDefinition) -> CInt {
    definition.sql.withCString { sql in
      withName(of: slot) { name in
        parameters.wireTypes.withUnsafeBufferPointer {
          library.sendPrepare(handle, name, sql, CInt($0.count), $0.baseAddress)
        }
      }
    }
  }

  private func sendPrepared(_ slot: Int) -> CInt {
    withName(of: slot) { name in
      parameters.withParameters { count, values, lengths, formats in
        library.sendQueryPrepared(handle, name, count, values, lengths, formats, 1)
      }
    }
  }

  /// `s2154467899_17`: the first number is the connection's own. A pooler that moves sessions between clients would otherwise run
  /// what another client has prepared under the name.
  private func withName<T>(of slot: Int, _ body: (UnsafePointer<CChar>) -> T) -> T {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 40) { name in
      var end = 39
      name[end] = 0
      func put(_ letter: UInt8) {
        end -= 1
        name[end] = CChar(letter)
      }
      func put(_ number: Int) {
        var rest = number
        repeat {
          put(UInt8(48 + rest % 10))
          rest /= 10
        } while rest > 0
      }
      put(slot)
      put(UInt8(ascii: "_"))
      put(Int(nameNumber))
      put(UInt8(ascii: "s"))
      return body(UnsafePointer(name.baseAddress! + end))
    }
  }

  // MARK: Types of parameters

  func makeSlot(_ slot: Int) {
    while slots.count <= slot { slots.append(PreparedSlot()) }
  }

  /// The numbers of the parameters' types, looked up once.
  func parameterTypes(of definition: StatementDefinition) -> [UInt32] {
    guard definition.slot != StatementDefinition.noSlot else {
      return definition.parameterTypes.map { types.oid(of: $0) ?? 0 }
    }
    makeSlot(definition.slot)
    let known = slots[definition.slot]
    let version = definition.namesTypes ? types.version : 0
    if let types = known.types, known.version == version { return types }
    let found = definition.parameterTypes.map { types.oid(of: $0) ?? 0 }
    slots[definition.slot].version = version
    slots[definition.slot].types = found
    return found
  }

  /// Reads the catalogue when the statement has parameters of types that are not known.
  nonisolated(nonsending) func prepareTypes(of definition: StatementDefinition) async throws(DatabaseError) {
    guard definition.namesTypes else { return }
    let isMissing = definition.parameterTypes.contains { types.oid(of: $0) == nil }
    guard isMissing || types.isStale else { return }
    try await loadTypes()
    for type in definition.parameterTypes {
      guard case .name(let name) = type.kind, types.oid(of: type) == nil else { continue }
      let found = try await texts("SELECT to_regtype(\(quotedLiteral(name)))::oid::text").first?.first.flatMap { $0 }
      guard let oid = found.flatMap({ UInt32($0) }) else {
        throw DatabaseError(
          kind: .encoding, message: "the database has no type '\(name)'", query: definition.name)
      }
      types.learn(name, oid)
    }
  }

  nonisolated(nonsending) func loadTypes() async throws(DatabaseError) {
    types.read(try await texts(TypeCatalog.sql))
  }

  // MARK: Plain SQL

  /// Runs any SQL, all of its statements, and gives the rows of the last that has some, as text.
  @discardableResult
  nonisolated(nonsending) func texts(
    _ sql: String, name: String? = nil, _ manner: Ending.Manner = .byCancelling, kind: StatementRun.Kind = .control
  ) async throws(DatabaseError) -> [[String?]] {
    guard !sql.utf8.contains(0) else {
      throw DatabaseError(kind: .encoding, message: "the SQL has a NUL character", query: name)
    }
    try await begin(name, sql: sql, manner, kind: kind)
    do throws(DatabaseError) {
      hasSync = false
      keepsTag = true
      defer { keepsTag = false }
      wasSent = true
      guard sql.withCString({ library.sendQuery(handle, $0) }) == 1 else { throw sendingFailed() }
      stage = .rows
      _ = library.setSingleRowMode(handle)
      try await flush()
      var rows: [[String?]] = []
      repeat {
        while stepBuffered() { rows.append(textRow()) }
      } while try await fetch()
      if let error = end(nil) { throw error }
      return rows
    } catch {
      throw await finish(after: error)
    }
  }

  private func textRow() -> [String?] {
    (0..<Int(context.count)).map { index in
      let cell = cells[index]
      guard let base = cell.base else { return nil }
      return String(decoding: UnsafeRawBufferPointer(start: base, count: Int(cell.count)), as: UTF8.self)
    }
  }
}

/// A string literal; `standard_conforming_strings` is on in every server since 9.1 unless someone turned it off, so one with a
/// backslash says that it is escaped.
func quotedLiteral(_ text: String) -> String {
  let doubled = text.replacingScalars("'", with: "''")
  return text.unicodeScalars.contains("\\")
    ? "E'" + doubled.replacingScalars("\\", with: "\\\\") + "'" : "'" + doubled + "'"
}
