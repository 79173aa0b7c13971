// A schema as boxes with rows, and relations between rows.

/// What a layout is made of.
struct DiagramGraph: Sendable, Hashable {
  var boxes: [DiagramBox] = []
  var relations: [DiagramRelation] = []
}

/// A table: a title and rows, whose sizes are known.
struct DiagramBox: Sendable, Hashable {
  struct Row: Sendable, Hashable {
    enum Mark: Sendable, Hashable { case none, key, reference, keyAndReference }
    var name: String
    var type: String
    var mark: Mark
  }

  /// The table's place in its block.
  var table: Int
  var title: String
  var rows: [Row]

  init(table: Int, title: String, rows: [Row]) {
    self.table = table
    self.title = title
    self.rows = rows
  }

  var height: Int { DiagramMetrics.header + rows.count * DiagramMetrics.row + DiagramMetrics.grid }

  var width: Int {
    let rows = rows.map { row in
      2 * DiagramMetrics.padding + DiagramMetrics.mark + textWidth(row.name) + DiagramMetrics.gap + textWidth(row.type)
    }
    return rounded(max((rows.max() ?? 0), 2 * DiagramMetrics.padding + titleWidth(title)))
  }

  private func rounded(_ width: Int) -> Int {
    (width + DiagramMetrics.grid - 1) / DiagramMetrics.grid * DiagramMetrics.grid
  }
}

/// A foreign key between two boxes, or of a box to itself.
struct DiagramRelation: Sendable, Hashable {
  var child: Int
  var childRow: Int
  var parent: Int
  var parentRow: Int
  /// Of the table that has it.
  var reference: DocumentedReference
}

/// All sizes, in pixels: multiples of the grid, so that boxes and lines on it never come to stand beside one another by less.
enum DiagramMetrics {
  static let grid = 8
  static let header = 32
  static let row = 24
  static let padding = 12
  /// For `PK`.
  static let mark = 28
  /// Between a name and its type.
  static let gap = 16
  /// Between boxes of a layer.
  static let boxGap = 32
  /// Between lines that pass through a layer.
  static let laneGap = 8
  /// Between lines of a channel.
  static let track = 8
  /// From a parent to the first line, and from the last one to a child: there is room for what stands at the ends.
  static let parentMargin = 24
  static let childMargin = 32
  /// Around the whole, and between parts that nothing connects.
  static let margin = 24
  /// Rows of a box; of a table with more columns keys and references are shown first.
  static let rows = 24
  /// Cells of a name or a type; longer ones are cut.
  static let cells = 32
}

/// Pixels of a text of 12 px in any fixed-width font that browsers have: none has cells wider than 0.61 em.
func textWidth(_ text: String) -> Int { (cells(text) * 74 + 9) / 10 }

/// The same in 13 px, bold.
func titleWidth(_ text: String) -> Int { (cells(text) * 81 + 9) / 10 }

/// Cells of a fixed-width font; two for whatever may be wide.
func cells(_ text: String) -> Int {
  text.unicodeScalars.reduce(0) { $0 + ($1.isASCII ? 1 : $1.value < 0x2E80 && !$1.properties.isEmoji ? 1 : 2) }
}

/// A text that fits, with an ellipsis for what does not.
func shortened(_ text: String) -> String {
  guard cells(text) > DiagramMetrics.cells else { return text }
  var short = ""
  for character in text {
    if cells(short) + cells(String(character)) > DiagramMetrics.cells - 1 { break }
    short.append(character)
  }
  return short + "…"
}

extension DiagramGraph {
  /// Tables of a block; views have no keys, and stand in the dictionary alone.
  init(_ block: DocumentedBlock) {
    var places: [String: Int] = [:]
    var rows: [[Int: Int]] = []
    let referenced = block.referencedColumns
    for (index, table) in block.tables.enumerated() where table.kind != .view {
      places[table.name.lowercased()] = boxes.count
      let shown = table.shownColumns(referenced[table.name.lowercased()] ?? [])
      var box = DiagramBox(table: index, title: shortened(table.name), rows: [])
      for column in shown { box.rows.append(table.row(of: column)) }
      rows.append(Dictionary(uniqueKeysWithValues: shown.enumerated().map { ($1, $0) }))
      if shown.count < table.columns.count {
        box.rows.append(.init(name: "… \(table.columns.count - shown.count) more", type: "", mark: .none))
      }
      boxes.append(box)
    }
    for (child, box) in boxes.enumerated() {
      let table = block.tables[box.table]
      for reference in table.references {
        guard let parent = places[reference.parent.lowercased()], let column = reference.columns.first,
          let childRow = rows[child][column]
        else { continue }
        let target = block.tables[boxes[parent].table]
        let key = reference.parentColumns.first.flatMap { name in
          target.columns.firstIndex { $0.name.lowercased() == name.lowercased() }
        }
        let parentRow = (key ?? target.primaryKey.first).flatMap { rows[parent][$0] } ?? 0
        relations.append(
          DiagramRelation(
            child: child, childRow: childRow, parent: parent, parentRow: parentRow, reference: reference))
      }
    }
  }
}

extension DocumentedBlock {
  /// Columns that references lead to, by table.
  fileprivate var referencedColumns: [String: Set<String>] {
    var found: [String: Set<String>] = [:]
    for reference in tables.flatMap(\.references) {
      found[reference.parent.lowercased(), default: []].formUnion(reference.parentColumns.map { $0.lowercased() })
    }
    return found
  }
}

extension DocumentedTable {
  /// Indexes of the columns that a box shows, in their order.
  fileprivate func shownColumns(_ referenced: Set<String>) -> [Int] {
    guard columns.count > DiagramMetrics.rows else { return Array(columns.indices) }
    let needed = columns.indices.filter { column in
      primaryKey.contains(column) || referenced.contains(columns[column].name.lowercased())
        || references.contains { $0.columns.contains(column) }
    }
    let others = columns.indices.filter { !needed.contains($0) }
    return (needed + others.prefix(max(0, DiagramMetrics.rows - 1 - needed.count))).sorted()
  }

  fileprivate func row(of column: Int) -> DiagramBox.Row {
    let isReference = references.contains { $0.columns.contains(column) }
    let mark: DiagramBox.Row.Mark =
      primaryKey.contains(column) ? isReference ? .keyAndReference : .key : isReference ? .reference : .none
    return DiagramBox.Row(
      name: shortened(columns[column].name),
      type: shortened(columns[column].type + (columns[column].isNullable ? "?" : "")), mark: mark)
  }
}
