// Virtual tables: which of them can be read back, and of whose rows they are an index.

import SQLCSQLiteHandle
import SQLCSyntaxSQLite

/// A virtual table.
struct ModuleState {
  enum Content: Hashable {
    /// Its rows are its own.
    case own
    /// An index of the rows of this table or view, in lower case (fts5.html §4.4.3).
    case external(String)
    /// An index of rows that are nowhere (fts5.html §4.4.2).
    case none
    /// Nobody but the module knows.
    case unknown
  }

  let object: ObjectState
  let description: TableDescription
  let module: String
  let content: Content
  var key: String { object.key }
  var name: String { object.name }

  init(object: ObjectState, description: TableDescription) {
    self.object = object
    self.description = description
    let words = SchemaTokens(object.sql).words
    let using = words.firstIndex { $0.kind == .word && !$0.isQuoted && $0.text == "using" }
    module = using.flatMap { $0 + 1 < words.count ? words[$0 + 1].text : nil } ?? ""
    switch module {
    case "fts3", "fts4", "fts5": content = Self.content(of: words)
    case "rtree", "rtree_i32": content = .own
    default: content = .unknown
    }
  }

  private static func content(of words: [SchemaWord]) -> Content {
    for index in words.indices.dropLast(2)
    where words[index].kind == .word && words[index].text == "content" && words[index + 1].text == "=" {
      let value = words[index + 2]
      let name = value.kind == .string ? String(value.text.dropFirst().dropLast()).asciiLowercased : value.text
      return name.isEmpty || value.kind == .symbol ? .none : .external(name)
    }
    return .own
  }

  var isFullText: Bool { module.hasPrefix("fts") }
  /// Has it settings that are set by INSERT (fts5.html#special_insert_commands) and kept in a table of its own?
  var keepsSettings: Bool { module == "fts5" }
  /// The table of its settings, by name (`k`) and value (`v`). The version of its format is none.
  var settingsTable: String { name + "_config" }
  /// Columns that a query can see and an INSERT can fill.
  var columns: [String] { description.columns.filter { $0.visibility == .visible }.map(\.name) }
  /// Makes the index anew from the rows that it is of (fts5.html §6.8, fts3.html §7).
  var rebuildCommand: String { "INSERT INTO \(sqlName(name)) (\(sqlName(name))) VALUES ('rebuild')" }
}
