// Which of its combinations a query with choices is proven by, tried with and planned for.
//
// Predicates and orders are multiplied: each set of predicates is a statement of its own. Assignments are not. They stand in a
// list whose members know nothing of one another and of nothing but the row as it was, so that a statement with some of them is
// sound when each is, with and without its neighbours and their commas.

extension VariantsModel {
  /// Every set of predicates in every order, with all assignments; and with all predicates, in the default order, the sets of
  /// assignments: all but one, one alone, none. The whole one first.
  public var choices: [VariantChoice] {
    let orders: [UInt64] =
      order.isEmpty
      ? [0]
      : order.indices.flatMap { index in
        let written = order[index].isDescending
        return [bit(ofTerm: index, isDescending: written), bit(ofTerm: index, isDescending: !written)]
      }
    return orders.flatMap { order in predicateSets.map { VariantChoice(bits: $0 | assignments | order) } }
      + assignmentChoices
  }

  /// Those of `choices` that can differ in how rows are found.
  public var readingChoices: [VariantChoice] { Array(choices.dropLast(assignmentChoices.count)) }

  /// Every set of predicates in the default order, and every other term with all of them; and the sets of assignments.
  public var choicesToAnalyze: [VariantChoice] {
    let all = whole.bits & ~orderBits
    let sets = predicateSets.map { VariantChoice(bits: $0 | assignments | firstOrder) }
    return sets + order.indices.dropFirst().map { VariantChoice(bits: all | bit(ofTerm: $0, isDescending: false)) }
      + assignmentChoices
  }

  /// The bits of all assignments.
  public var assignments: UInt64 { patches.reduce(0) { $0 | $1.assignments } }

  /// There is a statement for that.
  public func isStatement(_ choice: VariantChoice) -> Bool {
    patches.allSatisfy { $0.emptiness == .allowed || choice.bits & $0.assignments != 0 }
  }

  private var filterBits: UInt64 { (1 << UInt64(filters.count)) - 1 }
  private var orderBits: UInt64 { ~filterBits }
  private var firstOrder: UInt64 { whole.bits & orderBits }

  /// All of them first.
  private var predicateSets: [UInt64] {
    let predicates = filters.indices.map { bit(ofFilter: $0) }.filter { $0 & assignments == 0 }
    return predicates.reduce([0]) { sets, bit in sets.map { $0 | bit } + sets }
  }

  private var assignmentChoices: [VariantChoice] {
    var found: [VariantChoice] = []
    for patch in patches {
      let own = filters.indices.map { bit(ofFilter: $0) }.filter { $0 & patch.assignments != 0 }
      let rest = whole.bits & ~patch.assignments
      let sets = own.map { patch.assignments & ~$0 } + own + [0]
      for choice in sets.map({ VariantChoice(bits: $0 | rest) })
      where choice != whole && isStatement(choice) && !found.contains(choice) {
        found.append(choice)
      }
    }
    return found
  }
}
