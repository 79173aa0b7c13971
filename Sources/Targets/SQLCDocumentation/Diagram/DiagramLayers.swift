// Boxes into layers, lines into lanes, and an order of both in which few lines cross.
//
// After K. Sugiyama, S. Tagawa, M. Toda, "Methods for Visual Understanding of Hierarchical System Structures" (1981): layers by
// longest path once circles are broken, an order by barycentres.

/// Lines that lead to one row of a parent, by one of its sides.
struct DiagramNet: Hashable {
  enum Direction: Hashable {
    /// Children are to the right of the parent, or are the parent.
    case forward
    /// A circle was broken here: children are to the left.
    case backward
  }
  var parent: Int
  var row: Int
  var direction: Direction
  var relations: [Int] = []
  /// The layers of its leftmost and rightmost box.
  var first = 0
  var last = 0
}

/// What stands in a layer, by number: a box, or a lane, where the lines of a net pass.
struct DiagramLayers {
  let graph: DiagramGraph
  /// By box.
  private(set) var layer: [Int]
  private(set) var nets: [DiagramNet] = []
  /// By relation.
  private(set) var netOf: [Int]
  /// Items from top to bottom: boxes have the numbers of the graph, lanes those behind.
  private(set) var layers: [[Int]] = []
  /// Net and layer of each lane.
  private(set) var lanes: [(net: Int, layer: Int)] = []
  private var laneOf: [[Int: Int]] = []
  /// Of each channel: which items are connected through it.
  private(set) var links: [[DiagramLink]] = []

  init(_ graph: DiagramGraph) {
    self.graph = graph
    netOf = Array(repeating: 0, count: graph.relations.count)
    layer = []
    layer = longestPaths()
    makeNets()
    makeLanes()
    makeLinks()
    order()
  }

  var itemCount: Int { graph.boxes.count + lanes.count }

  func isLane(_ item: Int) -> Bool { item >= graph.boxes.count }

  func lane(of net: Int, in layer: Int) -> Int? { laneOf[net][layer] }

  // MARK: Layers

  private func longestPaths() -> [Int] {
    let count = graph.boxes.count
    var children = Array(repeating: [Int](), count: count)
    var parents = Array(repeating: 0, count: count)
    for relation in graph.relations where relation.child != relation.parent {
      children[relation.parent].append(relation.child)
      parents[relation.child] += 1
    }
    // Depth first, from what refers to least: an edge to a box that is still open closes a circle, and is left out.
    enum State { case new, open, done }
    var state = Array(repeating: State.new, count: count)
    var forward = Array(repeating: [Int](), count: count)
    var finished: [Int] = []
    for start in (0..<count).sorted(by: { (parents[$0], $0) < (parents[$1], $1) }) where state[start] == .new {
      var stack = [(box: start, next: 0)]
      state[start] = .open
      while let (box, next) = stack.last {
        if next == children[box].count {
          state[box] = .done
          finished.append(box)
          stack.removeLast()
          continue
        }
        stack[stack.count - 1].next += 1
        let child = children[box][next]
        switch state[child] {
        case .open: break
        case .done: forward[box].append(child)
        case .new:
          forward[box].append(child)
          state[child] = .open
          stack.append((child, 0))
        }
      }
    }
    var layer = Array(repeating: 0, count: count)
    for box in finished.reversed() {
      for child in forward[box] { layer[child] = max(layer[child], layer[box] + 1) }
    }
    // What refers to nothing stands just left of the first that refers to it.
    let isChild = Set(forward.joined())
    for box in 0..<count where !isChild.contains(box) {
      if let first = forward[box].map({ layer[$0] }).min() { layer[box] = first - 1 }
    }
    return layer
  }

  private mutating func makeNets() {
    var known: [DiagramNet: Int] = [:]
    for (index, relation) in graph.relations.enumerated() {
      let direction: DiagramNet.Direction =
        layer[relation.child] < layer[relation.parent]
          || relation.child != relation.parent && layer[relation.child] == layer[relation.parent]
        ? .backward : .forward
      let key = DiagramNet(parent: relation.parent, row: relation.parentRow, direction: direction)
      let net = known[key] ?? nets.count
      if net == nets.count {
        known[key] = net
        nets.append(key)
        nets[net].first = layer[relation.parent]
        nets[net].last = layer[relation.parent]
      }
      nets[net].relations.append(index)
      nets[net].first = min(nets[net].first, layer[relation.child])
      nets[net].last = max(nets[net].last, layer[relation.child])
      netOf[index] = net
    }
  }

  private mutating func makeLanes() {
    layers = Array(repeating: [], count: (layer.max() ?? 0) + 1)
    for box in graph.boxes.indices { layers[layer[box]].append(box) }
    laneOf = Array(repeating: [:], count: nets.count)
    for (index, net) in nets.enumerated() where net.first + 1 < net.last {
      for between in net.first + 1..<net.last {
        laneOf[index][between] = itemCount
        layers[between].append(itemCount)
        lanes.append((index, between))
      }
    }
  }

