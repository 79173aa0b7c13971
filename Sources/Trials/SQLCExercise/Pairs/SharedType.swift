// What the values of two columns or parameters of one name are, when each engine has a type of its own for them.

import SQLCEngine
public import SQLCModel

/// The narrower of both: its values are values of the other as well.
public func sharedType(_ one: ValueType, _ other: ValueType) -> ValueType {
  let (one, other) = (one.withoutDomains, other.withoutDomains)
  switch (one, other) {
  case (.integer(let first), .integer(let second)): return .integer(first.rawValue < second.rawValue ? first : second)
  case (.real(let first), .real(let second)): return .real(first.rawValue < second.rawValue ? first : second)
  case (.vector(let first), .vector(let second)): return .vector(dimensions: first ?? second)
  default: return rank(one) >= rank(other) ? one : other
  }
}

/// The higher, the fewer values.
private func rank(_ type: ValueType) -> Int {
  switch type {
  case .any: 0
  case .text: 1
  case .numeric: 2
  case .real: 3
  case .decimal: 4
  case .integer: 5
  case .blob: 6
  case .boolean: 7
  case .json: 8
  case .time: 9
  case .timestamp: 10
  case .date: 11
  case .uuid: 12
  case .enumeration: 13
  case .array: 14
  case .vector: 15
  case .interval, .range, .multirange, .composite, .other: 16
  case .domain: 17
  }
}

/// How rows and arguments are made of it.
func valueKind(_ type: ValueType) -> ValueKind {
  switch type.withoutDomains {
  case .array(let element, _): .other(listPrefix + "\(rank(element.withoutDomains))")
  case .vector(let dimensions): .other(vectorPrefix + "\(dimensions ?? 3)")
  case .integer(.bits64): .other(wideInteger)
  default: ValueKind(type)
  }
}

/// Kinds that stand in `ValueKind.other`: none of an engine's types is called so.
let listPrefix = "list of "
let vectorPrefix = "vector of "
let wideInteger = "integer of 64 bits"
let listElements = (text: "\(rank(.text))", integer: "\(rank(.integer(.bits64)))", boolean: "\(rank(.boolean))")
