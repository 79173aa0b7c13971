// The parameters of one run, encoded one after another.

/// Belongs to a connection and is used again for each run. Each value has its length before it, as rows of COPY have; −1 is
/// NULL. Values that are parameters of a statement are handed to libpq without that.
///
/// Exclusive access to its fields is not checked at run time, which took longer than writing the values: it is in one task's
/// hands, and no field is passed on while it is changed, so that two changes cannot overlap.
@usableFromInline
final class ParameterBuffer {
  /// What is made of the values that are bound.
  enum Layout {
    /// Parameters of one statement.
    case values
    /// A column of each parameter: one value of each array after another.
    case columns
    /// A row of COPY: the values in the order of the columns.
    case row
  }

  @exclusivity(unchecked) @usableFromInline private(set) var bytes: UnsafeMutableRawPointer
  @exclusivity(unchecked) @usableFromInline private(set) var count = 0
  @exclusivity(unchecked) private var capacity: Int
  let types: TypeCatalog
  @exclusivity(unchecked) private(set) var query: String?
  @exclusivity(unchecked) private var layout = Layout.values

  /// The value that is being written is NULL.
  @exclusivity(unchecked) @usableFromInline var isNull = false
  /// What the value that was written says of its type where that was not known.
  @exclusivity(unchecked) @usableFromInline var declaredType: UInt32 = 0

  /// By parameter: where it begins, its type on the wire, that type without its domains, and whether it goes as text.
  @exclusivity(unchecked) private var starts: [Int] = []
  @exclusivity(unchecked) private(set) var wireTypes: [UInt32] = []
  @exclusivity(unchecked) private var valueTypes: [UInt32] = []
  @exclusivity(unchecked) private var textual: [Bool] = []
  @exclusivity(unchecked) private var current = 0
  @exclusivity(unchecked) private(set) var columns: [[UInt8]] = []

  init(types: TypeCatalog) {
    self.types = types
    capacity = 1024
    bytes = .allocate(byteCount: 1024, alignment: 8)
  }

  deinit { bytes.deallocate() }

  // MARK: A run

  /// Forgets what was bound. `wireTypes` are those of the statement's parameters.
  func begin(_ query: String?, _ wireTypes: [UInt32], _ layout: Layout) {
    self.query = query
    self.layout = layout
    count = 0
    if self.wireTypes != wireTypes {
      self.wireTypes = wireTypes
      valueTypes = wireTypes.map { types.valueType(of: $0) }
    }
    starts.removeAll(keepingCapacity: true)
    textual.removeAll(keepingCapacity: true)
    for _ in wireTypes {
      starts.append(-1)
      textual.append(false)
    }
    columns = layout == .columns ? Array(repeating: [], count: wireTypes.count) : []
  }

  /// Begins a parameter and gives the type that its value must have.
  @usableFromInline
  func beginParameter(_ index: Int32) throws(DatabaseError) -> UInt32 {
    let place = Int(index) - 1
    guard place >= 0, place < 65_535, layout != .row || place == current else { throw misplaced(index) }
    while place >= starts.count {
      starts.append(-1)
      textual.append(false)
      wireTypes.append(0)
      valueTypes.append(0)
      if layout == .columns { columns.append([]) }
    }
    current = place
    declaredType = 0
    starts[place] = beginValue()
    return valueTypes[place]
  }

  @usableFromInline
  func endParameter() {
    endValue(starts[current])
    if wireTypes[current] == 0, declaredType != 0 {
      wireTypes[current] = declaredType
      valueTypes[current] = declaredType
    }
    switch layout {
    case .values: break
    case .columns:
      columns[current].append(
        contentsOf: UnsafeRawBufferPointer(start: bytes + starts[current], count: count - starts[current]))
      count = starts[current]
    case .row: current += 1
    }
  }

  /// Begins a row of COPY: the number of its fields.
  func beginRow() {
    current = 0
    append(Int16(truncatingIfNeeded: wireTypes.count))
  }

  /// Were all fields of the row bound?
  var isRowComplete: Bool { current == wireTypes.count }

  /// The parameter is a text of its own: what stands inside of another value is binary, as that is.
  func sendAsText(_ type: UInt32) throws(ConversionError) {
    guard layout == .values, valueTypes[current] == type || valueTypes[current] == 0 else {
      throw .invalid(
        "a value of type \(types.type(of: type)) cannot be part of an array, a composite value or many rows: cast it from text in the query"
      )
    }
    textual[current] = true
  }

