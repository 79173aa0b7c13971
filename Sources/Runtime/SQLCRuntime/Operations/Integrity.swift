// Is the file as it should be? (SQLite, pragma.html, `integrity_check`, `foreign_key_check`)

import SQLCSQLiteHandle

/// What a check found.
public struct IntegrityReport: Sendable, Hashable {
  public enum Depth: Sendable, Hashable {
    /// Every page, every index entry and every constraint.
    case full
    /// Without comparing indexes with their tables: linear time.
    case quick
  }

  /// One line of SQLite's report.
  public struct Problem: Sendable, Hashable, CustomStringConvertible {
    public enum Kind: Sendable, Hashable {
      /// An index lacks the entry of a row, has one too many, or two that should differ.
      case index
      /// A value that its column's NOT NULL, CHECK or STRICT type forbids.
      case value
      /// The structure of the file itself.
      case structure
    }

    public var kind: Kind
    /// SQLite's words.
    public var message: String
    public var description: String { message }

    init(_ message: String) {
      self.message = message
      let isOfIndex = ["missing from index", "entries in index", "entry in index", "index "].contains {
        message.contains($0)
      }
      let isOfValue =
        message.hasPrefix("NULL value in") || message.hasPrefix("CHECK constraint failed")
        || message.hasPrefix("non-") && message.contains(" value in ") || message.hasPrefix("NUMERIC value in")
        || message.hasPrefix("TEXT value in")
      kind = isOfValue ? .value : isOfIndex ? .index : .structure
    }
  }

  /// A row whose parent is missing.
  public struct ForeignKeyViolation: Sendable, Hashable {
    public var table: String
    /// nil in a WITHOUT ROWID table.
    public var rowID: Int64?
    public var parent: String
    /// The columns that should name a row of `parent`.
    public var columns: [String]
  }

  public var problems: [Problem]
  public var foreignKeyViolations: [ForeignKeyViolation]

  /// Nothing was found.
  public var isClean: Bool { problems.isEmpty && foreignKeyViolations.isEmpty }
}

extension Database {
  /// Checks the whole database; reading and writing go on meanwhile.
  ///
  /// - Parameter limit: how many problems of each kind to report at most.
  public func checkIntegrity(
    _ depth: IntegrityReport.Depth = .full, limit: Int = 100
  ) async throws(DatabaseError) -> IntegrityReport {
    try await lendOwnConnection(.inspector) { core in
      let check =
        switch depth {
        case .full: "integrity_check"
        case .quick: "quick_check"
        }
      let lines = try core.database.texts("PRAGMA \(check)(\(max(1, limit)))").compactMap { $0[0] }
      let violations = try core.database.texts(
        """
        SELECT v."table", v.rowid, v.parent, (
          SELECT group_concat("from", char(0)) FROM (SELECT "from" FROM pragma_foreign_key_list(v."table") AS k
            WHERE k.id = v.fkid ORDER BY k.seq))
        FROM pragma_foreign_key_check AS v LIMIT ?1
        """, ["\(max(1, limit))"])
      return IntegrityReport(
        problems: lines == ["ok"] ? [] : lines.map(IntegrityReport.Problem.init),
        foreignKeyViolations: violations.map { row in
          IntegrityReport.ForeignKeyViolation(
            table: row[0] ?? "", rowID: row[1].flatMap { Int64($0) }, parent: row[2] ?? "",
            columns: (row[3] ?? "").split(separator: "\0").map(String.init))
        })
    }
  }
}
