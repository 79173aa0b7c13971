// Where everything of a diagram stands. Whole numbers throughout: the same schema gives the same picture on every machine.

public struct DiagramPoint: Sendable, Hashable {
  public var x: Int
  public var y: Int
  public init(_ x: Int, _ y: Int) {
    self.x = x
    self.y = y
  }
}

public struct DiagramFrame: Sendable, Hashable {
  public var x: Int
  public var y: Int
  public var width: Int
  public var height: Int
}

/// A diagram, laid out: tables in layers from left to right, each right of those that it refers to, and lines that run across
/// and down between them, never through a table.
public struct DiagramLayout: Sendable, Hashable {
  public struct Box: Sendable, Hashable {
    /// The table's place in its block.
    public var table: Int
    public var frame: DiagramFrame
    var content: DiagramBox
  }

  public struct Relation: Sendable, Hashable {
    /// Indexes into ``boxes``.
    public var child: Int
    public var parent: Int
    public var reference: DocumentedReference
    /// From the parent to the child; every line is across or down.
    public var points: [DiagramPoint]
    /// Lines of one net lead to one row of a parent, and share what they have in common; lines of two never do.
    public var net: Int
  }

  public var size: DiagramPoint
  public var boxes: [Box]
  public var relations: [Relation]
  /// Where lines of one net part.
  public var junctions: [DiagramPoint]

  public init(of block: DocumentedBlock) { self.init(DiagramGraph(block)) }

  init(_ graph: DiagramGraph) {
    size = DiagramPoint(0, 0)
    boxes = []
    relations = []
    junctions = []
    var nets = 0
    let parts = graph.components.map { part in (part, DiagramPart(part.graph)) }
    let offsets = shelves(parts.map(\.1.size))
    for ((part, layout), offset) in zip(parts, offsets) {
      let first = boxes.count
      for (box, frame) in zip(part.graph.boxes, layout.frames) {
        boxes.append(
          Box(
            table: box.table,
            frame: DiagramFrame(
              x: frame.x + offset.x, y: frame.y + offset.y, width: frame.width, height: frame.height), content: box))
      }
      for (relation, path) in zip(part.graph.relations, layout.paths) {
        relations.append(
          Relation(
            child: first + relation.child, parent: first + relation.parent, reference: relation.reference,
            points: path.points.map { DiagramPoint($0.x + offset.x, $0.y + offset.y) }, net: nets + path.net))
      }
      junctions += layout.junctions.map { DiagramPoint($0.x + offset.x, $0.y + offset.y) }
      nets += layout.netCount
      size.x = max(size.x, offset.x + layout.size.x)
      size.y = max(size.y, offset.y + layout.size.y)
    }
    size.x += DiagramMetrics.margin
    size.y += DiagramMetrics.margin
  }
}

extension DiagramGraph {
  struct Component {
    var graph: DiagramGraph
  }

  /// Parts that no relation connects, the largest first.
  var components: [Component] {
    var group = Array(boxes.indices)
    func root(_ box: Int) -> Int {
      var box = box
      while group[box] != box { box = group[box] }
      return box
    }
    for relation in relations {
      let (a, b) = (root(relation.child), root(relation.parent))
      group[max(a, b)] = min(a, b)
    }
    var members: [Int: [Int]] = [:]
    for box in boxes.indices { members[root(box), default: []].append(box) }
    let order = members.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
    var place = Array(repeating: 0, count: boxes.count)
    var parts = Array(repeating: DiagramGraph(), count: order.count)
    var part = place
    for (index, entry) in order.enumerated() {
      for (position, box) in entry.value.enumerated() {
        place[box] = position
        part[box] = index
        parts[index].boxes.append(boxes[box])
      }
    }
    for relation in relations {
      var moved = relation
      moved.child = place[relation.child]
      moved.parent = place[relation.parent]
      parts[part[relation.child]].relations.append(moved)
    }
    return parts.map { Component(graph: $0) }
  }
}

/// Corners for rectangles in rows, in their order: a page somewhat wider than high.
private func shelves(_ sizes: [DiagramPoint]) -> [DiagramPoint] {
  let gap = 2 * DiagramMetrics.margin
  let area = sizes.reduce(0) { $0 + ($1.x + gap) * ($1.y + gap) }
  var width = sizes.map(\.x).max() ?? 0
  while width * width * 5 < area * 8 { width += 64 }
  var corners: [DiagramPoint] = []
  var (x, y, height) = (DiagramMetrics.margin, DiagramMetrics.margin, 0)
  for size in sizes {
    if x > DiagramMetrics.margin, x + size.x > DiagramMetrics.margin + width {
      (x, y, height) = (DiagramMetrics.margin, y + height + gap, 0)
    }
    corners.append(DiagramPoint(x, y))
    x += size.x + gap
    height = max(height, size.y)
  }
  return corners
}
