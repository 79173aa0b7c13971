// Composite types, as `record_send` writes them (rowtypes.c): each field with its type.

/// A composite type of the database. Generated code conforms.
public protocol PostgresComposite: PostgresDecodable, PostgresEncodable {
  static var postgresType: PostgresType { get }
  /// Of its fields, in their order.
  static var fieldTypes: [PostgresType] { get }
  init(from fields: borrowing CompositeReader) throws(ConversionError)
  func encode(to fields: inout CompositeWriter) throws(ConversionError)
}

extension PostgresComposite {
  public init(from value: borrowing ValueReader) throws(ConversionError) {
    guard value.has(Self.postgresType) else { throw value.mismatch("\(Self.postgresType)") }
    try self.init(from: try CompositeReader(value, count: Self.fieldTypes.count))
  }

  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) {
    try parameter.acceptType(Self.postgresType)
    var fields = CompositeWriter(parameter.buffer, Self.fieldTypes)
    parameter.append(Int32(truncatingIfNeeded: Self.fieldTypes.count))
    try encode(to: &fields)
    guard fields.next == Self.fieldTypes.count else {
      throw .invalid("\(fields.next) of \(Self.fieldTypes.count) fields were given a value")
    }
  }
}

/// Gives the fields of a composite value by index, from 0.
public struct CompositeReader: ~Copyable {
  private var cells: [Cell] = []
  private let context: Unmanaged<RowContext>

  init(_ value: borrowing ValueReader, count: Int) throws(ConversionError) {
    context = value.context
    let types = context.takeUnretainedValue().types
    var parts = ByteParts(try value.anyBytes(), context)
    let found = Int(try parts.integer(Int32.self))
    guard found == count else { throw .invalid("the value has \(found) fields, and the Swift type \(count)") }
    for _ in 0..<count {
      let type = types.valueType(of: try parts.integer(UInt32.self))
      cells.append(try parts.value(of: type).cell)
    }
  }

  /// The field's value; `T` may be an optional.
  public func decode<T: PostgresDecodable>(_ index: Int, as type: T.Type = T.self) throws(ConversionError) -> T {
    guard cells.indices.contains(index) else { throw .invalid("the value has no field \(index + 1)") }
    return try T(from: ValueReader(cells[index], context))
  }

  /// The field's value as the codec reads it.
  public func decode<C: ColumnCodec>(_ index: Int, with codec: C.Type) throws(ConversionError) -> C.Value {
    guard cells.indices.contains(index) else { throw .invalid("the value has no field \(index + 1)") }
    return try C.decode(ValueReader(cells[index], context))
  }
}

/// Takes the fields of a composite value, in their order.
public struct CompositeWriter: ~Copyable {
  private let buffer: Unmanaged<ParameterBuffer>
  private let types: [PostgresType]
  private(set) var next = 0

  init(_ buffer: Unmanaged<ParameterBuffer>, _ types: [PostgresType]) {
    self.buffer = buffer
    self.types = types
  }

  /// Gives the field `index`, from 0, its value.
  public mutating func encode<T: PostgresEncodable>(_ value: T, at index: Int) throws(ConversionError) {
    let type = try begin(index)
    try ValueWriter(buffer, 0).nested(value, type: type)
  }

  /// Gives the field its value as the codec stores it.
  public mutating func encode<C: ColumnCodec>(
    _ value: C.Value, at index: Int, with codec: C.Type
  ) throws(ConversionError) {
    let type = try begin(index)
    let parts = buffer.takeUnretainedValue()
    let start = parts.beginValue()
    try C.encode(value, to: ValueWriter(buffer, type))
    parts.endValue(start)
  }

  private mutating func begin(_ index: Int) throws(ConversionError) -> UInt32 {
    guard index == next, index < types.count else { throw .invalid("fields are written in their order") }
    next += 1
    let parts = buffer.takeUnretainedValue()
    guard let type = parts.types.oid(of: types[index]) else {
      parts.types.markStale()
      throw .invalid("the database has no type '\(types[index])'")
    }
    parts.append(type)
    return parts.types.valueType(of: type)
  }
}
