// Swift behind the `CodeGenerator` seam: names settled, declarations made, text written.

public import SQLCDiagnostics
public import SQLCModel

/// Writes Swift for a model.
///
/// | file | what it holds |
/// |---|---|
/// | `Models.swift` | a struct for each table and view, an enumeration for each column that lists its values |
/// | `Queries.swift` | `Queries` and the handle of its transactions |
/// | `QueriesProtocol.swift` | with `emitProtocol`: the protocol and the stub |
/// | `agents.sql.swift` | the queries of `agents.sql`: a struct for each, and its methods |
public struct SwiftCodeGenerator: CodeGenerator {
  /// The first line of every file that this generator writes.
  public static let header = Renderer.marker

  public var options: SwiftOptions

  public init(options: SwiftOptions = SwiftOptions()) {
    self.options = options
  }

  public func generate(_ model: GenerationModel) -> Diagnosed<[GeneratedFile]> {
    let lowering = Lowering(model, options: options)
    var diagnostics = lowering.names.diagnostics + checkOverrides(options.overrides, model)
    var queries: [LoweredQuery] = []
    for query in model.queries {
      let lowered = lowering.lower(query)
      diagnostics += lowered.diagnostics
      queries.append(lowered.value)
    }
    guard !diagnostics.hasErrors else { return Diagnosed([], diagnostics) }
    let files = lowering.files(model, queries)
    return Diagnosed(files.map { GeneratedFile(path: $0.name, text: Renderer.text(of: $0)) }, diagnostics)
  }
}
