// The seam to what keeps the facts and answers the rules: a database in memory that speaks SQLite's SQL.

/// A value of a fact.
public enum FactValue: Sendable, Hashable {
  case integer(Int)
  case text(String)
  case null

  public init(_ text: String?) { self = text.map { .text($0) } ?? .null }
  public init(_ number: Int?) { self = number.map { .integer($0) } ?? .null }
  public init(flag: Bool) { self = .integer(flag ? 1 : 0) }

  /// As a message shows it.
  public var text: String {
    switch self {
    case .integer(let number): "\(number)"
    case .text(let text): text
    case .null: ""
    }
  }

  public var integer: Int? { if case .integer(let number) = self { number } else { nil } }
}

/// Why a statement cannot be run, in the database's words.
public struct FactFailure: Error, Sendable, Hashable {
  public var message: String
  /// Where in the statement, in bytes from its start.
  public var offset: Int?

  public init(message: String, offset: Int? = nil) {
    self.message = message
    self.offset = offset
  }
}

/// A database in memory. What a rule asks can only read: the implementation refuses all else, and gives up what does not end.
public protocol FactDatabase: AnyObject {
  /// Runs statements of ours.
  func execute(_ sql: String) throws(FactFailure)

  /// Adds rows; each has a value for every column.
  func insert(_ rows: [[FactValue]], into table: String) throws(FactFailure)

  /// The names of the columns of one SELECT, which is not run.
  func columns(of select: String) throws(FactFailure) -> [String]

  func rows(of select: String) throws(FactFailure) -> [[FactValue]]

  /// The whole database as a file has it.
  func bytes() throws(FactFailure) -> [UInt8]
}
