// The words of a face that several engines share, seen from one of them.

import SQLCEngine
import SQLCModel

/// Types are those that all engines have; codecs and what else is the engine's own are those of its runtime.
struct FaceVocabulary: RuntimeVocabulary {
  let own: any RuntimeVocabulary
  /// Of every engine of the face, this one among them: a name that one of them has taken none of them gives.
  let all: [any RuntimeVocabulary]
  /// The struct with the methods, by whose name those of the face's protocols begin.
  let stem: String

  var engine: String { own.engine }
  /// What files of the face import.
  var module: StaticString { "SQLCPortable" }
  var publicTypes: Set<String> {
    all.reduce(into: portableTypeNames) { $0.formUnion($1.publicTypes) }
  }
  /// The types of a face are in another module than the code that says both them and the runtime's.
  var mentionedNames: Set<String> {
    all.reduce(into: publicTypes.union([stem + "Methods", stem + "TransactionProtocol"])) {
      $0.formUnion($1.mentionedNames)
    }
  }
  var enumerationProtocol: StaticString { own.enumerationProtocol }
  var anyValue: StaticString { own.anyValue }
  var placeholders: PlaceholderStyle { own.placeholders }
  var transactions: TransactionStyle { .asynchronous }
  var resultWithoutRowID: StaticString { own.resultWithoutRowID }
  var parameterFacts: ParameterFacts { own.parameterFacts }
  var valueTypes: ValueTypeRules { own.valueTypes }
  var enumerationTypeProtocol: StaticString? { own.enumerationTypeProtocol }
  var typeProperty: StaticString { own.typeProperty }
  var typeReferenceType: StaticString { own.typeReferenceType }
  var sortDirection: StaticString { "PortableDirection" }
  var runsElsewhere: Bool { true }
  func canonicalTypeName(_ name: String) -> String { own.canonicalTypeName(name) }
  func typeNameWithoutLength(_ name: String) -> String { own.typeNameWithoutLength(name) }
  func shownTypeName(_ name: String) -> String { own.shownTypeName(name) }
  /// Structs of composite types are one engine's.
  var compositeProtocol: StaticString? { nil }
  func type(of type: ValueType) -> RuntimeType? { own.portableType(of: type) }
  func reference(to type: ValueType, spelled name: String) -> TypeReference { own.reference(to: type, spelled: name) }
  func codec(for form: StoredForm) -> StaticString? { own.codec(for: form) }
}

/// Every public type of SQLCPortable.
let portableTypeNames: Set<String> = [
  "PortableDay", "PortableDecimal", "PortableDirection", "PortableError", "PortableJSON", "PortableQuery",
  "PortableRecorder", "PortableStub", "PortableTransaction", "SQLCPortable",
]
