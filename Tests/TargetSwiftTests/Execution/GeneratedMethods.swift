// The methods of generated code, read from its text: what a user could call.

import Foundation

/// One method of `Queries` or of its transaction.
struct GeneratedMethod: Sendable, Hashable {
  var name: String
  /// As they are written in a call.
  var labels: [String]
  var isAsynchronous: Bool

  /// `queries.getAgent(id: sample())`
  func call(on receiver: String) -> String {
    let arguments = labels.map { $0 == "_" ? "sample()" : "\($0): sample()" }
    return "\(receiver).\(name)(\(arguments.joined(separator: ", ")))"
  }
}

/// Everything that the program that calls it all must know of generated text.
struct GeneratedText: Sendable {
  var methods: [GeneratedMethod] = []
  var enumerations: [String] = []
  /// Structs that a method takes whole (`query_parameter_limit`): their initializers' labels.
  var wholeQueries: [String: [String]] = [:]
  var stem = "Queries"
  var hasStub = false

  init(_ texts: [String]) {
    for text in texts {
      if let match = text.firstMatch(of: /struct (\w+)Transaction: TransactionScope/) { stem = String(match.1) }
      hasStub = hasStub || text.contains("Stub: ")
      enumerations += text.matches(of: /(?m)^\S*\s?nonisolated enum (\S+): String/).map { String($0.1) }
      for match in text.matches(of: /(?ms)^nonisolated extension (\w+) \{\n(.*?)^\}/) {
        methods += Self.methods(in: match.2, isAsynchronous: !match.1.hasSuffix("Transaction"))
      }
    }
    let types = methods.flatMap(\.labels).isEmpty ? [] : texts
    for text in types {
      for match in text.matches(of: /_ query: (\w+)\)/) where wholeQueries[String(match.1)] == nil {
        wholeQueries[String(match.1)] = Self.initializer(of: String(match.1), in: texts)
      }
    }
  }

  private static func methods(in body: Substring, isAsynchronous: Bool) -> [GeneratedMethod] {
    // Methods stand two columns in; documentation is no method.
    body.matches(of: /(?ms)^  (?:public |package )?(?:borrowing )?func ([^\s(]+)\((.*?)\) (?:async )?throws/).map {
      GeneratedMethod(name: String($0.1), labels: labels($0.2), isAsynchronous: isAsynchronous)
    }
  }

  /// `id: Int64, self self_: String?` → `id`, `self`. No type that is generated has a comma in it.
  private static func labels(_ parameters: Substring) -> [String] {
    parameters.split(separator: ",").compactMap { parameter in
      parameter.split(whereSeparator: { $0 == ":" || $0.isWhitespace }).first.map(String.init)
    }
  }

  private static func initializer(of type: String, in texts: [String]) -> [String] {
    for text in texts {
      guard let start = text.range(of: "nonisolated struct \(type): ")?.upperBound,
        let match = text[start...].firstMatch(of: /(?s)\n  (?:public |package )?init\((.*?)\) \{/)
      else { continue }
      return labels(match.1)
    }
    return []
  }
}
