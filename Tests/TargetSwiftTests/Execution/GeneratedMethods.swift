// The methods of generated code, read from its text: what a user could call.

import Foundation

/// One method of `Queries` or of its transaction.
struct GeneratedMethod: Sendable, Hashable {
  var name: String
  /// As they are written in a call.
  var labels: [String]
  var isAsynchronous: Bool
  /// The query that it takes many values of.
  var element: String?

  /// `queries.getAgent(id: sample())`
  func call(on receiver: String) -> String {
    if let element { return "\(receiver).\(name)(sample([\(element)].self))" }
    let arguments = labels.map { $0 == "_" ? "sample()" : "\($0): sample()" }
    return "\(receiver).\(name)(\(arguments.joined(separator: ", ")))"
  }
}

/// Everything that the program that calls it all must know of generated text.
struct GeneratedText: Sendable {
  var methods: [GeneratedMethod] = []
  var enumerations: [String] = []
  /// Structs that a method takes whole (`query_parameter_limit`, arguments that belong together): their initializers'
  /// labels.
  var structs: [String: [String]] = [:]
  /// Places in the order of a query's rows, which a caller makes of a row: their members, or their cases.
  var cursors: [Cursor] = []
  var stem = "Queries"
  var hasStub = false

  struct Cursor: Sendable, Hashable {
    var name: String
    /// `id: Int64`; none of one with a case for each order.
    var members: [String]
    /// `.name(Caller.sample(), id: Caller.sample())`
    var cases: [String]
  }

  init(_ texts: [String]) {
    for text in texts {
      if let match = text.firstMatch(of: /struct (\w+)Transaction: TransactionScope/) { stem = String(match.1) }
      hasStub = hasStub || text.contains("Stub: ")
      enumerations += text.matches(of: /(?m)^\S*\s?nonisolated enum (\S+): String/).map { String($0.1) }
      // A protocol's extension has its methods a second time, with arguments that may be left out.
      for match in text.matches(of: /(?ms)^nonisolated extension (\w+) \{\n(.*?)^\}/)
      where !match.1.hasSuffix("Protocol") {
        methods += Self.methods(in: match.2, isAsynchronous: !match.1.hasSuffix("Transaction"))
      }
    }
    for text in texts {
      for match in text.matches(of: /_ (?:query: |rows: some Sequence<)(\w+)[)>]/) where structs[String(match.1)] == nil
      {
        for text in texts {
          guard let start = text.range(of: "nonisolated struct \(match.1): ")?.upperBound else { continue }
          structs[String(match.1)] = Self.initializer(after: start, indent: "  ", in: text)
        }
      }
      addNestedTypes(of: text)
    }
  }

  /// What a query's own arguments are made of: enumerations that choose, structs of values that belong together.
  private mutating func addNestedTypes(of text: String) {
    let declaration = /(?m)^(  )?(?:public |package )?nonisolated (struct|enum) (\w+): (.*) \{$/
    var outer = ""
    for match in text.matches(of: declaration) {
      guard match.1 != nil else {
        outer = String(match.3)
        continue
      }
      let name = "\(outer).\(match.3)"
      if match.3 == "Cursor", !match.4.contains("CaseIterable") {
        let body = text[match.range.upperBound...]
        let end = body.range(of: "\n  }\n")?.lowerBound ?? body.endIndex
        let lines = body[..<end].split(separator: "\n").map { $0.drop { $0 == " " } }
        cursors.append(
          Cursor(
            name: name,
            members: lines.compactMap {
              $0.firstMatch(of: /^(?:public |package )?var (.+: .+[^{])$/).map { String($0.1) }
            },
            cases: lines.compactMap { line in
              line.firstMatch(of: /^case ([^.\s(]+)\((.*)\)$/).map { found in
                let labels = Self.labels(found.2).dropFirst().map { ", \($0): Caller.sample()" }
                return ".\(found.1)(Caller.sample()\(labels.joined()))"
              }
            }))
      } else if match.2 == "enum" {
        enumerations.append(name)
      } else if !match.4.contains("RowDecodable") {
        structs[name] = Self.initializer(after: match.range.upperBound, indent: "    ", in: text)
      }
    }
  }

  private static func methods(in body: Substring, isAsynchronous: Bool) -> [GeneratedMethod] {
    // Methods stand two columns in; documentation is no method.
    body.matches(
      of:
        /(?ms)^  (?:public |package )?(?:borrowing |nonisolated\(nonsending\) )?func ([^\s(]+)\((.*?)\) (?:async )?throws/
    ).map {
      let element = $0.2.firstMatch(of: /some Sequence<(\w+)>/).map { String($0.1) }
      return GeneratedMethod(
        name: String($0.1), labels: labels($0.2), isAsynchronous: isAsynchronous, element: element)
    }
  }

  /// `id: Int64, self self_: String?` → `id`, `self`. No type that is generated has a comma in it.
  private static func labels(_ parameters: Substring) -> [String] {
    parameters.split(separator: ",").compactMap { parameter in
      parameter.split(whereSeparator: { $0 == ":" || $0.isWhitespace }).first.map(String.init)
    }
  }

  private static func initializer(after start: String.Index, indent: String, in text: String) -> [String] {
    for access in ["public ", "package ", ""] {
      let head = "\n\(indent)\(access)init("
      guard let from = text.range(of: head, range: start..<text.endIndex)?.upperBound,
        let to = text.range(of: ") {", range: from..<text.endIndex)?.lowerBound
      else { continue }
      return labels(text[from..<to])
    }
    return []
  }
}
