// What breaks a rule, and what to write in its place, read out of the article that shows it.

/// The examples of the article `DiagnosticExamples.md`.
///
/// Under its title stand the tables that every example has, in a block of SQL. A section `## pass/name` has two blocks: what the
/// rule is given for, and what to write instead. Of rules about migrations, a block has the parts `-- migration` and, where
/// they matter, `-- schema` before it and `-- query`.
public struct DiagnosticExamples: Sendable {
  public struct Example: Sendable, Hashable {
    public var id: DiagnosticID
    /// What the rule is given for.
    public var broken: Snippet
    public var mended: Snippet
  }

  /// SQL of an example, and where it belongs: `-- schema` to the schema, down to the name of a query.
  public struct Snippet: Sendable, Hashable {
    /// As it is shown.
    public var text: String
    /// Behind the tables that all have.
    public var schema: String
    public var queries: String
    /// The step after the schema, of rules that are about migrations; empty: there is none.
    public var migration = ""

    init(_ text: String) {
      self.text = text
      if text.contains("-- migration\n") {
        let parts = Self.parts(of: text)
        schema = parts["schema"] ?? ""
        migration = parts["migration"] ?? ""
        queries = parts["query"] ?? "-- name: Example :many\nSELECT 1 AS one;"
      } else if text.hasPrefix("-- schema\n") {
        let rest = text.dropFirst("-- schema\n".count)
        let query = rest.firstRange(of: "\n-- name:")
        schema = String(rest[..<(query?.lowerBound ?? rest.endIndex)])
        queries =
          query.map { String(rest[rest.index(after: $0.lowerBound)...]) }
          ?? "-- name: Example :many\nSELECT name FROM teams;"
      } else {
        schema = ""
        // Where the name of a query matters it is written.
        queries = text.contains("name:") || text == "SELECT name FROM teams;" ? text : "-- name: Example :many\n" + text
      }
    }

    /// What stands under `-- schema`, `-- migration` and `-- query`.
    private static func parts(of text: String) -> [String: String] {
      var parts: [String: String] = [:]
      var current = ""
      for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
        if ["-- schema", "-- migration", "-- query"].contains(line) {
          current = String(line.dropFirst(3))
        } else {
          parts[current, default: ""] += line + "\n"
        }
      }
      return parts
    }
  }

  /// The tables that all examples have.
  public private(set) var schema = ""
  /// In the order of the article.
  public private(set) var examples: [Example] = []

  public init(article: String) {
    let sections = article.split(separator: "\n## ", omittingEmptySubsequences: false)
    schema = sections.first.map(Self.blocks)?.first ?? ""
    for section in sections.dropFirst() {
      let title = section.prefix { $0 != "\n" }.split(separator: "/").map(String.init)
      let blocks = Self.blocks(of: section)
      guard title.count == 2, blocks.count == 2 else { continue }
      examples.append(
        Example(id: DiagnosticID(title[0], title[1]), broken: Snippet(blocks[0]), mended: Snippet(blocks[1])))
    }
  }

  public func example(of id: DiagnosticID) -> Example? { examples.first { $0.id == id } }

  private static func blocks(of text: Substring) -> [String] {
    text.split(separator: "```sql\n", omittingEmptySubsequences: false).dropFirst().map { block in
      var lines: [Substring] = []
      for line in block.split(separator: "\n", omittingEmptySubsequences: false) {
        if line == "```" { break }
        lines.append(line)
      }
      return lines.joined(separator: "\n")
    }
  }
}
