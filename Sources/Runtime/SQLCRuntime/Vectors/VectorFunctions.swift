// sqlite-vec's functions over float32 vectors, without sqlite-vec: the same names, the same results.

import CSQLite
import SQLCSQLiteHandle

extension SQLFunction {
  /// Distances between vectors, and what shapes them, under sqlite-vec's names (`extensions: [vec]` in `sqlc-swift.yaml`
  /// types queries that use them):
  ///
  /// | function | result |
  /// |---|---|
  /// | `vec_distance_l2(a, b)` | the Euclidean distance |
  /// | `vec_distance_l1(a, b)` | the sum of the differences |
  /// | `vec_distance_cosine(a, b)` | from 0 (same direction) to 2; NULL when a vector is all zeros |
  /// | `vec_length(a)` | how many dimensions |
  /// | `vec_add(a, b)`, `vec_sub(a, b)` | the sum, the difference |
  /// | `vec_normalize(a)` | the same direction, of length 1 |
  /// | `vec_slice(a, start, end)` | the dimensions from `start` up to `end` |
  /// | `vec_f32(a)`, `vec_to_json(a)` | as a blob, as JSON |
  /// | `vec_type(a)`, `vec_version()` | 'float32', and who computes |
  ///
  /// A vector is a blob of little-endian float32 (a `[Float]` in Swift) or a JSON array. NULL, vectors of different
  /// dimensions, empty ones and anything else are errors, as they are in sqlite-vec.
  public static let vectors: [SQLFunction] = [
    distance("vec_distance_l2") { Double(euclideanDistance($0, $1)) },
    distance("vec_distance_l1", manhattanDistance),
    distance("vec_distance_cosine", cosineDistance),
    vector("vec_length", 1) { call in sqlite3_result_int64(call.context, Int64(try call.withVector(0) { $0.count })) },
    vector("vec_add", 2) { call in try call.give(try call.withVectors { a, b in (0..<a.count).map { a[$0] + b[$0] } })
    },
    vector("vec_sub", 2) { call in try call.give(try call.withVectors { a, b in (0..<a.count).map { a[$0] - b[$0] } })
    },
    vector("vec_normalize", 1) { call in
      try call.give(
        try call.withVector(0) { vector in
          let length = dotProduct(vector, vector).squareRoot()
          return (0..<vector.count).map { vector[$0] / length }
        })
    },
    vector("vec_slice", 3) { call in
      let start = try call.argument(1, as: Int.self)
      let end = try call.argument(2, as: Int.self)
      try call.give(
        try call.withVector(0) { vector in
          guard start >= 0, start < end, end <= vector.count else {
            throw VectorError("the vector has not all the dimensions of the slice")
          }
          return (start..<end).map { vector[$0] }
        })
    },
    vector("vec_f32", 1) { call in try call.give(try call.withVector(0) { v in (0..<v.count).map { v[$0] } }) },
    vector("vec_to_json", 1) { call in
      let numbers = try call.withVector(0) { vector in
        try (0..<vector.count).map { index in
          guard vector[index].isFinite else { throw VectorError("JSON has no number that is not finite") }
          return "\(vector[index])"
        }
      }
      try "[\(numbers.joined(separator: ","))]".write(to: ValueWriter(resultOf: call.context))
    },
    vector("vec_type", 1) { call in
      try call.withVector(0) { _ in }
      try "float32".write(to: ValueWriter(resultOf: call.context))
    },
    .scalar("vec_version", options: [.deterministic, .innocuous]) { () in "sqlc-swift" },
  ]

  private static func vector(
    _ name: String, _ count: Int, _ body: @escaping @Sendable (FunctionCall) throws -> Void
  ) -> SQLFunction {
    SQLFunction(name, count, [.deterministic, .innocuous], .scalar(body))
  }

  private static func distance(
    _ name: String, _ measure: @escaping @Sendable (FloatBytes, FloatBytes) -> Double
  ) -> SQLFunction {
    vector(name, 2) { call in
      // SQLite makes NULL of a NaN (c3ref/result_blob.html).
      sqlite3_result_double(call.context, try call.withVectors(measure))
    }
  }
}

extension FunctionCall {
  fileprivate func give(_ vector: [Float]) throws { try vector.write(to: ValueWriter(resultOf: context)) }
}
