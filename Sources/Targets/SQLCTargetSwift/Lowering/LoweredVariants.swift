// What a caller chooses of a query with optional predicates, a chosen order or a partial update, with its Swift names and types.
//
// | in the SQL                                    | argument                                              |
// |-----------------------------------------------|-------------------------------------------------------|
// | `sqlc.optional(name LIKE @name)`              | `name: String? = nil`                                 |
// | `sqlc.optional(recent, created_at > '2024')`  | `recent: Bool = false`                                |
// | `sqlc.optional(created, … @from … @to …)`     | `created: Query.Created? = nil`, a struct of both     |
// | `sqlc.order(created_at DESC, name)`           | `order: Query.Order = .createdAt()`                   |
// | `sqlc.order(…) AS run_order`, beside another  | `runOrder: Query.RunOrder = .createdAt()`             |
// | `sqlc.after(@after)`                          | `after: Query.Cursor? = nil`                          |
// | `sqlc.patch(model = @model)`                  | `model: PatchValue<String?> = .unchanged`             |
// | `sqlc.patch(seen_at = CURRENT_TIMESTAMP)`     | `seenAt: Bool = false`                                |
// | `sqlc.patch((x, y) = (@x, @y) AS place)`      | `place: PatchValue<Query.Place> = .unchanged`         |

import SQLCDiagnostics
import SQLCModel

struct LoweredVariants: Sendable {
  var model: VariantsModel
  var filters: [Filter]
  var orders: [Order] = []
  var page: LoweredPage?

  /// How a property says that it is left out.
  enum Form: Sendable {
    /// nil, or false.
    case optional
    /// `PatchValue.unchanged`, or false.
    case patch

    /// The type of a property that holds such a value.
    func written(_ type: SwiftCode) -> SwiftCode {
      switch self {
      case .optional: SwiftType(type).written(isOptional: true)
      case .patch: "PatchValue<\(type)>"
      }
    }

    var absent: SwiftCode {
      switch self {
      case .optional: "nil"
      case .patch: ".unchanged"
      }
    }
  }

  struct Filter: Sendable {
    var property: SwiftName
    var bit: UInt64
    var form: Form
    var kind: Kind

    enum Kind: Sendable {
      case flag, value
      /// A struct of that name.
      case group(SwiftName, [LoweredQuery.Parameter])
    }
  }

  struct Order: Sendable {
    var property: SwiftName
    var type: SwiftName
    /// The number of its first term.
    var firstTerm: Int
    var cases: [(name: SwiftName, term: VariantsModel.OrderTerm)]
  }

  /// Types inside the structs of predicates with several parameters, and of cursors.
  var innerTypes: [SwiftType] {
    filters.flatMap { filter -> [SwiftType] in
      switch filter.kind {
      case .flag, .value: []
      case .group(_, let members): members.map(\.type)
      }
    } + (page?.keys.map(\.type) ?? [])
  }
}

