// What `migrate diff` is told on its command line, as choices.

import SQLCEngine

/// `--rename`, `--drop` and `--backfill`, as they are written.
public struct PlanArguments: Sendable, Hashable {
  /// `old=new`, `table.old=new`, `table.old=table.new`
  public var renames: [String]
  /// `table`, `table.column`
  public var drops: [String]
  /// `table.column=EXPRESSION`
  public var backfills: [String]

  public init(renames: [String] = [], drops: [String] = [], backfills: [String] = []) {
    self.renames = renames
    self.drops = drops
    self.backfills = backfills
  }

  struct Fault: Error { var message: String }

  func choices() throws(Fault) -> PlanChoices {
    var choices = PlanChoices()
    for text in renames {
      guard let (left, right) = halves(of: text) else { throw Fault(message: "'--rename \(text)' is not old=new") }
      let old = try subject(left, "--rename")
      let new: String
      switch (old, try subject(right, "--rename")) {
      case (.table, .table(let name)), (.column, .table(let name)): new = name
      // The table is said twice, by whichever of its names.
      case (.column, .column(let name, _)): new = name
      case (.table, .column): throw Fault(message: "'--rename \(text)' makes a table a column")
      }
      choices.renames.append(.init(old, to: new))
    }
    for text in drops { choices.drops.append(try subject(text, "--drop")) }
    for text in backfills {
      guard let (left, right) = halves(of: text), case .column(let column, let table) = try subject(left, "--backfill")
      else { throw Fault(message: "'--backfill \(text)' is not table.column=EXPRESSION") }
      choices.backfills.append(.init(table: table, column: column, expression: right))
    }
    return choices
  }

  private func halves(of text: String) -> (String, String)? {
    guard let equal = text.firstIndex(of: "=") else { return nil }
    let (left, right) = (String(text[..<equal]), String(text[text.index(after: equal)...]))
    return left.isEmpty || right.allSatisfy(\.isWhitespace) ? nil : (left, right)
  }

  /// Names may stand in double quotes, as in SQL: a dot or an equals sign in them is theirs then.
  private func subject(_ text: String, _ option: String) throws(Fault) -> PlanChoices.Subject {
    var names = [""]
    var isQuoted = false
    for character in text {
      switch character {
      case "\"": isQuoted.toggle()
      case "." where !isQuoted: names.append("")
      default: names[names.count - 1].append(character)
      }
    }
    guard !isQuoted, !names.contains(""), names.count <= 2 else {
      throw Fault(message: "'\(option) \(text)' names no table or column")
    }
    return names.count == 1 ? .table(names[0]) : .column(names[1], of: names[0])
  }
}
