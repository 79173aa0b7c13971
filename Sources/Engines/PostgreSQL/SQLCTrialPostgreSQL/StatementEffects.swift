// What the statements of migrations do, read from their words.

import SQLCDiagnostics
public import SQLCEngine
import SQLCEnginePostgreSQL
import SQLCQueryFile

/// The words of a statement, read from left to right.
struct StatementWords {
  enum Word {
    case word(String)
    case quoted(String)
    case string
    case symbol(String)
  }

  private(set) var rest: ArraySlice<Word>
  let all: [Word]

  init(_ statement: String) {
    let source = SourceFile(path: "migration", text: statement)
    all = lexicalTokens(of: source, rules: .postgresql).compactMap { token in
      let text = String(source.slice(token.range))
      switch token.kind {
      case .lineComment, .blockComment: return nil
      case .word: return .word(text)
      case .quoted: return text.hasPrefix("\"") ? .quoted(text) : .string
      case .semicolon, .openParenthesis, .closeParenthesis, .other: return .symbol(text)
      }
    }
    rest = all[...]
  }

  /// Words in capitals, without what stands in quotes.
  var capitals: [String] {
    all.compactMap { if case .word(let text) = $0 { text.uppercased() } else { nil } }
  }

  /// Do these words stand one after the other somewhere?
  func has(_ phrase: String...) -> Bool {
    let words = capitals
    return words.indices.contains { words[$0...].starts(with: phrase) }
  }

  /// Goes past the words if they come next.
  mutating func take(_ phrase: String...) -> Bool {
    var ahead = rest
    for word in phrase {
      guard case .word(let text)? = ahead.popFirst(), text.uppercased() == word else { return false }
    }
    rest = ahead
    return true
  }

  mutating func takeSymbol(_ symbol: String) -> Bool {
    guard case .symbol(symbol)? = rest.first else { return false }
    rest.removeFirst()
    return true
  }

  mutating func skip() { _ = rest.popFirst() }

  /// A name, with its schema as the text has it: `app.users` is found as the search path finds it where the schema is `public`.
  mutating func name() -> StatementEffect.Name? {
    guard let first = identifier() else { return nil }
    var parts = [first]
    while takeSymbol(".") { if let next = identifier() { parts.append(next) } }
    let keys = parts.map(\.key)
    let shown = keys.count > 1 && keys[0] == "public" ? Array(keys.dropFirst()) : keys
    return .init(key: shown.joined(separator: "."), text: parts.map(\.text).joined(separator: "."))
  }

  private mutating func identifier() -> StatementEffect.Name? {
    switch rest.first {
    case .word(let text)?:
      rest.removeFirst()
      return .init(key: text.lowercased(), text: text)
    case .quoted(let text)?:
      rest.removeFirst()
      return .init(key: String(text.dropFirst().dropLast()).replacingScalars("\"\"", with: "\""), text: text)
    default: return nil
    }
  }
}

extension PostgreSQLTrialEngine {
  public func effects(of statement: String) -> [StatementEffect] {
    var words = StatementWords(statement)
    if words.take("INSERT", "INTO") { return words.name().map { [.inserts(into: $0.key)] } ?? [] }
    if words.take("COPY") { return words.name().map { [.inserts(into: $0.key)] } ?? [] }
    if words.take("UPDATE") || words.take("DELETE", "FROM") || words.take("MERGE", "INTO") {
      _ = words.take("ONLY")
      return words.name().map { [.changesRows(of: $0.key)] } ?? []
    }
    if words.take("TRUNCATE") {
      _ = words.take("TABLE")
      return names(&words).map { .changesRows(of: $0.key) }
    }
    if words.take("BEGIN") || words.take("START", "TRANSACTION") { return [.beginsTransaction] }
    if words.take("COMMIT") || words.take("END") { return [.commitsTransaction] }
    if words.take("CREATE") { return creates(&words) }
    if words.take("DROP") { return drops(&words) }
    if words.take("ALTER", "TABLE") { return alters(&words) }
    return []
  }

