// What ALTER TABLE … RENAME does to the texts of views and triggers (SQLite, alter.c: renameColumnFunc, renameTableFunc): each
// name that means the table or the column is written anew, by what the names mean at that moment.

import SQLCDiagnostics
import SQLCSyntaxSQLite

/// Names that ALTER TABLE changed after a view or trigger was written. Its text is kept as it is in the file, and read with
/// these in mind.
public struct Renames: Sendable, Hashable {
  struct Name: Sendable, Hashable {
    var range: ByteRange
    var text: String
    var isQuoted: Bool
  }

  /// By the offset at which the name stands.
  private(set) var names: [Int: Name] = [:]

  public init() {}

  /// The name as SQLite's text has it now.
  func current(_ name: NameSyntax) -> NameSyntax {
    guard !names.isEmpty, let now = names[name.range.lower] else { return name }
    return NameSyntax(text: now.text, range: name.range, quoting: now.isQuoted ? .doubleQuotes : name.quoting)
  }

  func contains(_ name: NameSyntax) -> Bool { names[name.range.lower] != nil }

  /// The text of `range` as SQLite has it now.
  func text(of range: ByteRange, in source: SourceFile) -> String {
    let written = source.slice(range)
    guard !names.isEmpty else { return String(written) }
    let inside = names.values.filter { range.contains($0.range) }.sorted { $0.range.lower < $1.range.lower }
    var text = ""
    var end = range.lower
    for name in inside {
      text += source.slice(ByteRange(end, name.range.lower))
      text += name.isQuoted ? "\"\(name.text.replacingScalars("\"", with: "\"\""))\"" : name.text
      end = name.range.upper
    }
    return text + source.slice(ByteRange(end, range.upper))
  }

  /// - Parameter isQuoted: whether it is written with quotes where it had none.
  mutating func write(_ text: String, isQuoted: Bool, at places: [NameSyntax]) {
    for place in places {
      let hadQuotes = names[place.range.lower]?.isQuoted ?? (place.quoting != .none)
      names[place.range.lower] = Name(range: place.range, text: text, isQuoted: isQuoted || hadQuotes)
    }
  }

  /// Some name is `text` by now.
  func have(_ text: String) -> Bool { names.values.contains { sameName($0.text, text) } }
}

/// What gets another name, and where the binder meets it while it reads a definition.
struct Renaming {
  enum Subject: Hashable {
    case table
    /// By its index.
    case column(Int)
  }

  /// Key of the table.
  var table: String
  var subject: Subject
  private(set) var places: [NameSyntax] = []

  init(table: String, subject: Subject) {
    self.table = table
    self.subject = subject
  }

  mutating func meet(_ name: NameSyntax) { places.append(name) }
}

extension Binder {
  mutating func meet(_ node: ColumnReferenceSyntax, _ column: BoundColumn, of source: ScopeSource) {
    guard source.renamed != nil else { return }
    if let table = node.table { meet(qualifier: table, of: source) }
    meet(node.column, column.index, of: source)
  }

  mutating func meet(_ name: NameSyntax, _ column: Int, of source: ScopeSource) {
    if source.renamed == .column(column) { renaming?.meet(name) }
  }

  mutating func meet(qualifier name: NameSyntax, of source: ScopeSource) {
    if source.renamed == .table { renaming?.meet(name) }
  }

  /// A table is named as a source.
  mutating func meet(_ node: TableReferenceSyntax, _ key: String, as source: inout ScopeSource) {
    guard let subject = renaming?.subject, renaming?.table == key else { return }
    // Behind an alias only the name in front of it is the table's.
    if subject == .table { renaming?.meet(node.name.name) }
    if subject != .table || node.alias == nil { source.renamed = subject }
  }
}

extension CatalogBuilder {
  /// Writes the new name into the texts of all views and triggers; to be called before the catalog has it.
  mutating func respell(_ renaming: Renaming, from old: String, as new: NameSyntax) {
    // SQLite quotes a table's name always, a column's where the statement does.
    let isQuoted = renaming.subject == .table || new.quoting != .none
    var views: [String: [NameSyntax]] = [:]
    var bound: [SourceRange: BoundView] = [:]
    for key in catalog.order {
      guard case .view(let view)? = catalog.relations[key], let file = view.source,
        mayMention(old, view.renames, file, view.query.range)
      else { continue }
      var binder = binder(over: file)
      binder.renaming = renaming
      binder.renames = view.renames
      binder.openViews = [key]
      binder.boundViews = bound
      _ = binder.bindQuery(view.query, parent: nil, named: .view)
      bound = binder.boundViews
      views[key] = binder.renaming?.places
    }
    var triggers: [String: [NameSyntax]] = [:]
    if !catalog.triggerOrder.isEmpty { indexReferences() }
    for key in catalog.triggerOrder {
      guard let trigger = catalog.triggers[key], let file = trigger.source else { continue }
      var binder = binder(over: file)
      binder.renaming = renaming
      _ = binder.bindTrigger(trigger)
      triggers[key] = binder.renaming?.places
    }
    for (key, places) in views where !places.isEmpty {
      guard case .view(var view)? = catalog.relations[key] else { continue }
      view.renames.write(new.text, isQuoted: isQuoted, at: places)
      catalog.relations[key] = .view(view)
    }
    for (key, places) in triggers {
      catalog.triggers[key]?.renames.write(new.text, isQuoted: isQuoted, at: places)
    }
  }

  private func binder(over file: SourceFile) -> Binder {
    var binder = Binder(catalog: catalog, source: file, options: options)
    binder.mode = .definition
    binder.isMuted = true
    return binder
  }

  /// Whether the name can stand in the text; `true` when in doubt.
  private func mayMention(_ name: String, _ renames: Renames, _ file: SourceFile, _ range: ByteRange) -> Bool {
    // Another name for the rowid's column, and names with quotes in them.
    if isRowIDName(name) || name.contains(where: { "\"`]".contains($0) }) || renames.have(name) { return true }
    let key = name.asciiLowercased
    let text = String(file.slice(range)).asciiLowercased
    return text.contains(key) || ["rowid", "oid"].contains { text.contains($0) }
  }
}
