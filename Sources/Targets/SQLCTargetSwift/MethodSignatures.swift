// The heads of the generated methods, for those who show them.

public import SQLCModel

extension SwiftCodeGenerator {
  /// The method of each query by the query's name: `func getAgent(id: Int64) async throws(DatabaseError) -> Agent?`.
  ///
  /// A query that no method can be made of has none.
  public func signatures(_ model: GenerationModel) -> [String: String] {
    let lowering = Lowering(model, options: options, vocabulary: vocabulary)
    var signatures: [String: String] = [:]
    for query in model.queries {
      let lowered = lowering.lower(query)
      guard !lowered.diagnostics.hasErrors else { continue }
      let method = lowering.method(
        lowered.value, head: "func", calling: .asynchronous, call: RunCall(receiver: "database", method: "run"))
      let parameters = method.parameters.map(\.text).joined(separator: ", ")
      signatures[query.name] = "\(method.head.text)(\(parameters)) \(method.effects.text)"
    }
    return signatures
  }
}