  private func creates(_ words: inout StatementWords) -> [StatementEffect] {
    for word in [
      "OR", "REPLACE", "GLOBAL", "LOCAL", "TEMP", "TEMPORARY", "UNLOGGED", "UNIQUE", "MATERIALIZED", "CONSTRAINT",
    ] {
      _ = words.take(word)
    }
    let kind: TrialObject.Kind
    if words.take("TABLE") {
      kind = .table
    } else if words.take("VIEW") {
      kind = .view
    } else if words.take("INDEX") {
      kind = .index
      _ = words.take("CONCURRENTLY")
    } else if words.take("TRIGGER") {
      kind = .trigger
    } else {
      return []
    }
    _ = words.take("IF", "NOT", "EXISTS")
    // An index without a name of its own begins with ON.
    guard !words.take("ON"), let name = words.name() else { return [] }
    return [.creates(kind, name.key)]
  }

  private func drops(_ words: inout StatementWords) -> [StatementEffect] {
    _ = words.take("MATERIALIZED")
    let kind: TrialObject.Kind
    if words.take("TABLE") {
      kind = .table
    } else if words.take("VIEW") {
      kind = .view
    } else if words.take("INDEX") {
      kind = .index
      _ = words.take("CONCURRENTLY")
    } else if words.take("TRIGGER") {
      kind = .trigger
    } else {
      return []
    }
    _ = words.take("IF", "EXISTS")
    return names(&words).map { .drops(kind, $0) }
  }

  private func names(_ words: inout StatementWords) -> [StatementEffect.Name] {
    var names: [StatementEffect.Name] = []
    repeat {
      _ = words.take("ONLY")
      guard let name = words.name() else { break }
      names.append(name)
    } while words.takeSymbol(",")
    return names
  }

  private func alters(_ words: inout StatementWords) -> [StatementEffect] {
    _ = words.take("IF", "EXISTS")
    _ = words.take("ONLY")
    guard let table = words.name() else { return [] }
    var effects: [StatementEffect] = []
    var depth = 0
    var isActionStart = true
    while let next = words.rest.first {
      if isActionStart {
        isActionStart = false
        if words.take("DROP") {
          guard !words.take("CONSTRAINT"), !words.take("EXPRESSION") else { continue }
          _ = words.take("COLUMN")
          _ = words.take("IF", "EXISTS")
          if let column = words.name() { effects.append(.dropsColumn(column, of: table)) }
          continue
        }
        if words.take("ADD") {
          if words.take("CONSTRAINT") { _ = words.name() }
          if words.take("UNIQUE") || words.take("PRIMARY", "KEY") { effects.append(.addsKey(to: table.key)) }
          continue
        }
        if words.take("RENAME") {
          if words.take("TO") {
            if let new = words.name() { effects.append(.renames(table: table, to: qualified(new, like: table))) }
          } else if !words.take("CONSTRAINT") {
            _ = words.take("COLUMN")
            if let old = words.name(), words.take("TO"), let new = words.name() {
              effects.append(.renamesColumn(old, of: table, to: new))
            }
          }
          continue
        }
      }
      if case .symbol("(") = next { depth += 1 }
      if case .symbol(")") = next { depth -= 1 }
      if case .symbol(",") = next, depth == 0 { isActionStart = true }
      words.skip()
    }
    return effects
  }

  /// A renamed table stays in its schema.
  private func qualified(_ name: StatementEffect.Name, like table: StatementEffect.Name) -> StatementEffect.Name {
    guard let dot = table.key.lastIndex(of: ".") else { return name }
    return .init(key: table.key[...dot] + name.key, text: name.text)
  }

  public func transactions(of statements: [String]) -> TransactionPlan {
    // Outside of a transaction each statement is one; which of them the engine refuses in one, the first such.
    let alone = statements.firstIndex { StatementWords($0).runsOutsideTransactions }
    return TransactionPlan(count: statements.count, firstAlone: alone)
  }
}

extension StatementWords {
  /// PostgreSQL refuses it in a transaction (sql-createindex.html, sql-vacuum.html, …).
  var runsOutsideTransactions: Bool {
    let words = capitals
    guard let first = words.first else { return false }
    if ["VACUUM", "CLUSTER"].contains(first) { return first == "VACUUM" }
    if ["CREATE", "DROP"].contains(first), words.count > 1, ["DATABASE", "TABLESPACE"].contains(words[1]) {
      return true
    }
    return ["CREATE", "DROP", "REINDEX", "ALTER"].contains(first) && words.contains("CONCURRENTLY")
  }
}
