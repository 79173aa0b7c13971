// Chance that can be repeated: the same seed makes the same data on every machine.

/// SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators"): small, and the same everywhere.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// True that often in a hundred.
  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }

  /// One of them. Callers pass what is never empty; an empty choice is nil.
  mutating func pick<Choices: RandomAccessCollection>(_ choices: Choices) -> Choices.Element? {
    choices.randomElement(using: &self)
  }
}
