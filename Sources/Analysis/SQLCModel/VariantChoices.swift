// Which of its combinations a query with choices is proven by, tried with and planned for.
//
// Predicates and orders are multiplied: each set of predicates is a statement of its own. Assignments are not. They stand in a
// list whose members know nothing of one another and of nothing but the row as it was, so that a statement with some of them is
// sound when each is, with and without its neighbours and their commas.

extension VariantsModel {
  /// Every set of predicates in every order, with all assignments; and with all predicates, in the default order, the sets of
  /// assignments: all but one, one alone, none. The whole one first.
  public var choices: [VariantChoice] {
    orderSets.flatMap { order in predicateSets.map { VariantChoice(bits: $0 | assignments | order) } }
      .flatMap(withNulls) + assignmentChoices
  }

  /// The ways of ordering, each order in each direction of each of its terms beside each of the others'; the default first.
  private var orderSets: [UInt64] {
    orders.indices.reduce([0]) { sets, index in
      let first = terms(ofOrder: index).lowerBound
      let own = orders[index].terms.enumerated().flatMap { place, term in
        [term.isDescending, !term.isDescending].map { bit(ofTerm: first + place, isDescending: $0) }
      }
      return sets.flatMap { set in own.map { set | $0 } }
    }
  }

  /// Those of `choices` that can differ in how rows are found.
  public var readingChoices: [VariantChoice] { Array(choices.dropLast(assignmentChoices.count)) }

  /// Every set of predicates in the default orders, and every other term with all of them; and the sets of assignments.
  public var choicesToAnalyze: [VariantChoice] {
    let sets = predicateSets.map { VariantChoice(bits: $0 | assignments | firstOrders) }
    let others = orders.indices.flatMap { order in
      let own = terms(ofOrder: order)
      let rest = whole.bits & ~own.reduce(0) { $0 | 0b11 << UInt64(filters.count + 2 * $1) }
      return own.dropFirst().map { VariantChoice(bits: rest | bit(ofTerm: $0, isDescending: false)) }
    }
    return sets + others + assignmentChoices
  }

  /// The bits of all assignments.
  public var assignments: UInt64 { patches.reduce(0) { $0 | $1.assignments } }

  /// There is a statement for that.
  public func isStatement(_ choice: VariantChoice) -> Bool {
    patches.allSatisfy { $0.emptiness == .allowed || choice.bits & $0.assignments != 0 }
  }

  private var filterBits: UInt64 { (1 << UInt64(filters.count)) - 1 }
  private var firstOrders: UInt64 { whole.bits & ~filterBits }

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
