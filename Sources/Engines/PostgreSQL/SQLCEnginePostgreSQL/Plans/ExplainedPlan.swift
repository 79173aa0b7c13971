// EXPLAIN (VERBOSE, FORMAT JSON), as far as it says what is read (PostgreSQL, `ExplainNode` in explain.c).

/// One element of the answer's array; a statement of the server's own has no plan.
struct ExplainedPlan: Decodable {
  var plan: PlanNode?

  enum CodingKeys: String, CodingKey { case plan = "Plan" }
}

struct PlanNode: Decodable {
  var kind: String
  /// `Outer`, `Inner`, `Member`, `Subquery`, `InitPlan`, `SubPlan`.
  var relationship: String?
  /// `CTE x`, `InitPlan 1 (returns $0)`, `SubPlan 2`.
  var subplanName: String?
  /// Of an aggregate: `Hashed`, `Sorted`, `Plain`, `Mixed`; of a set operation likewise.
  var strategy: String?
  var schema: String?
  var relation: String?
  var alias: String?
  var index: String?
  var commonTable: String?
  var function: String?
  var indexCondition: String?
  /// Of an index that gives what is nearest first.
  var indexOrder: String?
  var presortedKey: [String]?
  var sortKey: [String]?
  var groupKey: [String]?
  /// All that the node computes or tests: where a subplan is asked by its hash table it is called so.
  var expressions: [String]
  var plans: [PlanNode]

  enum CodingKeys: String, CodingKey {
    case kind = "Node Type"
    case relationship = "Parent Relationship"
    case subplanName = "Subplan Name"
    case strategy = "Strategy"
    case schema = "Schema"
    case relation = "Relation Name"
    case alias = "Alias"
    case index = "Index Name"
    case commonTable = "CTE Name"
    case function = "Function Name"
    case indexCondition = "Index Cond"
    case indexOrder = "Order By"
    case presortedKey = "Presorted Key"
    case sortKey = "Sort Key"
    case groupKey = "Group Key"
    case output = "Output"
    case filter = "Filter"
    case joinFilter = "Join Filter"
    case hashCondition = "Hash Cond"
    case oneTimeFilter = "One-Time Filter"
    case plans = "Plans"
  }

  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    kind = try values.decode(String.self, forKey: .kind)
    func text(_ key: CodingKeys) throws -> String? { try values.decodeIfPresent(String.self, forKey: key) }
    func texts(_ key: CodingKeys) throws -> [String]? { try values.decodeIfPresent([String].self, forKey: key) }
    relationship = try text(.relationship)
    subplanName = try text(.subplanName)
    strategy = try text(.strategy)
    schema = try text(.schema)
    relation = try text(.relation)
    alias = try text(.alias)
    index = try text(.index)
    commonTable = try text(.commonTable)
    function = try text(.function)
    indexCondition = try text(.indexCondition)
    indexOrder = try text(.indexOrder)
    presortedKey = try texts(.presortedKey)
    sortKey = try texts(.sortKey)
    groupKey = try texts(.groupKey)
    expressions =
      try [text(.filter), text(.joinFilter), text(.hashCondition), text(.oneTimeFilter)].compactMap(\.self)
      + (texts(.output) ?? [])
    plans = try values.decodeIfPresent([PlanNode].self, forKey: .plans) ?? []
  }
}
