// Comments that say what to ignore, read once for each text.

import SQLCDiagnostics
import SQLCEngine
import Synchronization

/// For who judges the diagnostics of the same files after every edit. Files are known by their paths, and read again where
/// their text, their dialect or the names of the rules are others.
public final class SuppressionMemo: Sendable {
  private struct Entry {
    var text: String
    var lexicalRules: LexicalRules
    var found: [Suppression]
  }

  private struct State {
    var rules: [DiagnosticID] = []
    var entries: [String: Entry] = [:]
  }

  private let state = Mutex(State())

  public init() {}

  func suppressions(
    of file: SourceFile, lexicalRules: LexicalRules, registry: RuleRegistry, names: [DiagnosticID]
  ) -> [Suppression] {
    let known = state.withLock { state -> [Suppression]? in
      if state.rules != names { state = State(rules: names) }
      guard let entry = state.entries[file.path], entry.text == file.text, entry.lexicalRules == lexicalRules else {
        return nil
      }
      return entry.found
    }
    if let known { return known }
    let found = SQLCQueryFile.suppressions(of: file, lexicalRules: lexicalRules) { !registry.rules(named: $0).isEmpty }
    state.withLock { state in
      guard state.rules == names else { return }
      state.entries[file.path] = Entry(text: file.text, lexicalRules: lexicalRules, found: found)
    }
    return found
  }
}
