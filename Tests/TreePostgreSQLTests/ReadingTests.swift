import SQLCTreePostgreSQL
import Testing

@Suite("Trees of the server") struct ReadingTests {
  @Test("a query is the same whatever the version", arguments: [("outer-join-15", 150018), ("outer-join-18", 180004)])
  func readsAQuery(name: String, version: Int) throws {
    let query = try Trees.query(name, serverVersion: version)
    let parts = query.parts
    #expect(parts.command == .select)
    #expect(parts.targets.filter { !$0.isHidden }.map(\.name) == ["id", "odd { name", "n", "sum"])
    guard case .from(let items, let condition?)? = parts.from, case .join(let join)? = items.first else {
      Issue.record("no join")
      return
    }
    #expect(join.kind == .left && join.left == .range(1) && join.right == .range(2))
    // The column of USING is that of the left table; no variable is one of the JOIN.
    guard case .variable(let id) = parts.targets[0].expression else {
      Issue.record("no column")
      return
    }
    #expect(id.range == 1 && id.attribute == 1 && id.offset.value == 7)
    query.forEachInside(depth: 0) { expression, depth in
      if case .variable(let variable) = expression, variable.levelsUp == depth { #expect(variable.range != join.range) }
    }
    guard case .coalesce(let values, _) = parts.targets[2].expression, case .constant(let two) = values[1] else {
      Issue.record("no coalesce")
      return
    }
    #expect(two.bytes?.prefix(4) == [0xfe, 0xff, 0xff, 0xff])
    guard case .junction(.and, let all, _) = condition else {
      Issue.record("no AND")
      return
    }
    #expect(all.contains { if case .subquery(let subquery) = $0 { subquery.kind == .exists } else { false } })
    #expect(all.contains { if case .arrayComparison(let one) = $0 { one.quantifier == .any } else { false } })
  }

  @Test("expressions are equal wherever they are written")
  func placesDoNotCount() throws {
    let first = try Trees.query("outer-join-15", serverVersion: 150018)
    let again = try Trees.query("outer-join-15", serverVersion: 150018)
    #expect(first == again && first.parts.targets[0].expression != first.parts.targets[1].expression)
  }

  @Test("what is not known stays unknown, with the expressions inside it")
  func unknownNodes() throws {
    let query = try Trees.query("json-exists-18", serverVersion: 180004)
    guard case .unknown(let node)? = query.parts.targets.first?.expression else {
      Issue.record("it is known")
      return
    }
    #expect(node.name == "JSONEXPR")
    let columns = node.children.filter { $0.contains { part, _ in if case .variable = part { true } else { false } } }
    #expect(columns.count >= 2)
  }

  @Test("text that ends anywhere is an error, not a crash")
  func truncatedText() throws {
    let text = WrappedMessage.unwrapped(try Trees.message("outer-join-18"))
    for length in stride(from: 0, to: text.count - 2, by: 61) {
      #expect(throws: NodeTextError.self) { try NodeTree(text: Array(text[..<length])).queries(serverVersion: 180004) }
    }
  }

  @Test("nothing that is damaged makes it fail otherwise")
  func damagedText() throws {
    let text = WrappedMessage.unwrapped(try Trees.message("outer-join-15"))
    for at in stride(from: 1, to: text.count, by: 41) {
      for byte in Array("{}()[]: \\-9\"".utf8) {
        var damaged = text
        damaged[at] = byte
        _ = try? NodeTree(text: damaged).queries(serverVersion: 150018)
      }
    }
  }

  @Test("deep nesting ends in the unknown or in an error")
  func deepNesting() throws {
    let open = String(repeating: "{COLLATEEXPR :arg ", count: 4_000)
    let text = open + "<>" + String(repeating: " :collOid 0}", count: 4_000)
    let all = try NodeTree(text: Array(text.utf8)).expressions(serverVersion: 150018)
    #expect(all.count == 1)
    let queries = String(repeating: "{QUERY :rtable ({RANGETBLENTRY :rtekind 1 :subquery ", count: 2_000)
    let ends = String(repeating: "})}", count: 2_000)
    #expect(throws: NodeTextError.self) {
      try NodeTree(text: Array((queries + "<>" + ends).utf8)).queries(serverVersion: 150018)
    }
  }

  @Test("values of every form")
  func values() throws {
    let tree = try NodeTree(
      text: Array(
        #"({CONST :consttype 25 :consttypmod -1 :constcollid 100 :constlen -1 :constbyval false :constisnull false :location 7 :constvalue 5 [ 20 0 0 0 -23 ]} {PARAM :paramkind 0 :paramid 2 :paramtype 23} <>)"#
          .utf8))
    let all = try tree.expressions(serverVersion: 150018)
    guard case .constant(let constant) = all[0], case .parameter(let parameter) = all[1] else {
      Issue.record("not read")
      return
    }
    #expect(constant.bytes == [20, 0, 0, 0, 233] && constant.offset.value == 7 && constant.typeModifier == -1)
    #expect(parameter.kind == .external && parameter.number == 2 && parameter.type == 23)
  }
}
