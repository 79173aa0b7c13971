// swift-tools-version: 6.2
// Measurements, in a package of its own so that users never resolve what it compares with. `./run` builds and runs them.

import PackageDescription

let package = Package(
  name: "Benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "sqlc-swift", path: "..")
  ],
  targets: [
    // Bytes a second of the lexer and the parser, beside sqlite3_prepare_v2 on the same statements.
    .executableTarget(
      name: "SyntaxBenchmarks",
      dependencies: ["BenchmarkSupport", .product(name: "SQLCStages", package: "sqlc-swift")]),
    // A whole `generate`, beside SQLite alone.
    .executableTarget(name: "ProjectBenchmarks", dependencies: ["BenchmarkSupport"]),
    .target(name: "BenchmarkSupport", dependencies: [.product(name: "SQLCStages", package: "sqlc-swift")]),
  ],
  swiftLanguageModes: [.v6]
)
