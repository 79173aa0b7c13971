// What a database's schema is, apart from how it was written and how it came to be.

/// A schema as facts about its objects. The order of columns makes no difference, nor whether one came by CREATE or by ALTER.
package struct SchemaSnapshot: Sendable, Hashable {
  package struct Object: Sendable, Hashable {
    package var kind: String
    package var name: String
  }

  private var facts: [Object: Set<String>] = [:]

  /// - Parameter rows: of `SchemaCatalog`.
  package init(_ rows: [[String?]]) {
    for row in rows {
      let object = Object(kind: row[0] ?? "", name: row[1] ?? "")
      let fact = row[2] ?? ""
      facts[object, default: []].formUnion(fact.isEmpty ? [] : [fact])
    }
  }

  /// What `wanted` has and this lacks, and the other way around, in an order for people.
  package func differences(from wanted: SchemaSnapshot) -> [String] {
    (Self.lines("missing", wanted.facts, facts) + Self.lines("unexpected", facts, wanted.facts))
  }

  private static func lines(_ word: String, _ ours: [Object: Set<String>], _ theirs: [Object: Set<String>]) -> [String]
  {
    var lines: [String] = []
    for (object, facts) in ours {
      let name = "\(word): \(object.kind) \(object.name)"
      // Of an object that is not there at all, one line.
      guard let others = theirs[object] else {
        lines.append(name)
        continue
      }
      lines += facts.subtracting(others).map { "\(name): \(shown($0))" }
    }
    return lines.sorted()
  }

  /// Without the objects that `other` does not have.
  package func withoutObjects(unknownTo other: SchemaSnapshot) -> SchemaSnapshot {
    var known = self
    known.facts = facts.filter { other.facts[$0.key] != nil }
    return known
  }

  /// On one line; what is longer than a few lines is told apart by a number.
  private static func shown(_ fact: String) -> String {
    let line = fact.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard line.count > 160 || line != fact else { return line }
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in fact.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return line.prefix(160) + (line.count > 160 ? "…" : "") + " (\(String(hash, radix: 16)))"
  }
}
