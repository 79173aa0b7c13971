// The Swift type of every type a database value can have, before overrides.
import SQLCModel

extension SwiftType {
  /// | type | Swift |
  /// |---|---|
  /// | integer, real, text, boolean | `Int64`, `Double`, `String`, `Bool` |
  /// | blob | `Data` or `[UInt8]` |
  /// | numeric, decimal, any | the runtime's `SQLiteNumber`, `SQLiteDecimal`, `SQLiteValue`: nothing is lost |
  /// | time of day | `String`, read from a number too |
  /// | date and time, UUID | `Date`, `UUID`, by codec where they are not stored as text |
  /// | date, JSON | the runtime's `SQLiteDay`, `SQLiteJSON` |
  /// | vector | `[Float]` |
  /// | enumeration | the generated one |
  static func standard(_ type: ValueType, options: SwiftOptions, enumerationNames: [EnumerationModel.ID: SwiftName])
    -> Self
  {
    switch type {
    case .integer(.bits16): Self("Int16")
    case .integer(.bits32): Self("Int32")
    case .integer(.bits64): Self("Int64")
    case .real(.single): Self("Float")
    case .real(.double): Self("Double")
    case .text: Self("String")
    case .time: Self("String", codec: "NumericTextCodec")
    case .boolean: Self("Bool")
    case .vector: Self("[Float]")
    case .blob:
      switch options.bytesType {
      case .data: Self("Data", module: .foundation)
      case .array: Self("[UInt8]")
      }
    case .numeric: Self("SQLiteNumber", module: .runtime)
    case .decimal: Self("SQLiteDecimal", module: .runtime)
    case .any: Self("SQLiteValue", module: .runtime)
    case .date: Self("SQLiteDay", module: .runtime)
    case .json: Self("SQLiteJSON", module: .runtime)
    case .timestamp:
      switch options.dateTimeStorage {
      case .text: Self("Date", module: .foundation)
      case .unixSeconds: Self("Date", module: .foundation, codec: "UnixSecondsCodec")
      case .unixMilliseconds: Self("Date", module: .foundation, codec: "UnixMillisecondsCodec")
      case .julianDay: Self("Date", module: .foundation, codec: "JulianDayCodec")
      }
    case .uuid:
      switch options.uuidStorage {
      case .text: Self("UUID", module: .foundation)
      case .blob: Self("UUID", module: .foundation, codec: "UUIDBlobCodec")
      }
    case .enumeration(let id):
      // An enumeration that is not generated (opted out) is the text it restricts.
      Self(enumerationNames[id].map { "\($0)" } ?? "String")
    case .domain(_, let base): standard(base, options: options, enumerationNames: enumerationNames)
    // No runtime has them yet: what is written for one does not compile.
    case .interval, .composite, .array, .range, .multirange, .other: Self("Never")
    }
  }

  /// `checkOverrides` says what is no type or module; nothing is written then.
  init(_ override: SwiftOverride) {
    let name = SwiftCode(type: override.typeName) ?? "Never"
    let codec: SwiftCode? =
      switch override.codec {
      case .natural: nil
      case .json: "JSONCodec<\(name)>"
      case .unixSeconds: "UnixSecondsCodec"
      case .unixMilliseconds: "UnixMillisecondsCodec"
      case .julianDay: "JulianDayCodec"
      case .uuidBlob: "UUIDBlobCodec"
      case .custom(let name): SwiftCode(type: name)
      }
    let module: Module? =
      switch override.module {
      case nil, "": nil
      case "Foundation", "FoundationEssentials": .foundation
      case "SQLCRuntime": .runtime
      case let name?: SwiftCode(module: name).map(Module.named)
      }
    self.init(name, module: module, codec: codec)
  }
}
