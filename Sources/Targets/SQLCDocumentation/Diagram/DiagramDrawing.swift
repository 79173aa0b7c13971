// A layout as SVG. Colours and fonts are the page's; every text stands inside its box by the widths that the layout has reckoned.

struct DiagramDrawing {
  let layout: DiagramLayout
  let block: DocumentedBlock
  /// The block's place, where the page has several.
  let place: Int?

  var svg: Markup {
    """
    <svg class="diagram" role="group" aria-label="Entity-relationship diagram" viewBox="0 0 \(layout.size.x) \(layout.size.y)" \
    width="\(layout.size.x)" height="\(layout.size.y)" xmlns="http://www.w3.org/2000/svg">
    <g class="relations">
    \(list: layout.relations.map(relation))<g class="junctions">\(list: layout.junctions.map(junction))</g>
    </g>
    <g class="boxes">
    \(list: layout.boxes.map(box))</g>
    </svg>

    """
  }

  private func anchor(_ box: DiagramLayout.Box) -> Anchor { Anchor(.table, block.tables[box.table].name, block: place) }

  private func junction(_ point: DiagramPoint) -> Markup { "<circle cx=\"\(point.x)\" cy=\"\(point.y)\" r=\"3\"/>" }

  private func relation(_ relation: DiagramLayout.Relation) -> Markup {
    let child = block.tables[layout.boxes[relation.child].table]
    let columns = relation.reference.columns.map { child.columns[$0].name }.joined(separator: ", ")
    let line = Markup(
      joining: relation.points.enumerated().map { place, point -> Markup in
        place == 0 ? "M\(point.x) \(point.y)" : "L\(point.x) \(point.y)"
      })
    let optional: Markup = relation.reference.presence == .optional ? " optional" : ""
    return """
      <g class="relation\(optional)" data-child="\(anchor(layout.boxes[relation.child]))" \
      data-parent="\(anchor(layout.boxes[relation.parent]))"><title>\(child.name) (\(columns)) → \(relation.reference.parent)</title>\
      <path d="\(line)"/><path class="end" d="\(parentEnd(relation))\(childEnd(relation))"/></g>

      """
  }

  /// +1 where a line leaves its end to the right.
  private func direction(_ end: DiagramPoint, _ next: DiagramPoint) -> Int { next.x < end.x ? -1 : 1 }

  /// A bar: one row. A ring before it: or none.
  private func parentEnd(_ relation: DiagramLayout.Relation) -> Markup {
    guard relation.points.count > 1 else { return "" }
    let end = relation.points[0]
    let step = direction(end, relation.points[1])
    let x = end.x + 8 * step
    let bar: Markup = "M\(x) \(end.y - 5)L\(x) \(end.y + 5)"
    guard relation.reference.presence == .optional else { return bar }
    return bar + "M\(x + 4 * step) \(end.y)a4 4 0 1 0 \(8 * step) 0a4 4 0 1 0 \(-8 * step) 0"
  }

  /// Three toes: many rows. A bar: one.
  private func childEnd(_ relation: DiagramLayout.Relation) -> Markup {
    guard relation.points.count > 1 else { return "" }
    let end = relation.points[relation.points.count - 1]
    let step = direction(end, relation.points[relation.points.count - 2])
    switch relation.reference.multiplicity {
    case .one: return "M\(end.x + 8 * step) \(end.y - 5)L\(end.x + 8 * step) \(end.y + 5)"
    case .many: return "M\(end.x) \(end.y - 6)L\(end.x + 12 * step) \(end.y)L\(end.x) \(end.y + 6)"
    }
  }

  private func box(_ box: DiagramLayout.Box) -> Markup {
    let frame = box.frame
    let table = block.tables[box.table]
    let rows = box.content.rows.enumerated().map { place, row -> Markup in
      let y = frame.y + DiagramMetrics.header + place * DiagramMetrics.row + 16
      let mark: Markup =
        switch row.mark {
        case .none: ""
        case .key: "<text class=\"mark\" x=\"\(frame.x + DiagramMetrics.padding)\" y=\"\(y)\">PK</text>"
        case .reference: "<text class=\"mark\" x=\"\(frame.x + DiagramMetrics.padding)\" y=\"\(y)\">FK</text>"
        case .keyAndReference: "<text class=\"mark\" x=\"\(frame.x + DiagramMetrics.padding)\" y=\"\(y)\">PF</text>"
        }
      let right = frame.x + frame.width - DiagramMetrics.padding
      let type: Markup =
        row.type.isEmpty ? "" : "<text class=\"type\" text-anchor=\"end\" x=\"\(right)\" y=\"\(y)\">\(row.type)</text>"
      return
        "\(mark)<text x=\"\(frame.x + DiagramMetrics.padding + DiagramMetrics.mark)\" y=\"\(y)\">\(row.name)</text>\(type)"
    }
    return """
      <g class="box" id="box-\(anchor(box))" data-table="\(anchor(box))" tabindex="0" role="button" aria-label="\(table.name)">\
      <title>\(table.name)</title>\
      <rect x="\(frame.x)" y="\(frame.y)" width="\(frame.width)" height="\(frame.height)" rx="6"/>\
      <path class="header" d="M\(frame.x) \(frame.y + DiagramMetrics.header - 4)V\(frame.y + 6)a6 6 0 0 1 6 -6H\(frame.x + frame.width - 6)\
      a6 6 0 0 1 6 6V\(frame.y + DiagramMetrics.header - 4)Z"/>\
      <text class="title" x="\(frame.x + DiagramMetrics.padding)" y="\(frame.y + 19)">\(box.content.title)</text>\
      \(list: rows)</g>

      """
  }
}
