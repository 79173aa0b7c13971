// Days into years, months and days.

/// The date of a number of days since 1970-01-01, proleptic Gregorian.
///
/// The algorithm is `civil_from_days` of Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": years start in
/// March,
/// so that the leap day is their last.
package func civilDate(ofUnixDays days: Int) -> (year: Int, month: Int, day: Int) {
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
package func appendDigits(_ value: Int, _ count: Int, to text: inout [UInt8]) {
  var scale = 1
  for _ in 1..<count { scale *= 10 }
  while scale > 0 {
    text.append(0x30 + UInt8(value / scale % 10))
    scale /= 10
  }
}

/// The number of days from 1970-01-01 to a date, proleptic Gregorian: `days_from_civil` of the same article.
package func unixDays(ofYear year: Int, month: Int, day: Int) -> Int {
  let year = month <= 2 ? year - 1 : year
  let era = (year >= 0 ? year : year - 399) / 400
  let yearOfEra = year - era * 400
  let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
  return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
}
