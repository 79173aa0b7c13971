// Dates and times in JSON and its like: numbers, which every decoder checks as the initializers do.

/// An object of `year`, `month` and `day`.
extension PostgresDay: Codable {
  private enum CodingKeys: CodingKey { case year, month, day }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let (year, month) = (try container.decode(Int.self, forKey: .year), try container.decode(Int.self, forKey: .month))
    guard let day = PostgresDay(year: year, month: month, day: try container.decode(Int.self, forKey: .day)) else {
      throw DecodingError.dataCorruptedError(forKey: .day, in: container, debugDescription: "no such day")
    }
    self = day
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(year, forKey: .year)
    try container.encode(month, forKey: .month)
    try container.encode(day, forKey: .day)
  }
}

/// Its microseconds.
extension PostgresTime: Codable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let time = PostgresTime(microseconds: try container.decode(Int64.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "no such time of day")
    }
    self = time
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(microseconds)
  }
}

/// An object of `day` and `time`.
extension PostgresTimestamp: Codable {
  private enum CodingKeys: CodingKey { case day, time }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let day = try container.decode(PostgresDay.self, forKey: .day)
    guard let timestamp = PostgresTimestamp(day: day, time: try container.decode(PostgresTime.self, forKey: .time))
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .time, in: container, debugDescription: "the time is the next day's")
    }
    self = timestamp
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(day, forKey: .day)
    try container.encode(time, forKey: .time)
  }
}