  private func misplaced(_ index: Int32) -> DatabaseError {
    DatabaseError(
      kind: .misuse, message: "parameter \(index) is bound where another is expected", query: query)
  }

  @usableFromInline
  func bindingError(_ error: ConversionError, at index: Int32) -> DatabaseError {
    DatabaseError(conversion: error, kind: .encoding, query: query, column: "$\(index)")
  }

  // MARK: Bytes

  /// The place for a value's length.
  @usableFromInline
  func beginValue() -> Int {
    let start = count
    append(0 as Int32)
    isNull = false
    return start
  }

  @usableFromInline
  func endValue(_ start: Int) {
    set(isNull ? -1 : Int32(truncatingIfNeeded: count - start - 4), at: start)
    if isNull { count = start + 4 }
    isNull = false
  }

  @usableFromInline
  func reserve(_ more: Int) {
    guard count + more > capacity else { return }
    capacity = max(capacity * 2, count + more)
    let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 8)
    larger.copyMemory(from: bytes, byteCount: count)
    bytes.deallocate()
    bytes = larger
  }

  @usableFromInline
  func append<T: FixedWidthInteger>(_ value: T) {
    reserve(MemoryLayout<T>.size)
    bytes.storeBytes(of: value.bigEndian, toByteOffset: count, as: T.self)
    count += MemoryLayout<T>.size
  }

  @usableFromInline
  func append(_ value: UnsafeRawBufferPointer) {
    guard let start = value.baseAddress, value.count > 0 else { return }
    reserve(value.count)
    (bytes + count).copyMemory(from: start, byteCount: value.count)
    count += value.count
  }

  func set<T: FixedWidthInteger>(_ value: T, at offset: Int) {
    bytes.storeBytes(of: value.bigEndian, toByteOffset: offset, as: T.self)
  }

  /// Forgets the bytes, not the types.
  func removeBytes() { count = 0 }

  /// Makes an array of each column, which is one parameter from then on; `wireTypes` are those of the elements until then.
  func makeArrays(ofRows rows: Int) throws(DatabaseError) {
    count = 0
    let elements = wireTypes
    for (index, column) in columns.enumerated() {
      guard let array = types.array(of: elements[index]) else {
        throw DatabaseError(
          kind: .misuse, message: "there are no arrays of \(types.type(of: elements[index]))", query: query)
      }
      wireTypes[index] = array
      valueTypes[index] = array
      starts[index] = beginValue()
      append(Int32(rows == 0 ? 0 : 1))
      append(0 as Int32)
      append(elements[index])
      if rows > 0 {
        append(Int32(truncatingIfNeeded: rows))
        append(1 as Int32)
      }
      column.withUnsafeBytes { append($0) }
      endValue(starts[index])
    }
  }

  // MARK: For libpq

  /// Calls `body` with the parameters as libpq takes them.
  func withParameters<T>(
    _ body: (
      CInt, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<CInt>?, UnsafePointer<CInt>?
    ) -> T
  ) -> T {
    if starts.isEmpty { return body(0, nil, nil, nil) }
    reserve(1)
    return withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: starts.count) { values in
      withUnsafeTemporaryAllocation(of: CInt.self, capacity: 2 * starts.count) { numbers in
        for (index, start) in starts.enumerated() {
          let length = start < 0 ? -1 : Int32(bigEndian: bytes.loadUnaligned(fromByteOffset: start, as: Int32.self))
          let place = length < 0 ? nil : UnsafePointer((bytes + start + 4).assumingMemoryBound(to: CChar.self))
          values.initializeElement(at: index, to: place)
          numbers.initializeElement(at: index, to: max(0, length))
          numbers.initializeElement(at: starts.count + index, to: textual[index] ? 0 : 1)
        }
        for index in starts.indices where textual[index] && values[index] != nil {
          terminate(at: starts[index] + 4 + Int(numbers[index]))
        }
        return body(
          CInt(starts.count), values.baseAddress, numbers.baseAddress, numbers.baseAddress.map { $0 + starts.count })
      }
    }
  }

  /// libpq takes the length of a text from its end. Between two values is the length of the second, which has been read by now.
  private func terminate(at offset: Int) {
    bytes.storeBytes(of: 0, toByteOffset: offset, as: UInt8.self)
  }
}
