// Lines between layers: where each one leaves and enters a box, and on which track of a channel it runs down.

/// A part of a diagram that hangs together, laid out from its upper left corner.
struct DiagramPart {
  private(set) var size = DiagramPoint(0, 0)
  /// By box.
  private(set) var frames: [DiagramFrame] = []
  /// By relation, from the parent.
  private(set) var paths: [(points: [DiagramPoint], net: Int)] = []
  private(set) var junctions: [DiagramPoint] = []
  private(set) var netCount = 0

  init(_ graph: DiagramGraph) {
    let layers = DiagramLayers(graph)
    let placement = DiagramPlacement(layers)
    var ports = DiagramPorts(layers, placement)
    var channels: [DiagramChannel] = []
    for channel in layers.layers.indices {
      ports.keepApart(in: channel)
      channels.append(DiagramChannel(channel, layers, ports))
    }
    netCount = layers.nets.count

    // Layers and channels, from left to right.
    var lefts: [Int] = []
    var rights: [Int] = []
    var x = 0
    for (layer, items) in layers.layers.enumerated() {
      let width = items.filter { !layers.isLane($0) }.map { graph.boxes[$0].width }.max() ?? 0
      lefts.append(x)
      rights.append(x + width)
      x += width + channels[layer].width
    }
    frames = graph.boxes.indices.map { box in
      let layer = layers.layer[box]
      return DiagramFrame(
        x: lefts[layer], y: placement.tops[box], width: rights[layer] - lefts[layer],
        height: graph.boxes[box].height)
    }
    for (index, relation) in graph.relations.enumerated() {
      let net = layers.netOf[index]
      let root = DiagramEnd(item: relation.parent, row: relation.parentRow)
      let leaf = DiagramEnd(item: relation.child, row: relation.childRow)
      let (from, to) = (layers.layer[relation.parent], layers.layer[relation.child])
      var points: [DiagramPoint] = []
      func add(_ x: Int, _ y: Int) {
        let point = DiagramPoint(x, y)
        if points.last != point { points.append(point) }
      }
      func track(_ channel: Int) -> Int { rights[channel] + (channels[channel].offset(of: net) ?? 0) }
      func lane(_ layer: Int) -> DiagramEnd? { layers.lane(of: net, in: layer).map { DiagramEnd(item: $0, row: nil) } }
      switch layers.nets[net].direction {
      case .forward:
        var y = ports.height(of: root, net, .right)
        add(rights[from], y)
        for channel in from..<max(to, from + 1) {
          let isLast = channel + 1 >= to
          let next =
            from == to
            ? ports.height(of: leaf, net, .right)
            : isLast
              ? ports.height(of: leaf, net, .left) : lane(channel + 1).map { ports.height(of: $0, net, .left) } ?? y
          if next != y || from == to {
            add(track(channel), y)
            add(track(channel), next)
          }
          y = next
        }
        add(from == to ? rights[to] : lefts[to], y)
      case .backward:
        var y = ports.height(of: root, net, .left)
        add(lefts[from], y)
        for channel in (to..<from).reversed() {
          let next =
            channel == to
            ? ports.height(of: leaf, net, .right) : lane(channel).map { ports.height(of: $0, net, .left) } ?? y
          if next != y {
            add(track(channel), y)
            add(track(channel), next)
          }
          y = next
        }
        add(rights[to], y)
      }
      paths.append((points, net))
    }
    for (layer, channel) in channels.enumerated() {
      junctions += channel.junctions.map { DiagramPoint(rights[layer] + $0.x, $0.y) }
    }
    size = DiagramPoint(
      (paths.flatMap { $0.points.map(\.x) } + frames.map { $0.x + $0.width }).max() ?? 0,
      (paths.flatMap { $0.points.map(\.y) } + frames.map { $0.y + $0.height }).max() ?? 0)
  }
}

/// The heights at which lines meet boxes and pass through lanes.
struct DiagramPorts {
  enum Side: Hashable { case left, right }

  private struct Port: Hashable {
    var end: DiagramEnd
    var side: Side
    var net: Int
  }

  private let layers: DiagramLayers
  private let placement: DiagramPlacement
  /// By how much a line is off the middle of its row or lane.
  private var shifts: [Port: Int] = [:]

  init(_ layers: DiagramLayers, _ placement: DiagramPlacement) {
    self.layers = layers
    self.placement = placement
    // Several nets at one row stand beside one another, in the order of what they lead to.
    var atRow: [DiagramEnd: [Side: [(net: Int, towards: Int)]]] = [:]
    for channel in layers.layers.indices {
      for net in layers.nets.indices {
        let ends = layers.ends(of: net, in: channel)
        for (side, own, others) in [(Side.right, ends.left, ends.right), (.left, ends.right, ends.left)] {
          for end in Set(own) where end.row != nil {
            let heights = others.isEmpty ? own.map(placement.middle) : others.map(placement.middle)
            atRow[end, default: [:]][side, default: []].append((net, heights.reduce(0, +) / heights.count))
          }
        }
      }
    }
    for (end, sides) in atRow {
      for (side, nets) in sides where nets.count > 1 {
        let order = nets.sorted { ($0.towards, $0.net) < ($1.towards, $1.net) }
        for (place, entry) in order.enumerated() {
          // From -8 to 8, on multiples of 4 where there is room.
          let step = max(1, min(4, 16 / (order.count - 1)))
          shifts[Port(end: end, side: side, net: entry.net)] = place * step - (order.count - 1) * step / 2
        }
      }
    }
  }

