extension Lowering {
  mutating func expression(_ node: NodeValue) throws(NodeTextError) -> Expression {
    guard node.isNode else {
      // A list where an expression is expected: a test of a row, an implicit AND.
      if node.isList { return .junction(.and, try expressions(node), SourceOffset(nil)) }
      return unknown(node, [])
    }
    guard depth < Self.maximumDepth else { return unknown(node, []) }
    depth += 1
    defer { depth -= 1 }
    switch node.firstLetter {
    case UInt8(ascii: "V") where node.isNode("VAR"): return variable(node)
    case UInt8(ascii: "C") where node.isNode("CONST"):
      return .constant(
        Constant(
          type: object(node, "consttype"), typeModifier: integer(node, "consttypmod"),
          collation: object(node, "constcollid"),
          bytes: isTrue(node, "constisnull") ? nil : node.field("constvalue")?.constantBytes ?? [],
          offset: offset(node)))
    case UInt8(ascii: "P") where node.isNode("PARAM"):
      let kind: Parameter.Kind =
        switch integer(node, "paramkind") {
        case 0: .external
        case 3: .assigned
        default: .other
        }
      return .parameter(
        Parameter(
          kind: kind, number: integer(node, "paramid"), type: object(node, "paramtype"), offset: offset(node)))
    case UInt8(ascii: "O") where node.isNode("OPEXPR"): return .call(try operation(node))
    case UInt8(ascii: "F") where node.isNode("FUNCEXPR"):
      let forms: [Call.Form] = [.call, .explicitCast, .implicitCast, .syntax]
      return .call(
        Call(
          function: object(node, "funcid"), operator: nil, arguments: try expressions(node.field("args")),
          type: object(node, "funcresulttype"), collation: object(node, "inputcollid"),
          returnsSet: isTrue(node, "funcretset"), isVariadic: isTrue(node, "funcvariadic"),
          form: forms.at(integer(node, "funcformat")) ?? .call, offset: offset(node)))
    case UInt8(ascii: "T") where node.isNode("TARGETENTRY"): return try required(node, "expr")
    default: return try rarer(node)
    }
  }

  private mutating func operation(_ node: NodeValue) throws(NodeTextError) -> Call {
    Call(
      function: object(node, "opfuncid"), operator: object(node, "opno"),
      arguments: try expressions(node.field("args")), type: object(node, "opresulttype"),
      collation: object(node, "inputcollid"), returnsSet: isTrue(node, "opretset"), isVariadic: false, form: .call,
      offset: offset(node))
  }

  /// A column; of a JOIN, the column of what it joins.
  private func variable(_ node: NodeValue) -> Expression {
    let rows: [Variable.Row] = [.standard, .old, .new]
    let variable = Variable(
      range: integer(node, "varno"), attribute: integer(node, "varattno"), levelsUp: integer(node, "varlevelsup"),
      type: object(node, "vartype"), row: rows.at(integer(node, "varreturningtype")) ?? .standard,
      offset: offset(node))
    let query = joins.count - 1 - variable.levelsUp
    guard query >= 0, variable.attribute > 0, let columns = joins[query][variable.range],
      let column = columns.at(variable.attribute - 1) ?? nil
    else { return .variable(variable) }
    return column.replacingVariables { inner in
      var moved = inner
      moved.levelsUp += variable.levelsUp
      moved.offset = variable.offset
      return .variable(moved)
    }
  }

  mutating func conversion(
    _ node: NodeValue, _ kind: Conversion.Kind
  ) throws(NodeTextError) -> Expression {
    .conversion(
      Conversion(
        kind: kind, argument: try required(node, "arg"), type: object(node, "resulttype"),
        typeModifier: integer(node, "resulttypmod"), collation: object(node, "resultcollid"), offset: offset(node)))
  }

