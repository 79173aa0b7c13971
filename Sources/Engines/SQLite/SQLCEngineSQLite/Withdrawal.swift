// What a repeatable migration makes, taken away again.

import SQLCDiagnostics
import SQLCSyntaxSQLite

extension SQLiteEngine {
  public func withdrawal(of repeatable: [String], besides steps: [String]) -> [String] {
    let others = Set(steps.compactMap { MadeObject(by: $0) })
    var found: [MadeObject] = []
    for object in repeatable.compactMap({ MadeObject(by: $0) })
    where !others.contains(object) && !found.contains(object) {
      found.append(object)
    }
    return found.reversed().map(\.drop)
  }
}

/// A view, trigger or index that a statement makes. What has rows is not among them.
private struct MadeObject: Hashable {
  enum Kind: String {
    case view = "VIEW"
    case trigger = "TRIGGER"
    case index = "INDEX"
  }
  let kind: Kind
  /// As SQLite compares it.
  let key: String
  /// As it is written.
  let text: String

  init?(by statement: String) {
    let source = SourceFile(path: "migration", text: statement)
    let name: NameSyntax
    switch parseScript(source).value.items.first?.statement {
    case .createView(let view): (kind, name) = (.view, view.name.name)
    case .createTrigger(let trigger): (kind, name) = (.trigger, trigger.name.name)
    case .createIndex(let index): (kind, name) = (.index, index.name.name)
    default: return nil
    }
    key = name.key
    text = String(source.slice(name.range))
  }

  static func == (a: MadeObject, b: MadeObject) -> Bool { a.kind == b.kind && a.key == b.key }
  func hash(into hasher: inout Hasher) {
    hasher.combine(kind)
    hasher.combine(key)
  }

  var drop: String { "DROP \(kind.rawValue) IF EXISTS \(text)" }
}
