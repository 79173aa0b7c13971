// Geometry of diagrams, over random schemas: boxes apart, lines across or down and through no box, no two nets on one line.

import Testing

@testable import SQLCDocumentation

/// A schema of tables that refer to one another at random, with circles, self-references and several keys.
private func randomBlock(_ seed: UInt64, tables count: Int, density: Int) -> DocumentedBlock {
  var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
  func random(_ below: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(below))
  }
  let sizes = (0..<count).map { _ in 1 + random(12) }
  let tables = (0..<count).map { index -> DocumentedTable in
    let columns = (0..<sizes[index]).map {
      DocumentedColumn(name: "column_\($0)", type: ["INTEGER", "TEXT", ""][$0 % 3])
    }
    let references = (0..<random(density + 1)).map { _ -> DocumentedReference in
      // Mostly to tables before, as schemas grow; now and then anywhere, itself included.
      let parent = random(4) == 0 ? random(count) : random(index + 1)
      return DocumentedReference(
        columns: [random(sizes[index])], parent: "table_\(parent)",
        parentColumns: ["column_\(random(5) == 0 ? random(sizes[parent]) : 0)"],
        multiplicity: random(4) == 0 ? .one : .many, presence: random(3) == 0 ? .optional : .required)
    }
    return DocumentedTable(name: "table_\(index)", columns: columns, primaryKey: [0], references: references)
  }
  return DocumentedBlock(engine: "SQLite", name: "Generated", tables: tables, queries: [])
}

private struct Segment {
  var from: DiagramPoint
  var to: DiagramPoint
  var net: Int
  var isAcross: Bool { from.y == to.y }
  var range: ClosedRange<Int> {
    isAcross ? min(from.x, to.x)...max(from.x, to.x) : min(from.y, to.y)...max(from.y, to.y)
  }
  var at: Int { isAcross ? from.y : from.x }
}

/// What is wrong with a layout.
func faults(of layout: DiagramLayout) -> [String] {
  var faults: [String] = []
  let frames = layout.boxes.map(\.frame)
  for (place, a) in frames.enumerated() {
    if a.x < 0 || a.y < 0 || a.x + a.width > layout.size.x || a.y + a.height > layout.size.y {
      faults.append("box \(place) is outside")
    }
    for (other, b) in frames.enumerated().dropFirst(place + 1)
    where a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height {
      faults.append("boxes \(place) and \(other) overlap")
    }
  }
  var segments: [Segment] = []
  for relation in layout.relations {
    for (from, to) in zip(relation.points, relation.points.dropFirst()) {
      if from.x != to.x, from.y != to.y { faults.append("a line is neither across nor down") }
      segments.append(Segment(from: from, to: to, net: relation.net))
    }
    // It begins and ends at the sides of its boxes.
    for (point, box) in [(relation.points.first, relation.parent), (relation.points.last, relation.child)] {
      guard let point else {
        faults.append("a relation has no line")
        continue
      }
      let frame = frames[box]
      if ![frame.x, frame.x + frame.width].contains(point.x) || point.y <= frame.y || point.y >= frame.y + frame.height
      {
        faults.append("a line does not meet box \(box)")
      }
    }
  }
  for segment in segments {
    for (place, frame) in frames.enumerated()
    where max(segment.from.x, segment.to.x) > frame.x && min(segment.from.x, segment.to.x) < frame.x + frame.width
      && max(segment.from.y, segment.to.y) > frame.y && min(segment.from.y, segment.to.y) < frame.y + frame.height
    { faults.append("a line runs through box \(place)") }
  }
  for (place, a) in segments.enumerated() {
    for b in segments.dropFirst(place + 1)
    where a.net != b.net && a.isAcross == b.isAcross && abs(a.at - b.at) < 2
      && max(a.range.lowerBound, b.range.lowerBound) < min(a.range.upperBound, b.range.upperBound)
    {
      faults.append(
        "lines of nets \(a.net) and \(b.net) lie on one another, \(a.isAcross ? "across" : "down") at \(a.at)")
    }
  }
  return faults
}

@Suite struct DiagramTests {
  @Test(arguments: 1...120) func nothingOverlaps(seed: Int) {
    let block = randomBlock(UInt64(seed), tables: 2 + seed % 29, density: 1 + seed % 4)
    let layout = DiagramLayout(of: block)
    #expect(layout.boxes.count == block.tables.count)
    #expect(layout.relations.count == block.tables.reduce(0) { $0 + $1.references.count })
    #expect(faults(of: layout).prefix(3) == [])
    #expect(DiagramLayout(of: block) == layout)
  }

  /// What looks for faults finds them.
  @Test func overlapsAreFound() {
    let layout = DiagramLayout(of: randomBlock(7, tables: 12, density: 3))
    var moved = layout
    moved.boxes[1].frame = moved.boxes[0].frame
    #expect(faults(of: moved).contains { $0.hasSuffix("overlap") })
    var through = layout
    let frame = layout.boxes[0].frame
    through.relations[0].points = [
      DiagramPoint(frame.x - 8, frame.y + 40), DiagramPoint(frame.x + frame.width + 8, frame.y + 40),
    ]
    #expect(faults(of: through).contains("a line runs through box 0"))
    var doubled = layout
    doubled.relations[1].points = doubled.relations[0].points
    doubled.relations[1].net = 99
    #expect(faults(of: doubled).contains { $0.contains("lie on one another") })
  }

  @Test func parentsAreLeftOfTheirChildren() {
    let columns = [DocumentedColumn(name: "id", type: "INTEGER"), DocumentedColumn(name: "up", type: "INTEGER")]
    func table(_ name: String, _ parents: String...) -> DocumentedTable {
      DocumentedTable(
        name: name, columns: columns, primaryKey: [0],
        references: parents.map { DocumentedReference(columns: [1], parent: $0, parentColumns: ["id"]) })
    }
    let layout = DiagramLayout(
      of: DocumentedBlock(
        engine: "", name: "", tables: [table("c", "b", "a", "c"), table("b", "A"), table("a")], queries: []))
    let x = Dictionary(uniqueKeysWithValues: layout.boxes.map { ($0.table, $0.frame.x) })
    #expect(x[2]! < x[1]! && x[1]! < x[0]!)
    #expect(layout.relations.count == 4)
  }

  /// A table of many columns shows its keys and references whatever their places.
  @Test func keysAreShownOfWideTables() {
    let columns = (0..<80).map { DocumentedColumn(name: "c\($0)", type: "TEXT") }
    let wide = DocumentedTable(
      name: "wide", columns: columns, primaryKey: [70],
      references: [DocumentedReference(columns: [60], parent: "wide", parentColumns: ["c70"])])
    let graph = DiagramGraph(DocumentedBlock(engine: "", name: "", tables: [wide], queries: []))
    #expect(graph.boxes[0].rows.map(\.name).contains("c70") && graph.boxes[0].rows.map(\.name).contains("c60"))
    #expect(graph.boxes[0].rows.last?.name == "… 57 more")
    #expect(graph.relations[0].childRow != graph.relations[0].parentRow)
  }
}