  private mutating func rarer(_ node: NodeValue) throws(NodeTextError) -> Expression {
    switch node.nodeName ?? "" {
    case "DISTINCTEXPR": return .distinct(try operation(node))
    case "NULLIFEXPR": return .nullIf(try operation(node))
    case "SCALARARRAYOPEXPR":
      let arguments = try expressions(node.field("args"))
      guard arguments.count == 2 else { return unknown(node, arguments) }
      return .arrayComparison(
        ArrayComparison(
          operator: object(node, "opno"), function: object(node, "opfuncid"),
          quantifier: isTrue(node, "useOr") ? .any : .all, value: arguments[0], array: arguments[1],
          collation: object(node, "inputcollid"), offset: offset(node)))
    case "BOOLEXPR":
      let arguments = try expressions(node.field("args"))
      if let operation = node.field("boolop") {
        if operation.isToken("and") { return .junction(.and, arguments, offset(node)) }
        if operation.isToken("or") { return .junction(.or, arguments, offset(node)) }
        if operation.isToken("not"), let one = arguments.first { return .not(one, offset(node)) }
      }
      return unknown(node, arguments)
    case "NULLTEST":
      return .nullTest(
        NullTest(
          argument: try required(node, "arg"), test: integer(node, "nulltesttype") == 0 ? .isNull : .isNotNull,
          isOfRow: isTrue(node, "argisrow"), offset: offset(node)))
    case "BOOLEANTEST":
      guard let test = BooleanTest.Test(rawValue: integer(node, "booltesttype")) else { break }
      return .booleanTest(BooleanTest(argument: try required(node, "arg"), test: test, offset: offset(node)))
    case "CASEEXPR":
      var branches: [CaseExpression.Branch] = []
      var copy = self
      try node.field("args")?.forEachElement { branch throws(NodeTextError) in
        branches.append(
          .init(condition: try copy.required(branch, "expr"), result: try copy.required(branch, "result")))
      }
      return .caseWhen(
        CaseExpression(
          argument: try optional(node, "arg"), branches: branches, otherwise: try optional(node, "defresult"),
          offset: offset(node)))
    case "CASETESTEXPR": return .caseTest(type: object(node, "typeId"))
    case "COALESCEEXPR", "COALESCE": return .coalesce(try expressions(node.field("args")), offset(node))
    case "MINMAXEXPR", "MINMAX":
      return .extreme(
        integer(node, "op") == 0 ? .greatest : .least, try expressions(node.field("args")), offset(node))
    case "ARRAYEXPR", "ARRAY":
      return .array(
        ArrayExpression(
          elements: try expressions(node.field("elements")), shape: isTrue(node, "multidims") ? .arrays : .elements,
          type: object(node, "array_typeid"), offset: offset(node)))
    case "ROWEXPR", "ROW":
      return .row(try expressions(node.field("args")), type: object(node, "row_typeid"), offset(node))
    case "ROWCOMPAREEXPR", "ROWCOMPARE":
      return .rowComparison(
        RowComparison(
          kind: integer(node, node.field("rctype") == nil ? "cmptype" : "rctype"),
          operators: try objects(node, "opnos"),
          collations: try objects(node, "inputcollids"), left: try expressions(node.field("largs")),
          right: try expressions(node.field("rargs"))))
    case "SUBSCRIPTINGREF":
      var bounds: [Expression?] = []
      var copy = self
      for name: StaticString in ["refupperindexpr", "reflowerindexpr"] {
        try node.field(name)?.forEachElement { bound throws(NodeTextError) in
          bounds.append(bound.isAbsent ? nil : try copy.expression(bound))
        }
      }
      let assigned = try optional(node, "refassgnexpr")
      return .element(
        Subscript(
          container: try required(node, "refexpr"), bounds: bounds + (assigned == nil ? [] : [assigned]),
          kind: assigned != nil ? .assignment : node.field("reflowerindexpr") != nil ? .slice : .element,
          type: object(node, "refrestype")))
    case "FIELDSELECT":
      return .field(
        try required(node, "arg"), number: integer(node, "fieldnum"), type: object(node, "resulttype"))
    case "RELABELTYPE": return try conversion(node, .relabel)
    case "COERCEVIAIO": return try conversion(node, .throughText)
    case "ARRAYCOERCEEXPR": return try conversion(node, .elements(by: try required(node, "elemexpr")))
    case "CONVERTROWTYPEEXPR": return try conversion(node, .row)
    case "COLLATEEXPR", "COLLATE":
      return .collate(try required(node, "arg"), collation: object(node, "collOid"))
    case "COERCETODOMAIN":
      return .domain(try required(node, "arg"), type: object(node, "resulttype"), offset(node))
    case "SQLVALUEFUNCTION":
      return .valueFunction(op: integer(node, "op"), type: object(node, "type"), offset(node))
    case "NAMEDARGEXPR": return .named(try required(node, "arg"), position: integer(node, "argnumber"))
    case "GROUPINGFUNC": return .grouping(try expressions(node.field("args")))
    case "MERGESUPPORTFUNC": return .mergeAction
    case "NEXTVALUEEXPR": return .nextValue(sequence: object(node, "seqid"))
    case "SETTODEFAULT": return .defaultValue
    case "JSONISPREDICATE":
      return .isJSON(try required(node, "expr"), kind: integer(node, "item_type"), offset(node))
    case "AGGREF": return try aggregate(node)
    case "WINDOWFUNC": return try window(node)
    case "SUBLINK": return try subquery(node)
    case "JSONCONSTRUCTOREXPR":
      return .jsonConstructor(
        JSONConstructor(
          kind: integer(node, "type"), arguments: try expressions(node.field("args")),
          function: try optional(node, "func"), coercion: try optional(node, "coercion"),
          type: try node.field("returning").map { returning throws(NodeTextError) in object(returning, "typid") }
            ?? .none, absentOnNull: isTrue(node, "absent_on_null"), unique: isTrue(node, "unique")))
    default: break
    }
    return unknown(node, try parts(of: node))
  }

