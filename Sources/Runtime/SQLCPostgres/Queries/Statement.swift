// A statement's parameters, while a query binds them.

/// Takes a query's parameters. Borrowed for one run; it cannot be kept.
///
/// It holds no reference: whoever lends it holds the connection, and with it the buffer, until the loan ends, and a borrowed
/// value that cannot be copied cannot outlive the loan. (Swift 6.3.1 also fails on inlinable functions that build a
/// noncopyable structure of references.)
@frozen
public struct Statement: ~Copyable {
  @usableFromInline let buffer: Unmanaged<ParameterBuffer>

  @usableFromInline
  init(_ buffer: ParameterBuffer) { self.buffer = Unmanaged.passUnretained(buffer) }

  /// Binds a value, or nil, to the parameter `$index`.
  @inlinable
  public func bind<T: PostgresEncodable>(_ value: T, at index: Int32) throws(DatabaseError) {
    let type = try begin(index)
    do throws(ConversionError) {
      try value.write(to: ValueWriter(buffer, type))
    } catch {
      throw bindingError(error, at: index)
    }
    end()
  }

  /// Binds a value as the codec stores it.
  @inlinable
  public func bind<C: ColumnCodec>(_ value: C.Value, at index: Int32, with codec: C.Type) throws(DatabaseError) {
    let type = try begin(index)
    do throws(ConversionError) {
      try C.encode(value, to: ValueWriter(buffer, type))
    } catch {
      throw bindingError(error, at: index)
    }
    end()
  }

  /// Binds a value as the codec stores it, or NULL.
  @inlinable
  public func bind<C: ColumnCodec>(_ value: C.Value?, at index: Int32, with codec: C.Type) throws(DatabaseError) {
    let type = try begin(index)
    do throws(ConversionError) {
      let writer = ValueWriter(buffer, type)
      if let value { try C.encode(value, to: writer) } else { writer.null() }
    } catch {
      throw bindingError(error, at: index)
    }
    end()
  }

  /// Binds the values of a list to the parameter `$index`, which is an array.
  @inlinable
  public func bind<T: PostgresEncodable>(list values: [T], at index: Int32) throws(DatabaseError) {
    let type = try begin(index)
    do throws(ConversionError) {
      try T.write(values, to: ValueWriter(buffer, type))
    } catch {
      throw bindingError(error, at: index)
    }
    end()
  }

  /// Binds the values of a list as the codec stores them, or NULL, to the parameter `$index`, which is an array.
  @inlinable
  public func bind<C: ColumnCodec>(list values: [C.Value?], at index: Int32, with codec: C.Type) throws(DatabaseError) {
    let type = try begin(index)
    do throws(ConversionError) {
      let writer = ValueWriter(buffer, type)
      let place = try writer.beginArray(count: values.count)
      for value in values {
        try writer.nested(value, with: codec, type: place.elementType)
        writer.noteElement(place)
      }
      try writer.endArray(place, count: values.count)
    } catch {
      throw bindingError(error, at: index)
    }
    end()
  }

  @usableFromInline
  func begin(_ index: Int32) throws(DatabaseError) -> UInt32 { try buffer.takeUnretainedValue().beginParameter(index) }

  @usableFromInline
  func end() { buffer.takeUnretainedValue().endParameter() }

  @usableFromInline
  func bindingError(_ error: ConversionError, at index: Int32) -> DatabaseError {
    buffer.takeUnretainedValue().bindingError(error, at: index)
  }
}
