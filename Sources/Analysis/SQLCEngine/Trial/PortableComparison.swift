// Do two engines say the same?

extension PortableValue {
  /// Is this what a caller would take for the other?
  ///
  /// Numbers are compared by value, floating-point ones to 14 digits: sums depend on the order of their terms. Times to the
  /// millisecond, which is as far as both keep them. What is a text on one side and of a type on the other is read as that type,
  /// but for numbers and truth values, which a text is not.
  ///
  /// - Parameter now: two times that are within a minute of it are both said to be "now".
  public func agrees(with other: PortableValue, now: Int64) -> Bool {
    if let one = number, let two = other.number { return one.agrees(with: two) }
    switch (self, other) {
    case (.null, .null): return true
    case (.null, _), (_, .null): return false
    case (.text(let one), .text(let two)): return one.utf8.elementsEqual(two.utf8)
    case (.bytes(let one), .bytes(let two)): return one == two
    case (.uuid(let one), .uuid(let two)): return one == two
    case (.day(let one), .day(let two)): return one == two
    case (.instant(let one), .instant(let two)): return Self.isSame(one, two, now)
    case (.day(let day), .instant(let instant)), (.instant(let instant), .day(let day)):
      return Int64(day.number) * 86_400_000_000 == instant
    case (.list(let one), .list(let two)):
      return one.count == two.count && zip(one, two).allSatisfy { $0.agrees(with: $1, now: now) }
    case (.vector(let one), .vector(let two)): return one == two
    case (.other(let type, let one), .other(let kind, let two)):
      return type == "time" && kind == "time" ? timeOfDay(one) == timeOfDay(two) : one == two
    case (.json, _), (_, .json), (.list, _), (_, .list), (.vector, _), (_, .vector):
      guard let one = documentText, let two = other.documentText else { return false }
      return CanonicalJSON(one) == CanonicalJSON(two)
    case (.text(let text), let typed), (let typed, .text(let text)): return typed.isSaid(by: text, now)
    default: return false
    }
  }

  private static func isSame(_ one: Int64, _ two: Int64, _ now: Int64) -> Bool {
    let minute: Int64 = 60_000_000
    if abs(one - now) < minute, abs(two - now) < minute { return true }
    return abs(one - two) < 1000
  }

  /// A text that is a document is one.
  private var documentText: String? {
    if case .text(let text) = self { return text }
    return json
  }

  private func isSaid(by text: String, _ now: Int64) -> Bool {
    let read: PortableValue? =
      switch self {
      case .uuid: PortableValue(text: text, as: .uuid)
      case .day: PortableValue(text: text, as: .date)
      case .instant: PortableValue(text: text, as: .timestamp(.withTimeZone))
      case .other(let type, _): .other(type: type, text: text)
      default: nil
      }
    return read.map { agrees(with: $0, now: now) } ?? false
  }

  private enum Number {
    case exact(DecimalDigits)
    case floating(Double)

    func agrees(with other: Number) -> Bool {
      switch (self, other) {
      case (.exact(let one), .exact(let two)): return one == two
      case (.exact(let one), .floating(let two)), (.floating(let two), .exact(let one)):
        return Self.areClose(one.double, two)
      case (.floating(let one), .floating(let two)): return Self.areClose(one, two)
      }
    }

    private static func areClose(_ one: Double, _ two: Double) -> Bool {
      if one == two || (one.isNaN && two.isNaN) { return true }
      return abs(one - two) <= max(abs(one), abs(two)) * 1e-14
    }
  }

  private var number: Number? {
    switch self {
    case .integer(let number): .exact(DecimalDigits(number))
    case .decimal(let digits): .exact(digits)
    case .boolean(let truth): .exact(DecimalDigits(truth ? 1 : 0))
    case .real(let number): .floating(number)
    default: nil
    }
  }
}

/// `09:30`, `09:30:00` and `09:30:00.000` are one.
private func timeOfDay(_ text: String) -> String {
  var result = text
  if result.utf8.count == 5 { result += ":00" }
  if result.contains(".") {
    while result.hasSuffix("0") { result.removeLast() }
    if result.hasSuffix(".") { result.removeLast() }
  }
  return result
}