  private mutating func aggregate(_ node: NodeValue) throws(NodeTextError) -> Expression {
    func sorting(_ name: StaticString) throws(NodeTextError) -> [Int] {
      // The reference and the operator; that together tells one order from another.
      var result: [Int] = []
      try node.field(name)?.forEachElement { element throws(NodeTextError) in
        result += [
          integer(element, "tleSortGroupRef"), integer(element, "sortop"), isTrue(element, "nulls_first") ? 1 : 0,
        ]
      }
      return result
    }
    let order = try sorting("aggorder")
    let distinct = try sorting("aggdistinct")
    return .aggregate(
      Aggregate(
        function: object(node, "aggfnoid"), arguments: try targets(node.field("args")),
        directArguments: try expressions(node.field("aggdirectargs")), order: order, distinct: distinct,
        filter: try optional(node, "aggfilter"), levelsUp: integer(node, "agglevelsup"), type: object(node, "aggtype"),
        collation: object(node, "inputcollid"), isVariadic: isTrue(node, "aggvariadic"), offset: offset(node)))
  }

  private mutating func window(_ node: NodeValue) throws(NodeTextError) -> Expression {
    .window(
      WindowCall(
        function: object(node, "winfnoid"), arguments: try expressions(node.field("args")),
        filter: try optional(node, "aggfilter"), window: integer(node, "winref"), type: object(node, "wintype"),
        collation: object(node, "inputcollid"), offset: offset(node)))
  }

  private mutating func subquery(_ node: NodeValue) throws(NodeTextError) -> Expression {
    let kinds: [Subquery.Kind] = [.exists, .all, .any, .rowComparison, .scalar, .assigned, .array, .commonTable]
    guard let query = node.field("subselect"), query.isNode("QUERY"), let kind = kinds.at(integer(node, "subLinkType"))
    else { return unknown(node, []) }
    let test = try optional(node, "testexpr")
    return .subquery(Subquery(kind: kind, test: test, query: try self.query(query), offset: offset(node)))
  }

  private func unknown(_ node: NodeValue, _ children: [Expression]) -> Expression {
    .unknown(UnknownNode(name: node.nodeName ?? "", text: node.text, children: children))
  }

  /// The expressions inside a node that is not known, at any depth.
  mutating func parts(of node: NodeValue) throws(NodeTextError) -> [Expression] {
    var result: [Expression] = []
    var copy = self
    func collect(_ value: NodeValue) throws(NodeTextError) {
      if value.isNode {
        let part = try copy.expression(value)
        if case .unknown(let inner) = part { result += inner.children } else { result.append(part) }
      } else if value.isList {
        try value.forEachElement(collect)
      }
    }
    try node.forEachElement(collect)
    return result
  }
}
