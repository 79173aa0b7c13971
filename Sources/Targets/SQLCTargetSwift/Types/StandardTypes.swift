// The Swift type of every type a database value can have, before overrides.

import SQLCEngine
import SQLCModel

extension SwiftType {
  /// What the target knows itself; the runtime's vocabulary has the rest.
  ///
  /// | type | Swift |
  /// |---|---|
  /// | blob | `Data` or `[UInt8]` |
  /// | enumeration | the generated one |
  /// | array | an array |
  /// | domain | what its values are |
  /// | composite | the generated struct |
  /// | range, multirange | the runtime's, over the type of their bounds |
  ///
  /// - Returns: nothing for a type that the runtime does not have.
  static func standard(
    _ type: ValueType, options: SwiftOptions, vocabulary: any RuntimeVocabulary, names: TypeNames
  ) -> Self? {
    func standard(_ type: ValueType) -> Self? {
      .standard(type, options: options, vocabulary: vocabulary, names: names)
    }
    func module(of type: RuntimeType) -> Module? {
      switch type.home {
      case .standardLibrary: nil
      case .foundation: .foundation
      case .runtime: .runtime(SwiftCode(stringLiteral: vocabulary.module))
      }
    }
    func range(_ form: RangeForm, of bound: ValueType) -> Self? {
      guard let type = vocabulary.rangeType(of: form), let bound = standard(bound), bound.codec == nil else {
        return nil
      }
      return Self("\(SwiftCode(stringLiteral: type.name))<\(bound.name)>", module: bound.module ?? module(of: type))
    }
    switch type {
    case .blob:
      switch options.bytesType {
      case .data: return Self("Data", module: .foundation)
      case .array: return Self("[UInt8]")
      }
    case .enumeration(let id):
      // An enumeration that is not generated (opted out) is the text it restricts.
      return Self(names.enumerations[id].map { "\($0)" } ?? "String")
    case .domain(_, let base): return standard(base)
    case .array(let element, let nullability):
      guard let type = standard(element), type.codec == nil else { return nil }
      return Self("[\(type.written(isOptional: nullability == .possible))]", module: type.module)
    case .composite(let name):
      // A table's row type has no struct: `sqlc.embed` is what asks for its columns.
      guard vocabulary.compositeProtocol != nil else { return nil }
      return names.composites[name].map { Self("\($0)") }
    case .range(let bound): return range(.range, of: bound)
    case .multirange(let bound): return range(.multirange, of: bound)
    case .integer, .real, .numeric, .decimal, .text, .boolean, .uuid, .date, .interval, .any, .timestamp, .time, .json,
      .vector, .other:
      guard let type = vocabulary.type(of: type) else { return nil }
      return Self(
        SwiftCode(stringLiteral: type.name), module: module(of: type),
        codec: type.codec.map { SwiftCode(stringLiteral: $0) })
    }
  }

  /// `checkOverrides` says what is no type or module, and which codec the runtime has not; nothing is written then.
  init(_ override: SwiftOverride, _ vocabulary: any RuntimeVocabulary) {
    let name = SwiftCode(type: override.typeName) ?? "Never"
    var codec: SwiftCode?
    if let form = override.codec.form, let known = vocabulary.codec(for: form) {
      codec = SwiftCode(stringLiteral: known)
      if form == .json, let generic = codec { codec = "\(generic)<\(name)>" }
    } else if case .custom(let name) = override.codec {
      codec = SwiftCode(type: name)
    }
    let module: Module? =
      switch override.module {
      case nil, "": nil
      case "Foundation", "FoundationEssentials": .foundation
      case vocabulary.module.description: .runtime(SwiftCode(stringLiteral: vocabulary.module))
      case let name?: SwiftCode(module: name).map(Module.named)
      }
    self.init(name, module: module, codec: codec)
  }
}
