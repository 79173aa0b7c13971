// What is not done here though SQLite would do it: said in our own name, never in SQLite's.

/// Why a statement, or a part of one, is not run.
public struct Refusal: Error, Sendable, Hashable {
  public enum Outcome: Sendable, Hashable {
    /// The statement fails.
    case refused
    /// The statement goes on without it.
    case leftOut
  }

  public var outcome: Outcome
  /// What it is about, as written: "ATTACH", "fts3_tokenizer".
  public var subject: String
  public var reason: String
  /// What to do instead; empty when there is nothing to add.
  public var advice: String

  public var message: String {
    switch outcome {
    case .refused: "sqlc-swift refuses \(subject): \(reason)"
    case .leftOut: "sqlc-swift leaves \(subject) out: \(reason)"
    }
  }

  static func refused(_ subject: String, _ reason: String, advice: String = "") -> Refusal {
    Refusal(outcome: .refused, subject: subject, reason: reason, advice: advice)
  }

  static func leftOut(_ subject: String, _ reason: String, advice: String = "") -> Refusal {
    Refusal(outcome: .leftOut, subject: subject, reason: reason, advice: advice)
  }
}

/// Functions of SQLite itself that reach outside the database (SQLite, security.html §1, fts3.html §8.1, loadext.html), and why
/// they are refused. Others that do are in the shell only (`readfile`, `writefile`, `edit`), and no connection here has them.
public let refusedFunctions: [String: String] = [
  "fts3_tokenizer": "it turns bytes into an address that SQLite then jumps to",
  "load_extension": "it runs a library's code in the process that generates",
]