  /// - Parameter side: of the box; a lane has one height.
  func height(of end: DiagramEnd, _ net: Int, _ side: Side) -> Int {
    placement.middle(of: end) + (shifts[Port(end: end, side: end.row == nil ? .left : side, net: net)] ?? 0)
  }

  /// Moves lines that enter on the right of a channel off those that come from its left at the same height.
  mutating func keepApart(in channel: Int) {
    var lefts: [(net: Int, y: Int)] = []
    var rights: [(end: DiagramEnd, net: Int)] = []
    for net in layers.nets.indices {
      let ends = layers.ends(of: net, in: channel)
      for end in Set(ends.left) { lefts.append((net, height(of: end, net, .right))) }
      for end in Set(ends.right) { rights.append((end, net)) }
    }
    var heights = rights.map { height(of: $0.end, $0.net, .left) }
    let order = rights.indices.sorted { (heights[$0], rights[$0].net) < (heights[$1], rights[$1].net) }
    for index in order {
      let (end, net) = rights[index]
      func isFree(_ y: Int) -> Bool {
        !lefts.contains { $0.net != net && abs($0.y - y) < 4 }
          && !rights.indices.contains { other in
            other != index && rights[other].net != net && abs(heights[other] - y) < 4
          }
      }
      guard !isFree(heights[index]) else { continue }
      let middle = placement.middle(of: end)
      let shifts = end.row == nil ? [4, -4] : [4, -4, 8, -8, 6, -6, 2, -2, 10, -10]
      let candidates = ([0] + shifts).map { middle + $0 }
      guard let free = candidates.first(where: isFree) else { continue }
      heights[index] = free
      self.shifts[Port(end: end, side: .left, net: net)] = free - middle
    }
  }
}

/// What runs down between two layers.
struct DiagramChannel {
  /// By net, from the edge of the layer to the left.
  private var offsets: [Int: Int] = [:]
  private(set) var width = 0
  /// From that edge.
  private(set) var junctions: [DiagramPoint] = []

  func offset(of net: Int) -> Int? { offsets[net] }

  private struct Wire {
    var net: Int
    var left: [Int]
    var right: [Int]
    var range: ClosedRange<Int>

    func passes(_ y: Int) -> Bool { range.lowerBound < y && y < range.upperBound }
  }

  init(_ channel: Int, _ layers: DiagramLayers, _ ports: DiagramPorts) {
    var wires: [Wire] = []
    for net in layers.nets.indices {
      let ends = layers.ends(of: net, in: channel)
      let left = Set(ends.left.map { ports.height(of: $0, net, .right) }).sorted()
      let right = Set(ends.right.map { ports.height(of: $0, net, .left) }).sorted()
      guard let low = (left + right).min(), let high = (left + right).max() else { continue }
      // A line that goes straight across needs no track, unless it turns back.
      guard low < high || right.isEmpty else { continue }
      wires.append(Wire(net: net, left: left, right: right, range: low...high))
    }
    let order = Self.ordered(wires)
    var tracks: [Int] = []
    for (place, index) in order.enumerated() {
      let wire = wires[index]
      let track = order[..<place].enumerated().reduce(0) { track, entry in
        let other = wires[entry.element]
        let isBeside =
          other.range.lowerBound - 8 < wire.range.upperBound && wire.range.lowerBound - 8 < other.range.upperBound
        return isBeside || Self.mustPrecede(other, wire) ? max(track, tracks[entry.offset] + 1) : track
      }
      tracks.append(track)
      let x = DiagramMetrics.parentMargin + track * DiagramMetrics.track
      offsets[wire.net] = x
      for y in Set(wire.left + wire.right).sorted()
      where wire.passes(y) || wire.left.contains(y) && wire.right.contains(y) {
        junctions.append(DiagramPoint(x, y))
      }
    }
    let count = (tracks.max() ?? -1) + 1
    let isLast = channel == layers.layers.count - 1
    width =
      isLast
      ? (count > 0 ? DiagramMetrics.parentMargin + count * DiagramMetrics.track : 0)
      : DiagramMetrics.parentMargin + count * DiagramMetrics.track + DiagramMetrics.childMargin
  }

  /// Else what comes from the left in one would lie on what goes to the right in the other.
  private static func mustPrecede(_ a: Wire, _ b: Wire) -> Bool {
    a.left.contains { left in b.right.contains { abs($0 - left) < 4 } }
  }

  /// Crossings where one runs left of the other.
  private static func cost(_ a: Wire, leftOf b: Wire) -> Int {
    a.right.count(where: b.passes) + b.left.count(where: a.passes) + (mustPrecede(b, a) ? 1000 : 0)
  }

  /// From left to right: each is put where it crosses least.
  private static func ordered(_ wires: [Wire]) -> [Int] {
    var order: [Int] = []
    for index in wires.indices {
      // Behind all; then one place to the left after the other.
      var sum = 0
      var (best, bestSum) = (order.count, 0)
      for place in order.indices.reversed() {
        sum += cost(wires[index], leftOf: wires[order[place]]) - cost(wires[order[place]], leftOf: wires[index])
        if sum < bestSum { (best, bestSum) = (place, sum) }
      }
      order.insert(index, at: best)
    }
    return order
  }
}
