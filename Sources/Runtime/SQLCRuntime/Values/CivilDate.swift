// Days into years, months and days, and time into text.

/// The date of a number of days since 1970-01-01, proleptic Gregorian.
///
/// The algorithm is `civil_from_days` of Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": years start in
/// March,
/// so that the leap day is their last.
func civilDate(ofUnixDays days: Int) -> (year: Int, month: Int, day: Int) {
  let shifted = days + 719_468
  let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
  let dayOfEra = shifted - era * 146_097
  let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
  let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
  let shiftedMonth = (5 * dayOfYear + 2) / 153
  let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
  let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
}

/// ASCII digits, with leading zeros.
func appendDigits(_ value: Int, _ count: Int, to text: inout [UInt8]) {
  var scale = 1
  for _ in 1..<count { scale *= 10 }
  while scale > 0 {
    text.append(0x30 + UInt8(value / scale % 10))
    scale /= 10
  }
}

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
