// A Swift type as generated code writes it, with what it needs around it.

/// A type that is never optional by itself: whether a value can be absent is said where it is used.
struct SwiftType: Sendable, Hashable {
  /// A module to import for the type.
  enum Module: Sendable, Hashable, Comparable {
    case foundation
    case runtime(SwiftCode)
    case named(SwiftCode)

    /// The order of imports in a file.
    static func < (a: Module, b: Module) -> Bool { a.key < b.key }

    private var key: (Int, String) {
      switch self {
      case .foundation: (0, "")
      case .runtime(let name): (1, name.text)
      case .named(let name): (2, name.text)
      }
    }
  }

  /// As it is written: `Int64`, `[Float]`, `AgentSpec`.
  var name: SwiftCode
  var module: Module?
  /// The codec that reads and writes it, when the type's own way is not the stored one.
  var codec: Codec?

  struct Codec: Sendable, Hashable {
    var name: SwiftCode
  }

  init(_ name: SwiftCode, module: Module? = nil, codec: SwiftCode? = nil) {
    self.name = name
    self.module = module
    self.codec = codec.map(Codec.init)
  }

  /// A type within brackets, a tuple or a generic type is followed by `?` as it is; `any P` and `A & B` are not.
  func written(isOptional: Bool) -> SwiftCode {
    guard isOptional else { return name }
    let text = name.text
    let needsParentheses = text.contains(" ") && !text.hasPrefix("[") && !text.hasPrefix("(") && !text.hasSuffix(">")
    return needsParentheses ? "(\(name))?" : "\(name)?"
  }
}
