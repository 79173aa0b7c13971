// Lists of rows as parameters: `(a, b) IN (sqlc.slice(pairs))` and `VALUES (sqlc.slice(rows))`.

public import SQLCDiagnostics

/// Which member of which list of rows a parameter is: its values are those of one field, in the order of the list.
public struct RowListMember: Sendable, Hashable, Codable {
  /// The list, as it is named in the SQL.
  public var list: String
  public var field: String
  public init(list: String, field: String) {
    self.list = list
    self.field = field
  }
}

/// A list of rows in a statement that is analysed. It is analysed with two rows of the same parameters: what holds of two holds
/// of any number but none, and no proof takes it for one row.
public struct RowList: Sendable, Hashable, Codable {
  public struct Field: Sendable, Hashable, Codable {
    public var name: String
    /// What the statement calls it.
    public var parameter: String
    public init(name: String, parameter: String) {
      self.name = name
      self.parameter = parameter
    }
  }

  /// What the rows stand for.
  public enum Role: Sendable, Hashable, Codable {
    /// The right side of IN.
    case members
    /// VALUES: those of an INSERT, or a table of rows.
    case values
  }

  public var name: String
  public var role: Role
  public var fields: [Field]
  /// How many columns a row has.
  public var columns: Int
  /// All of the rows, from VALUES on where that is written.
  public var range: ByteRange
  /// The first row, with its parentheses.
  public var row: ByteRange
  /// What its author wrote in the place of `range`.
  public var written: String
  public init(
    name: String, role: Role, fields: [Field], columns: Int, range: ByteRange, row: ByteRange, written: String
  ) {
    self.name = name
    self.role = role
    self.fields = fields
    self.columns = columns
    self.range = range
    self.row = row
    self.written = written
  }
}

extension [RowList] {
  /// What its author wrote of that part of a statement.
  public func written(_ range: ByteRange, of source: SourceFile) -> String {
    var text = ""
    var offset = range.lower
    for list in self where range.lower <= list.range.lower && list.range.upper <= range.upper {
      text += source.slice(ByteRange(offset, list.range.lower)) + list.written
      offset = list.range.upper
    }
    return text + source.slice(ByteRange(offset, range.upper))
  }

  /// The member that a parameter of the statement is.
  public func member(named parameter: String?) -> RowListMember? {
    guard let parameter else { return nil }
    for list in self {
      if let field = list.fields.first(where: { $0.parameter == parameter }) {
        return RowListMember(list: list.name, field: field.name)
      }
    }
    return nil
  }
}

/// The rows of a list, as SQL on its way to the database.
public struct RowTemplate: Sendable, Hashable, Codable {
  /// One row, its parentheses among it; a `.list` is the value that the row has of that parameter.
  public var segments: [SQLSegment]
  public var columns: Int
  public var role: RowList.Role
  public init(segments: [SQLSegment], columns: Int, role: RowList.Role) {
    self.segments = segments
    self.columns = columns
    self.role = role
  }

  /// What stands before and behind the rows, where there are any. SQLite looks nothing up in an index for `IN (VALUES (…), (…))`,
  /// but for a SELECT from it.
  public var surroundings: (before: String, after: String) {
    switch role {
    case .members: ("SELECT * FROM (VALUES ", ")")
    case .values: ("VALUES ", "")
    }
  }

  /// What stands there for a list without elements: as many columns, and no row. Parameters that all rows have stay, so that they
  /// can be bound.
  public var empty: [SQLSegment] {
    let columns = (1...Swift.max(columns, 1)).map { "NULL AS column\($0)" }
    var segments: [SQLSegment] = [.text("SELECT \(columns.joined(separator: ", ")) WHERE 0")]
    for case .parameter(let index) in self.segments { segments += [.text(" AND "), .parameter(index)] }
    return segments
  }

  /// One row, as segments of a statement.
  public var single: [SQLSegment] {
    [.text(surroundings.before)] + segments + [.text(surroundings.after)]
  }
}

extension SQLSegment {
  /// Text that depends on how many values there are.
  public var isDecidedWhenRun: Bool {
    switch self {
    case .text, .parameter: false
    case .list, .rows: true
    }
  }
}
