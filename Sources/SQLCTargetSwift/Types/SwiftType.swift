// A Swift type as generated code writes it, with what it needs around it.

/// A type that is never optional by itself: whether a value can be absent is said where it is used.
struct SwiftType: Sendable, Hashable {
  /// A module to import for the type.
  enum Module: Sendable, Hashable, Comparable {
    case foundation, runtime
    case named(String)
  }

  /// As it is written: `Int64`, `[Float]`, `AgentSpec`.
  var name: String
  var module: Module?
  /// The codec that reads and writes it, when the type's own way is not the stored one.
  var codec: Codec?

  struct Codec: Sendable, Hashable {
    var name: String
  }

  init(_ name: String, module: Module? = nil, codec: String? = nil) {
    self.name = name
    self.module = module
    self.codec = codec.map(Codec.init)
  }

  /// A type within brackets, a tuple or a generic type is followed by `?` as it is; `any P` and `A & B` are not.
  func written(isOptional: Bool) -> String {
    guard isOptional else { return name }
    let needsParentheses = name.contains(" ") && !name.hasPrefix("[") && !name.hasPrefix("(") && !name.hasSuffix(">")
    return needsParentheses ? "(\(name))?" : "\(name)?"
  }
}
