// Values of the configuration that become Swift names, types and paths: held against what they must be where they stand.

import SQLCDiagnostics
import SQLCModel
import Yams

extension YAMLReader {
  /// Is the text a name that Swift takes for a type? Says so where not.
  mutating func isName(_ text: String, at node: Node) -> Bool {
    // Words of the grammar of types, and protocols that `~` takes away: no extension can name these.
    let partsOfTypes = ["some", "any", "each", "repeat", "borrowing", "consuming", "sending", "Copyable", "Escapable"]
    if isIdentifier(text), !isReservedWord(text), !partsOfTypes.contains(text) { return true }
    say(.invalidValue(text, reason: "is no name that a Swift type can have"), node)
    return false
  }

  /// Is the text one Swift type? Says so where not.
  mutating func isType(_ text: String, at node: Node) -> Bool {
    if isTypeSyntax(text) { return true }
    say(.invalidValue(text, reason: "is no Swift type"), node)
    return false
  }

  mutating func isModule(_ text: String, at node: Node) -> Bool {
    if isModuleSyntax(text) { return true }
    say(.invalidValue(text, reason: "is no name of a Swift module"), node)
    return false
  }

  /// Names of SQL to names of Swift.
  mutating func readRename(_ node: Node, into settings: inout SwiftOptions) {
    guard let mapping = node.mapping else {
      wrongType("a mapping of names", node)
      return
    }
    for (key, value) in mapping {
      guard let name = string(key), let text = string(value) else { continue }
      guard isIdentifier(text) else {
        say(.invalidValue(text, reason: "is no name that Swift takes"), value)
        continue
      }
      settings.rename[name] = text
      settings.renamePlaces[name] = place(key)
    }
  }

  /// No file has a control character in its name by intent, nor one that turns the direction of the text after it: terminals
  /// and logs obey them, and show another name.
  /// A path that the tool writes to: in the folder of the configuration, or seen from it.
  mutating func checkWrittenPath(_ path: Located<String>) {
    if path.value.hasPrefix("/") || path.value.hasPrefix("~") {
      say(.invalidValue(path.value, reason: "does not begin in the folder of the configuration"), path.source.range)
    }
    checkPath(path)
  }

  mutating func checkPath(_ path: Located<String>) {
    guard visibleText(path.value) != path.value else { return }
    say(.invalidValue(path.value, reason: "has a control character in it"), path.source.range)
  }
}
