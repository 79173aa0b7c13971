// How high each item of a layer stands: as near as may be to what it is connected with, in its order, without overlaps.

struct DiagramPlacement {
  let layers: DiagramLayers
  /// The upper edge of each item, a multiple of the grid.
  private(set) var tops: [Int]

  init(_ layers: DiagramLayers) {
    self.layers = layers
    tops = Array(repeating: 0, count: layers.itemCount)
    for items in layers.layers {
      var y = 0
      var previous: Int?
      for item in items {
        if let previous { y += height(previous) + gap(previous, item) }
        tops[item] = y
        previous = item
      }
    }
    for _ in 0..<8 {
      for layer in layers.layers.indices.dropFirst() { settle(layer, [.left]) }
      for layer in layers.layers.indices.dropLast().reversed() { settle(layer, [.right]) }
    }
    for layer in layers.layers.indices { settle(layer, [.left, .right]) }
    let highest = tops.min() ?? 0
    for item in tops.indices { tops[item] -= highest }
  }

  func height(_ item: Int) -> Int {
    layers.isLane(item) ? DiagramMetrics.grid : layers.graph.boxes[item].height
  }

  /// The middle of a row or lane.
  func middle(of end: DiagramEnd) -> Int {
    guard let row = end.row else { return tops[end.item] + DiagramMetrics.grid / 2 }
    return tops[end.item] + DiagramMetrics.header + row * DiagramMetrics.row + DiagramMetrics.row / 2
  }

  private func gap(_ a: Int, _ b: Int) -> Int {
    switch (layers.isLane(a), layers.isLane(b)) {
    case (true, true): DiagramMetrics.laneGap
    case (false, false): DiagramMetrics.boxGap
    default: DiagramMetrics.boxGap / 2
    }
  }

  private enum Side { case left, right }

  private mutating func settle(_ layer: Int, _ sides: [Side]) {
    let items = layers.layers[layer]
    var pulls: [Int: (sum: Int, weight: Int)] = [:]
    func pull(_ here: DiagramEnd, _ there: DiagramEnd) {
      // Lanes are pulled hardest: a long line is best straight.
      let weight = layers.isLane(here.item) && layers.isLane(there.item) ? 8 : 2
      pulls[here.item, default: (0, 0)].sum += weight * (tops[here.item] + middle(of: there) - middle(of: here))
      pulls[here.item, default: (0, 0)].weight += weight
    }
    for side in sides {
      switch side {
      case .left where layer > 0: for link in layers.links[layer - 1] { pull(link.right, link.left) }
      case .right where layer < layers.links.count: for link in layers.links[layer] { pull(link.left, link.right) }
      default: break
      }
    }
    // Least squares under an order: pool adjacent violators. What stands above an item is taken off first.
    var offset = 0
    var pools: [(sum: Int, weight: Int, items: Int)] = []
    var offsets: [Int] = []
    for (place, item) in items.enumerated() {
      if place > 0 { offset += height(items[place - 1]) + gap(items[place - 1], item) }
      offsets.append(offset)
      let wanted = pulls[item] ?? (tops[item], 1)
      pools.append((wanted.sum - wanted.weight * offset, wanted.weight, 1))
      while pools.count > 1 {
        let (above, below) = (pools[pools.count - 2], pools[pools.count - 1])
        guard above.sum * below.weight > below.sum * above.weight else { break }
        pools.removeLast()
        pools[pools.count - 1] = (above.sum + below.sum, above.weight + below.weight, above.items + below.items)
      }
    }
    var place = 0
    for pool in pools {
      let mean = nearest(pool.sum, pool.weight * DiagramMetrics.grid)
      for _ in 0..<pool.items {
        tops[items[place]] = mean * DiagramMetrics.grid + offsets[place]
        place += 1
      }
    }
  }
}

/// A quotient, rounded to the nearest whole number.
private func nearest(_ a: Int, _ b: Int) -> Int {
  let doubled = 2 * a + b
  return doubled >= 0 ? doubled / (2 * b) : -((2 * b - 1 - doubled) / (2 * b))
}
