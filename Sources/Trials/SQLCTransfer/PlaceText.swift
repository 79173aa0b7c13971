// Keys of rows as text, so that a transfer can go on behind them.

public import SQLCEngine

/// Values as one text, and back.
public enum PlaceText {
  public static func text(of values: [TrialValue]) -> String {
    values.map { value in
      switch value {
      case .null: "n"
      case .integer(let number): "i\(number)"
      case .real(let number): "r\(number.bitPattern)"
      case .text(let text): "t" + hexadecimal(Array(text.utf8))
      case .blob(let bytes): "b" + hexadecimal(bytes)
      case .other(let type, let text): "o" + hexadecimal(Array(type.utf8)) + "." + hexadecimal(Array(text.utf8))
      }
    }.joined(separator: ",")
  }

  /// Nothing for what ``text(of:)`` does not write.
  public static func values(_ text: String) -> [TrialValue]? {
    var values: [TrialValue] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let rest = part.dropFirst()
      switch part.first {
      case "n": values.append(.null)
      case "i":
        guard let number = Int64(rest) else { return nil }
        values.append(.integer(number))
      case "r":
        guard let bits = UInt64(rest) else { return nil }
        values.append(.real(Double(bitPattern: bits)))
      case "t":
        guard let bytes = bytes(ofHexadecimal: rest) else { return nil }
        values.append(.text(String(decoding: bytes, as: UTF8.self)))
      case "b":
        guard let bytes = bytes(ofHexadecimal: rest) else { return nil }
        values.append(.blob(bytes))
      case "o":
        let parts = rest.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let type = bytes(ofHexadecimal: parts[0]), let text = bytes(ofHexadecimal: parts[1])
        else { return nil }
        values.append(.other(type: String(decoding: type, as: UTF8.self), text: String(decoding: text, as: UTF8.self)))
      default: return nil
      }
    }
    return values
  }
}