  private mutating func makeLinks() {
    links = Array(repeating: [], count: max(0, layers.count - 1))
    for (index, net) in nets.enumerated() where net.first < net.last {
      for channel in net.first..<net.last {
        let ends = ends(of: index, in: channel)
        for left in ends.left {
          for right in ends.right { links[channel].append(DiagramLink(left: left, right: right)) }
        }
      }
    }
  }

  /// Where a net comes into the channel right of a layer, and where it leaves it.
  func ends(of index: Int, in channel: Int) -> (left: [DiagramEnd], right: [DiagramEnd]) {
    let net = nets[index]
    var (left, right): ([DiagramEnd], [DiagramEnd]) = ([], [])
    if let lane = laneOf[index][channel] { left.append(DiagramEnd(item: lane, row: nil)) }
    if let lane = laneOf[index][channel + 1] { right.append(DiagramEnd(item: lane, row: nil)) }
    let root = DiagramEnd(item: net.parent, row: net.row)
    switch net.direction {
    case .forward: if layer[net.parent] == channel { left.append(root) }
    case .backward: if layer[net.parent] == channel + 1 { right.append(root) }
    }
    for relation in net.relations.map({ graph.relations[$0] }) {
      let end = DiagramEnd(item: relation.child, row: relation.childRow)
      let place = layer[relation.child]
      switch net.direction {
      case .forward where relation.child == relation.parent: if place == channel { left.append(end) }
      case .forward: if place == channel + 1 { right.append(end) }
      case .backward: if place == channel { left.append(end) }
      }
    }
    return (left, right)
  }

  // MARK: Order

  private mutating func order() {
    var best = layers
    var fewest = crossings()
    for sweep in 0..<16 where fewest > 0 {
      let towards = sweep.isMultiple(of: 2)
      for layer in towards ? Array(layers.indices.dropFirst()) : layers.indices.dropLast().reversed() {
        sortLayer(layer, by: towards ? .left : .right)
      }
      let now = crossings()
      if now < fewest { (best, fewest) = (layers, now) }
    }
    layers = best
  }

  private enum Side { case left, right }

  /// 1,000 for each place, so that rows of a box are told apart.
  private func keys(of layer: Int) -> [Int: Int] {
    Dictionary(uniqueKeysWithValues: layers[layer].enumerated().map { ($1, $0 * 1000) })
  }

  private func height(of end: DiagramEnd, _ keys: [Int: Int]) -> Int {
    let key = keys[end.item] ?? 0
    guard let row = end.row else { return key + 500 }
    return key + (row + 1) * 1000 / (graph.boxes[end.item].rows.count + 2)
  }

  private mutating func sortLayer(_ index: Int, by side: Side) {
    let other = keys(of: side == .left ? index - 1 : index + 1)
    let own = keys(of: index)
    var sums: [Int: (sum: Int, count: Int)] = [:]
    for link in links[side == .left ? index - 1 : index] {
      let (here, there) = side == .left ? (link.right, link.left) : (link.left, link.right)
      let key = height(of: there, other)
      sums[here.item, default: (0, 0)].sum += key
      sums[here.item, default: (0, 0)].count += 1
    }
    let scale = max(1, other.count) * 1000 / max(1, own.count)
    let wanted = layers[index].enumerated().map { place, item -> (key: Int, place: Int, item: Int) in
      let key = sums[item].map { $0.sum / $0.count } ?? place * scale + scale / 2
      return (key, place, item)
    }
    layers[index] = wanted.sorted { ($0.key, $0.place) < ($1.key, $1.place) }.map(\.item)
  }

  /// Pairs of links that cross: inversions, counted by a tree of sums.
  private func crossings() -> Int {
    links.enumerated().reduce(0) { total, entry in
      let (left, right) = (keys(of: entry.offset), keys(of: entry.offset + 1))
      let heights = entry.element.map { (height(of: $0.left, left), height(of: $0.right, right)) }.sorted { $0 < $1 }
      let ranks = Dictionary(
        uniqueKeysWithValues: Set(heights.map(\.1)).sorted().enumerated().map { ($1, $0 + 1) })
      var tree = Array(repeating: 0, count: ranks.count + 1)
      var crossings = 0
      for (seen, pair) in heights.enumerated() {
        var rank = ranks[pair.1] ?? 0
        var notAbove = 0
        while rank > 0 {
          notAbove += tree[rank]
          rank -= rank & -rank
        }
        crossings += seen - notAbove
        rank = ranks[pair.1] ?? 0
        while rank > 0, rank < tree.count {
          tree[rank] += 1
          rank += rank & -rank
        }
      }
      return total + crossings
    }
  }
}

/// A row of a box, or a lane.
struct DiagramEnd: Hashable {
  var item: Int
  /// Absent: a lane.
  var row: Int?
}

/// Two items of neighbouring layers that a net connects.
struct DiagramLink {
  var left: DiagramEnd
  var right: DiagramEnd
}
