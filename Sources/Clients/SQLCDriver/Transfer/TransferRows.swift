// Values of one engine as the other keeps them, and sums by which both sides are compared.

import SQLCEngine
import SQLCModel
import SQLCTransfer

/// Why a row cannot go over.
struct BadRow {
  var table: String
  /// Its key, or all of it.
  var row: String
  var reason: String
}

struct RowConversion {
  let pair: TransferPair
  let source: any TrialTypes
  let target: any TrialTypes

  /// A row as the target takes it.
  func convert(_ row: [TrialValue]) throws(Misfit) -> [TrialValue] {
    var result: [TrialValue] = []
    result.reserveCapacity(row.count)
    for (place, value) in row.enumerated() {
      let column = pair.source.columns[place]
      guard let portable = source.portable(value, as: column.type) else {
        throw Misfit(reason: "'\(column.name)' is \(source.literal(of: value)), which is no \(column.typeName)")
      }
      let other = pair.target.columns[place]
      guard let stored = target.stored(portable, as: other.type, named: other.typeName) else {
        throw Misfit(reason: "'\(column.name)' is \(portable), which \(other.typeName) cannot keep")
      }
      result.append(stored)
    }
    return result
  }

  /// What a row is called by.
  func name(of row: [TrialValue]) -> String {
    let key = pair.source.columns.indices.filter { place in
      pair.source.key.contains { $0.lowercased() == pair.source.columns[place].name.lowercased() }
    }
    let places = key.isEmpty ? Array(pair.source.columns.indices.prefix(4)) : key
    return places.map { "\(pair.source.columns[$0].name) = \(source.literal(of: row[$0]))" }.joined(separator: ", ")
  }

  struct Misfit: Error { var reason: String }
}

/// Rows counted and summed, column by column, whatever their order.
struct RowSums: Equatable {
  var rows = 0
  var columns: [UInt64]
  /// Over whole rows.
  var whole: UInt64 = 0

  init(columns: Int) { self.columns = Array(repeating: 0, count: columns) }

  mutating func add(
    _ row: [TrialValue], _ columns: [TransferTable.Column], as shared: [ValueType], _ types: any TrialTypes
  ) {
    rows += 1
    var all = FowlerNollVo()
    for (place, value) in row.enumerated() {
      let text = canonicalText(types.portable(value, as: columns[place].type), as: shared[place], or: value)
      var one = FowlerNollVo()
      one.add(text)
      all.add(text)
      self.columns[place] &+= one.mixed
    }
    whole &+= all.mixed
  }
}

/// FNV-1a (draft-eastlake-fnv), so that sums are the same on every machine.
private struct FowlerNollVo {
  private var state: UInt64 = 0xcbf2_9ce4_8422_2325

  mutating func add(_ text: String) {
    for byte in text.utf8 { state = (state ^ UInt64(byte)) &* 0x100_0000_01b3 }
    state = (state ^ 0xFF) &* 0x100_0000_01b3
  }

  /// Sums of bare values would hide what two rows have exchanged bit by bit.
  var mixed: UInt64 {
    var value = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}

/// The same text for values that say the same.
private func canonicalText(_ value: PortableValue?, as type: ValueType, or raw: TrialValue) -> String {
  guard let value else { return "?\(raw)" }
  switch (value, type.withoutDomains) {
  case (.null, _): return "n"
  case (.integer(let number), .real): return "r\(Double(number).bitPattern)"
  case (.real(let number), .real): return "r\((number == 0 ? 0 : number).bitPattern)"
  case (.integer(let number), _): return "d\(DecimalDigits(number))"
  case (.boolean(let truth), _): return truth ? "d1" : "d0"
  case (.decimal(let digits), .real): return "r\(digits.double.bitPattern)"
  case (.decimal(let digits), _): return "d\(digits)"
  case (.real(let number), _):
    return DecimalDigits("\(number)").map { "d\($0)" } ?? "r\(number)"
  case (.bytes(let bytes), _): return "b" + hexadecimal(bytes)
  case (.json(let text), .array(let element, _)):
    return canonicalText(PortableValue.list(ofJSON: text, element), as: type, or: raw)
  case (.json(let text), _), (.text(let text), .json): return "j" + (CanonicalJSON(text)?.text ?? text)
  case (.list(let values), .array(let element, _)):
    return "l" + values.map { canonicalText($0, as: element, or: raw) }.joined(separator: "\u{1}")
  case (.list, _), (.vector, _): return "j" + (value.json.flatMap { CanonicalJSON($0)?.text } ?? "")
  case (.text(let text), .uuid), (.text(let text), .date), (.text(let text), .timestamp), (.text(let text), .decimal),
    (.text(let text), .boolean), (.text(let text), .integer):
    guard let read = PortableValue(text: text, as: type) else { return "t" + text }
    return canonicalText(read, as: .any, or: raw)
  case (.other("time", let text), _):
    var time = text.utf8.count == 5 ? text + ":00" : text
    if time.contains(".") {
      while time.hasSuffix("0") { time.removeLast() }
      if time.hasSuffix(".") { time.removeLast() }
    }
    return "t" + time
  default: return "t" + (value.text ?? "")
  }
}
