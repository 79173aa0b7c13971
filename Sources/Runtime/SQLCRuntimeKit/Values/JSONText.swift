// Codable values as JSON text, and what may be said of text that is none.

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Any encodable value, with sorted keys so that equal values give equal texts.
package func jsonText<T: Encodable>(encoding value: T) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  return String(decoding: try encoder.encode(value), as: UTF8.self)
}

/// The document as a Swift value.
package func decodedJSON<T: Decodable>(_ text: String, as type: T.Type) throws -> T {
  try JSONDecoder().decode(type, from: Data(text.utf8))
}

/// Where in the document, and what kind of error. What a decoder says beyond that may quote the document, and the keys of
/// dictionaries are the document's too.
package func jsonFault(_ error: any Error, decoding type: Any.Type) -> String {
  guard let error = error as? DecodingError else { return "the JSON is no \(type)" }
  let (context, problem): (DecodingError.Context, String) =
    switch error {
    case .typeMismatch(let type, let context): (context, "no \(type)")
    case .valueNotFound(let type, let context): (context, "null instead of \(type)")
    case .dataCorrupted(let context): (context, "not what is wanted")
    case .keyNotFound(let key, let context): (context, "'\(key.stringValue)' is missing")
    @unknown default: (.init(codingPath: [], debugDescription: ""), "not what is wanted")
    }
  var path = "$"
  for key in context.codingPath {
    if let index = key.intValue {
      path += "[\(index)]"
    } else {
      // The keys of a type are cases of its own; of a dictionary, the document says them.
      path += Mirror(reflecting: key).displayStyle == .enum ? ".\(key.stringValue)" : ".…"
    }
  }
  return "the JSON is no \(type): \(problem) at \(path)"
}
