// The fenced code of articles.

public import Foundation

/// One fenced block of an article: "Extending/Functions/1" is the first one under the heading "Functions" of Extending.md.
public struct Sample: Sendable, Hashable, CustomStringConvertible {
  public var article: URL
  /// The nearest heading above it, of any level.
  public var heading: String
  /// Among the blocks of its language under that heading, from 1.
  public var number: Int
  /// What stands after the fence: "swift", "sql"; empty when there is nothing.
  public var language: String
  public var code: String
  /// Of the first line of the code, from 1.
  public var line: Int

  public var name: String { "\(article.deletingPathExtension().lastPathComponent)/\(heading)/\(number)" }
  public var description: String { name }
}

/// The articles of a folder, those in its folders included, by path.
public func articles(in folder: URL) throws -> [URL] {
  let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
  return paths.filter { $0.hasSuffix(".md") }.sorted().map { folder.appending(path: $0) }
}

/// The blocks of one language in an article, from its start to its end. The article's own text: nothing is changed but the
/// indentation that its fence has.
public func samples(_ language: String, in article: URL) throws -> [Sample] {
  let lines = try String(contentsOf: article, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
  var found: [Sample] = []
  var heading = ""
  var open: (fence: Substring, indentation: Int, language: String, line: Int, code: [Substring])?
  for (index, line) in lines.enumerated() {
    let trimmed = line.drop { $0 == " " }
    if var block = open {
      if trimmed.hasPrefix(block.fence), trimmed.allSatisfy({ $0 == "`" || $0 == " " }) {
        if block.language == language {
          let number = 1 + found.count { $0.heading == heading }
          found.append(
            Sample(
              article: article, heading: heading, number: number, language: language,
              code: block.code.joined(separator: "\n"), line: block.line))
        }
        open = nil
      } else {
        let indentation = min(block.indentation, line.prefix { $0 == " " }.count)
        block.code.append(line.dropFirst(indentation))
        open = block
      }
    } else if trimmed.hasPrefix("```") {
      let fence = trimmed.prefix { $0 == "`" }
      let word = trimmed.dropFirst(fence.count).prefix { $0 != " " && $0 != "," }
      open = (fence, line.count - trimmed.count, String(word), index + 2, [])
    } else if line.hasPrefix("#") {
      heading = line.drop { $0 == "#" }.trimmingCharacters(in: .whitespaces)
    }
  }
  return found
}
