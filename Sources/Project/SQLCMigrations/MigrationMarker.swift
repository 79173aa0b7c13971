// The comments that migration tools read.

/// What one comment says to a migration tool.
struct MigrationMarker {
  enum Instruction: Equatable {
    case up, down, statementBegin, statementEnd
    case withoutTransaction
    /// goose replaces `${NAME}` from the environment: what the schema is then depends on the machine.
    case environmentOn, environmentOff
    case unknown(String)
  }

  var format: MigrationFormat
  var instruction: Instruction
  /// goose's `NO TRANSACTION`, sql-migrate's `notransaction`, dbmate's `transaction:false`.
  var isWithoutTransaction: Bool

  /// Nothing when the comment speaks to no tool.
  init?(comment: Substring) {
    let words = comment.drop { $0 == "-" }.split(whereSeparator: \.isWhitespace).map { $0.lowercased() }
    guard let first = words.first else { return nil }
    let rest = Array(words.dropFirst())
    isWithoutTransaction =
      rest == ["no", "transaction"] || rest.contains("notransaction") || rest.contains("transaction:false")
    if first == "+goose" {
      format = .goose
      instruction = Self.goose(rest)
    } else if first == "+migrate" {
      format = .sqlMigrate
      instruction = Self.sqlMigrate(rest)
    } else if first.hasPrefix("migrate:") {
      format = .dbmate
      instruction = first == "migrate:up" ? .up : first == "migrate:down" ? .down : .unknown(first)
    } else if comment.hasPrefix("----"), words.starts(with: ["create", "above", "/", "drop", "below"]) {
      format = .tern
      instruction = .down
    } else if comment.hasPrefix("----"), words.starts(with: ["tern:", "disable-tx"]) {
      format = .tern
      instruction = .withoutTransaction
      isWithoutTransaction = true
    } else {
      return nil
    }
  }

  /// The words goose knows (https://pressly.github.io/goose/documentation/annotations), in any case.
  private static func goose(_ words: [String]) -> Instruction {
    switch words {
    case ["up"]: .up
    case ["down"]: .down
    case ["statementbegin"]: .statementBegin
    case ["statementend"]: .statementEnd
    case ["no", "transaction"]: .withoutTransaction
    case ["envsub", "on"]: .environmentOn
    case ["envsub", "off"]: .environmentOff
    default: .unknown(words.joined(separator: " "))
    }
  }

  /// https://github.com/rubenv/sql-migrate: `Up` and `Down` take the option `notransaction`.
  private static func sqlMigrate(_ words: [String]) -> Instruction {
    switch words.first {
    case "up": .up
    case "down": .down
    case "statementbegin": .statementBegin
    case "statementend": .statementEnd
    default: .unknown(words.joined(separator: " "))
    }
  }

  /// The spellings a user may have meant.
  static func known(in format: MigrationFormat) -> [String] {
    switch format {
    case .goose: ["Up", "Down", "StatementBegin", "StatementEnd", "NO TRANSACTION", "ENVSUB ON", "ENVSUB OFF"]
    case .sqlMigrate: ["Up", "Down", "StatementBegin", "StatementEnd"]
    case .dbmate: ["migrate:up", "migrate:down"]
    case .tern, .golangMigrate, .diesel, .flyway, .plain: []
    }
  }
}
