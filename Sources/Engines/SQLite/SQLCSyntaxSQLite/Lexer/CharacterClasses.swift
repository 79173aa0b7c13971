// The classes of bytes that SQLite's tokenizer knows (tokenize.c, `sqlite3CtypeMap`).

extension UInt8 {
  /// Space, tab, newline, form feed, carriage return.
  var isBlank: Bool { self == 0x20 || (self >= 0x09 && self <= 0x0D && self != 0x0B) }

  var isDigit: Bool { self >= 0x30 && self <= 0x39 }

  var isHexDigit: Bool { isDigit || ((self | 0x20) >= 0x61 && (self | 0x20) <= 0x66) }

  var isLetter: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A }

  /// What can begin a name: a letter, an underscore, any byte above 127.
  var startsName: Bool { isLetter || self == 0x5F || self >= 0x80 }

  /// What can continue a name: those, digits and the dollar sign.
  var continuesName: Bool { startsName || isDigit || self == 0x24 }

  /// The value of a hexadecimal digit; meaningless for any other byte.
  var hexValue: UInt8 { isDigit ? self - 0x30 : (self | 0x20) &- 0x61 &+ 10 }
}
