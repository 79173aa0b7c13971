// Time into text.

import SQLCRuntimeKit

/// `YYYY-MM-DD HH:MM:SS`, with `.SSS` when there are milliseconds; nil outside the years 0 to 9999, which SQLite
/// cannot read.
func timeText(ofUnixSeconds seconds: Double) -> [UInt8]? {
  // The first and the last millisecond that four-digit years can write.
  guard seconds >= -62_167_219_200, seconds < 253_402_300_799.9995 else { return nil }
  let milliseconds = Int((seconds * 1000).rounded())
  let days = milliseconds >= 0 ? milliseconds / 86_400_000 : (milliseconds - 86_399_999) / 86_400_000
  let rest = milliseconds - days * 86_400_000
  let date = civilDate(ofUnixDays: days)
  var text: [UInt8] = []
  text.reserveCapacity(23)
  appendDigits(date.year, 4, to: &text)
  text.append(0x2D)
  appendDigits(date.month, 2, to: &text)
  text.append(0x2D)
  appendDigits(date.day, 2, to: &text)
  text.append(0x20)
  appendDigits(rest / 3_600_000, 2, to: &text)
  text.append(0x3A)
  appendDigits(rest / 60_000 % 60, 2, to: &text)
  text.append(0x3A)
  appendDigits(rest / 1000 % 60, 2, to: &text)
  if rest % 1000 != 0 {
    text.append(0x2E)
    appendDigits(rest % 1000, 3, to: &text)
  }
  return text
}