extension Lowering {
  /// The arguments of a query with variants: what is always there, the predicates, the order.
  func lowerVariants(
    _ model: VariantsModel, of query: QueryModel, rows: RowShape, into lowered: inout LoweredQuery
  ) {
    let typeName = lowered.typeName
    var unique = UniqueNames()
    var typeNames = nestedTypeNames(of: query)
    var arguments: [LoweredQuery.Parameter] = []
    var variants = LoweredVariants(model: model, filters: [])
    let owned = Set(model.filters.flatMap(\.parameters))
    let always = self.arguments(
      query.parameters.filter { !owned.contains($0.index) }, of: query, typeName: typeName, &unique, &typeNames,
      &lowered.rowLists)
    arguments += always.map(\.argument)
    lowered.bound += always.flatMap(\.bound)
    for (index, filter) in model.filters.enumerated() {
      let property = unique.claim(naming.property(filter.name, kind: queryProperty, position: index + 1)).name
      if let page = model.page, page.filter == index {
        variants.page = lower(page, property, model, of: query, rows: rows)
        continue
      }
      var inner = UniqueNames()
      let units = self.arguments(
        query.parameters.filter { filter.parameters.contains($0.index) }, of: query, typeName: typeName, &inner,
        &typeNames, &lowered.rowLists)
      let own = units.map(\.argument)
      let form: LoweredVariants.Form = model.bit(ofFilter: index) & model.assignments == 0 ? .optional : .patch
      lowered.bound += units.flatMap { unit in
        unit.members.map {
          LoweredQuery.BoundParameter(
            parameter: $0,
            source: .filter(property, form, units.count > 1 ? .member(unit.argument.name) : .value),
            field: unit.kind == .rows ? $0.name : nil)
        }
      }
      var argument = LoweredQuery.Parameter(
        model: own.first?.model ?? stand(in: query, filter.source), name: property,
        type: own.first?.type ?? SwiftType("Bool"), isOptional: false)
      let whenGiven =
        switch form {
        case .optional: "When given"
        case .patch: "When set"
        }
      let kind: LoweredVariants.Filter.Kind
      let when: String
      switch own.count {
      case 0:
        (kind, when) = (.flag, "When true")
        argument.form = LoweredQuery.Parameter.Form(written: "Bool", defaultValue: "false")
      case 1:
        (kind, when) = (.value, whenGiven)
        argument.form = LoweredQuery.Parameter.Form(
          written: form.written(own[0].writtenType), defaultValue: form.absent)
      default:
        let name = typeNames.claim(nestedTypeName(upperFirst(property.text), suffix: "Filter")).name
        (kind, when) = (.group(name, own), whenGiven)
        argument.type = SwiftType("\(typeName).\(name)")
        argument.form = LoweredQuery.Parameter.Form(
          written: form.written("\(typeName).\(name)"), defaultValue: form.absent)
      }
      argument.documentation = ["\(when): `\(oneLine(filter.text))`."]
      arguments.append(argument)
      variants.filters.append(
        LoweredVariants.Filter(property: property, bit: model.bit(ofFilter: index), form: form, kind: kind))
    }
    for (index, order) in model.orders.enumerated() {
      let isOnly = model.orders.count == 1
      let property = unique.claim(isOnly ? "order" : naming.property(order.name, kind: queryProperty, position: 1)).name
      let type: SwiftName =
        property == "order" || isOnly
        ? "Order" : typeNames.claim(nestedTypeName(upperFirst(property.text), suffix: "Order")).name
      var cases = UniqueNames(taken: ["choiceBit"])
      let lowered = LoweredVariants.Order(
        property: property, type: type, firstTerm: model.terms(ofOrder: index).lowerBound,
        cases: order.terms.enumerated().map { position, term in
          (cases.claim(naming.enumerationCase(term.name, position: position + 1)).name, term)
        })
      var argument = LoweredQuery.Parameter(
        model: stand(in: query, order.terms[0].source), name: property, type: SwiftType("\(typeName).\(type)"),
        isOptional: false)
      argument.form = LoweredQuery.Parameter.Form(
        written: "\(typeName).\(type)", defaultValue: ".\(escaped(lowered.cases[0].name))()")
      arguments.append(argument)
      variants.orders.append(lowered)
    }
    if let page = variants.page {
      var argument = LoweredQuery.Parameter(
        model: stand(in: query, model.filters[page.filter].source), name: page.property,
        type: SwiftType("\(typeName).Cursor"), isOptional: true)
      argument.form = LoweredQuery.Parameter.Form(written: "\(typeName).Cursor?", defaultValue: "nil")
      argument.documentation = ["When given: the rows behind that place. Without it they begin with the first."]
      arguments.append(argument)
      lowered.bound += page.keys.map {
        LoweredQuery.BoundParameter(
          parameter: LoweredQuery.Parameter(
            model: query.parameters[$0.parameter - 1], name: $0.label, type: $0.type, isOptional: $0.isOptional),
          source: .cursor)
      }
    }
    lowered.parameters = arguments
    lowered.variants = variants
  }

  /// For arguments that are no parameter of the SQL.
  private func stand(in query: QueryModel, _ source: SourceRange) -> ParameterModel {
    ParameterModel(
      index: 0, name: "", type: .boolean, typeName: "", nullability: .never, isSlice: false, origin: nil,
      source: source)
  }

  private func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
