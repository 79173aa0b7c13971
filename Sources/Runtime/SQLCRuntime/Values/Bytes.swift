// Blobs: bytes, and vectors of floats as sqlite-vec stores them.

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// An element whose arrays are stored as one blob.
public protocol SQLiteBlobElement: Sendable {
  static func elements(of bytes: UnsafeRawBufferPointer) throws(ConversionError) -> [Self]
  static func write(_ elements: [Self], to parameter: borrowing ValueWriter) throws(ConversionError)
}

extension Array: SQLiteDecodable where Element: SQLiteBlobElement {
  @inlinable
  public init(from value: borrowing ValueReader) throws(ConversionError) {
    self = try value.withBlob { bytes throws(ConversionError) in try Element.elements(of: bytes) }
  }
}

extension Array: SQLiteEncodable where Element: SQLiteBlobElement {
  @inlinable
  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) {
    try Element.write(self, to: parameter)
  }
}

extension UInt8: SQLiteBlobElement {
  @inlinable
  public static func elements(of bytes: UnsafeRawBufferPointer) throws(ConversionError) -> [UInt8] { [UInt8](bytes) }

  @inlinable
  public static func write(_ elements: [UInt8], to parameter: borrowing ValueWriter) throws(ConversionError) {
    try elements.withUnsafeBufferPointer { bytes throws(ConversionError) in
      try parameter.blob(UnsafeRawBufferPointer(bytes))
    }
  }
}

/// Little-endian float32, one after another.
extension Float: SQLiteBlobElement {
  public static func elements(of bytes: UnsafeRawBufferPointer) throws(ConversionError) -> [Float] {
    guard bytes.count.isMultiple(of: 4) else {
      throw .invalid("a vector of \(bytes.count) bytes is not made of 4-byte floats")
    }
    return (0..<(bytes.count / 4)).map { index in
      Float(bitPattern: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self)))
    }
  }

  public static func write(_ elements: [Float], to parameter: borrowing ValueWriter) throws(ConversionError) {
    let patterns = elements.map(\.bitPattern.littleEndian)
    try patterns.withUnsafeBufferPointer { bytes throws(ConversionError) in
      try parameter.blob(UnsafeRawBufferPointer(bytes))
    }
  }
}

extension Data: SQLiteDecodable, SQLiteEncodable {
  public init(from value: borrowing ValueReader) throws(ConversionError) {
    self = try value.withBlob { bytes throws(ConversionError) in Data(bytes) }
  }

  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) {
    // `Data.withUnsafeBytes` does not pass a typed error on.
    let outcome = withUnsafeBytes { bytes -> Result<Void, ConversionError> in
      do throws(ConversionError) { return .success(try parameter.blob(bytes)) } catch { return .failure(error) }
    }
    try outcome.get()
  }
}
