// The common tables that a place can see, by id.

struct VisibleCommonTables {
  private var tables: [CommonTableID: BoundCommonTable] = [:]

  func adding(_ more: [BoundCommonTable]) -> VisibleCommonTables {
    guard !more.isEmpty else { return self }
    var result = self
    for table in more { result.tables[table.id] = table }
    return result
  }

  subscript(id: CommonTableID) -> BoundCommonTable? { tables[id] }
}
