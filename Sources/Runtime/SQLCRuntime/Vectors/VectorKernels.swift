// Arithmetic over float32 vectors where they lie, sixteen numbers at a time.

/// A vector in a blob: little-endian float32, at any address.
struct FloatBytes {
  let start: UnsafeRawPointer
  let count: Int

  @inline(__always)
  subscript(index: Int) -> Float {
    Float(bitPattern: UInt32(littleEndian: start.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self)))
  }

  #if _endian(little)
    @inline(__always)
    func lanes(from index: Int) -> SIMD16<Float> {
      start.loadUnaligned(fromByteOffset: index * 4, as: SIMD16<Float>.self)
    }
  #else
    func lanes(from index: Int) -> SIMD16<Float> {
      var lanes = SIMD16<Float>()
      for lane in 0..<16 { lanes[lane] = self[index + lane] }
      return lanes
    }
  #endif
}

/// The sum over both vectors of `lanes`, and of `single` for what does not fill sixteen lanes.
///
/// Two sums take turns, so that an addition need not wait for the one before.
@inline(__always)
private func sum(
  _ left: FloatBytes, _ right: FloatBytes, lanes: (SIMD16<Float>, SIMD16<Float>) -> SIMD16<Float>,
  single: (Float, Float) -> Float
) -> Float {
  var even = SIMD16<Float>.zero
  var odd = SIMD16<Float>.zero
  var index = 0
  while index + 32 <= left.count {
    even += lanes(left.lanes(from: index), right.lanes(from: index))
    odd += lanes(left.lanes(from: index + 16), right.lanes(from: index + 16))
    index += 32
  }
  if index + 16 <= left.count {
    even += lanes(left.lanes(from: index), right.lanes(from: index))
    index += 16
  }
  var total = (even + odd).sum()
  while index < left.count {
    total += single(left[index], right[index])
    index += 1
  }
  return total
}

/// Both have the same count, in each of these.
func dotProduct(_ left: FloatBytes, _ right: FloatBytes) -> Float {
  sum(left, right) {
    $0 * $1
  } single: {
    $0 * $1
  }
}

func euclideanDistance(_ left: FloatBytes, _ right: FloatBytes) -> Float {
  sum(left, right) { left, right in
    let difference = left - right
    return difference * difference
  } single: {
    ($0 - $1) * ($0 - $1)
  }.squareRoot()
}

/// Summed as Double, as sqlite-vec does.
func manhattanDistance(_ left: FloatBytes, _ right: FloatBytes) -> Double {
  var total = 0.0
  for index in 0..<left.count { total += abs(Double(left[index]) - Double(right[index])) }
  return total
}

/// 0 for the same direction, 1 for a right angle, 2 for opposite ones; NaN when a vector has no direction.
func cosineDistance(_ left: FloatBytes, _ right: FloatBytes) -> Double {
  // Three passes over what the first one brought into the cache cost less than one pass with all six sums in registers.
  let product = Double(dotProduct(left, right))
  // One root of the product: so the distance from a vector to itself is 0 and not almost 0.
  return 1 - product / (Double(dotProduct(left, left)) * Double(dotProduct(right, right))).squareRoot()
}
