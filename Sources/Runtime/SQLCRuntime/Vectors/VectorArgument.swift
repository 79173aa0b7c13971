// Vectors as arguments of functions: a blob of float32, or a JSON array of numbers, as sqlite-vec reads them.

import SQLCSQLiteHandle

/// Why an argument is no vector, in sqlite-vec's terms.
struct VectorError: Error, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}

extension FunctionCall {
  /// Lends the vector of one argument to `body`.
  func withVector<T>(_ index: Int, _ body: (FloatBytes) throws -> T) throws -> T {
    let value = argument(index)
    switch StorageClass(rawValue: value.type) ?? .null {
    case .blob:
      let bytes = value.blob
      guard let start = bytes.baseAddress, !bytes.isEmpty else {
        throw VectorError("zero-length vectors are not supported")
      }
      guard bytes.count.isMultiple(of: 4) else {
        throw VectorError("a float32 vector's length in bytes must be divisible by 4, found \(bytes.count)")
      }
      return try body(FloatBytes(start: start, count: bytes.count / 4))
    case .text:
      return try withFloatBytes(of: try floats(inJSON: value.text), body)
    case let other:
      throw VectorError("a vector must be a BLOB (float32) or TEXT (JSON), found \(other)")
    }
  }

  /// Lends the vectors of the first two arguments, of which both have the same dimensions.
  func withVectors<T>(_ body: (FloatBytes, FloatBytes) throws -> T) throws -> T {
    try withVector(0) { left in
      try withVector(1) { right in
        guard left.count == right.count else {
          throw VectorError("vectors of different dimensions: \(left.count) and \(right.count)")
        }
        return try body(left, right)
      }
    }
  }
}

private func withFloatBytes<T>(of floats: [Float], _ body: (FloatBytes) throws -> T) throws -> T {
  try floats.map(\.bitPattern.littleEndian).withUnsafeBytes { bytes in
    guard let start = bytes.baseAddress, !bytes.isEmpty else {
      throw VectorError("zero-length vectors are not supported")
    }
    return try body(FloatBytes(start: start, count: floats.count))
  }
}

/// The numbers of `[1, 2.5, -3e2]`.
private func floats(inJSON text: UnsafeBufferPointer<UInt8>) throws -> [Float] {
  let trimmed = trim(text[...])
  guard trimmed.first == UInt8(ascii: "["), trimmed.last == UInt8(ascii: "]"), trimmed.count > 1 else {
    throw VectorError("a vector's JSON must be an array of numbers")
  }
  let inner = trim(trimmed.dropFirst().dropLast())
  if inner.isEmpty { return [] }
  return try inner.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map { part in
    let part = trim(part)
    // `Float("nan")` and `Float("0x1")` are numbers for Swift and none for JSON.
    let isNumber = part.allSatisfy { (48...57).contains($0) || [43, 45, 46, 69, 101].contains($0) }
    guard isNumber, let number = Float(String(decoding: part, as: UTF8.self)), number.isFinite else {
      throw VectorError("a vector's JSON must be an array of finite numbers")
    }
    return number
  }
}

private func trim(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Slice<UnsafeBufferPointer<UInt8>> {
  let isBlank: (UInt8) -> Bool = { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
  guard let first = bytes.firstIndex(where: { !isBlank($0) }), let last = bytes.lastIndex(where: { !isBlank($0) })
  else { return bytes[bytes.startIndex..<bytes.startIndex] }
  return bytes[first...last]
}
