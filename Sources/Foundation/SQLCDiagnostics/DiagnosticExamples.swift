// What breaks a rule, and what to write in its place, read out of the article that shows it.

/// The examples of the article `DiagnosticExamples.md`.
///
/// Under its title stand the tables that every example has, in a block of SQL. A section `## pass/name` has two blocks: what the
/// rule is given for, and what to write instead. Of rules about migrations, a block has the parts `-- migration` and, where
/// they matter, `-- schema` before it and `-- query`.
///
/// Of rules about the configuration the blocks are YAML, the whole file; of rules about other files they are text in the form of
/// `txtar` (pkg.go.dev/golang.org/x/tools/txtar): the command that says it, then `-- path --` before each file.
public struct DiagnosticExamples: Sendable {
  public struct Example: Sendable, Hashable {
    public var id: DiagnosticID
    /// What the rule is given for.
    public var broken: Snippet
    public var mended: Snippet
  }

  /// One of the two blocks of an example, and where its parts belong.
  public struct Snippet: Sendable, Hashable {
    /// How the article marks the block.
    enum Language: String, CaseIterable {
      case sql, yaml, text
    }

    /// As it is shown.
    public var text: String
    /// Behind the tables that all have.
    public var schema: String
    public var queries: String
    /// The step after the schema, of rules that are about migrations; empty: there is none.
    public var migration = ""
    /// Other files of the project, by their paths: they join those that all examples have, or take their place.
    public var files: [String: String] = [:]
    /// The command that says it, without the name of the tool; absent: `check`.
    public var command: String?

    init(_ text: String, _ language: Language) {
      self.init(language == .sql ? text : "-- name: Example :many\nSELECT name FROM teams;")
      self.text = text
      switch language {
      case .sql: break
      case .yaml: files["sqlc-swift.yaml"] = text + "\n"
      case .text: readArchive()
      }
    }

    private mutating func readArchive() {
      var path: String?
      for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
        if line.hasPrefix("-- "), line.hasSuffix(" --"), line.count > 6 {
          path = String(line.dropFirst(3).dropLast(3))
          path.map { files[$0] = "" }
        } else if let path {
          files[path, default: ""] += line + "\n"
        } else if line.hasPrefix("sqlc-swift ") {
          command = String(line.dropFirst("sqlc-swift ".count))
        }
      }
    }

    private init(_ text: String) {
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
    schema = sections.first.map(Self.blocks)?.first?.text ?? ""
    for section in sections.dropFirst() {
      let title = section.prefix { $0 != "\n" }.split(separator: "/").map(String.init)
      let blocks = Self.blocks(of: section)
      guard title.count == 2, blocks.count == 2 else { continue }
      examples.append(
        Example(
          id: DiagnosticID(title[0], title[1]), broken: Snippet(blocks[0].text, blocks[0].language),
          mended: Snippet(blocks[1].text, blocks[1].language)))
    }
  }

  public func example(of id: DiagnosticID) -> Example? { examples.first { $0.id == id } }

  private static func blocks(of text: Substring) -> [(text: String, language: Snippet.Language)] {
    var blocks: [(text: String, language: Snippet.Language)] = []
    var open: (lines: [Substring], language: Snippet.Language)?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if let block = open {
        if line == "```" {
          blocks.append((block.lines.joined(separator: "\n"), block.language))
          open = nil
        } else {
          open?.lines.append(line)
        }
      } else if line.hasPrefix("```"), let language = Snippet.Language(rawValue: String(line.dropFirst(3))) {
        open = ([], language)
      }
    }
    return blocks
  }
}
