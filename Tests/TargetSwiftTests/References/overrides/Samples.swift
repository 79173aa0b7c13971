// Values of this case's own types, for the program that calls everything.
import SQLCRuntime

nonisolated extension Spec: Sampled { static var sample: Spec { Spec(name: "sample") } }
nonisolated extension Money: Sampled {
  static var sample: Money { Money(cents: 1250) }
  init(cents: Int64) { self.cents = cents }
}
