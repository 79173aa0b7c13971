// The list of productions, and what of it a tree reaches.

import Foundation
import SQLCSyntaxSQLite

enum Productions {
  /// The lines of `Productions.txt` that name something.
  static func listed() throws -> [String] {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Productions.txt")
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
      .filter { !$0.hasPrefix("#") }
  }

  /// The kind of each node, and each fact about it.
  static func collect(from node: any SyntaxNode, into reached: inout Set<String>) {
    reached.insert(node.syntaxKind.rawValue)
    for attribute in node.attributes where attribute.name != "text" {
      let isFree = freeAttributes.contains(attribute.name)
      reached.insert("\(node.syntaxKind.rawValue) \(attribute.name)=\(isFree ? "*" : attribute.value)")
    }
    for child in node.children { collect(from: child, into: &reached) }
  }

  /// Facts whose value is the user's.
  private static let freeAttributes: Set<String> = ["value", "bytes", "number", "name", "groupBy"]
}
