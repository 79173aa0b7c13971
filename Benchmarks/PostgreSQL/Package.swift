// swift-tools-version: 6.2
// SQLCPostgres beside C on libpq. It needs libpq's headers and a server; `Benchmarks/run postgres` runs it.

import PackageDescription

let package = Package(
  name: "PostgreSQLBenchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "sqlc-swift", path: "../..")],
  targets: [
    .executableTarget(
      name: "PostgresBenchmarks",
      dependencies: ["PostgresFloor", .product(name: "SQLCPostgres", package: "sqlc-swift")]),
    // What a careful C programmer writes for the same work.
    .target(name: "PostgresFloor", dependencies: ["CLibPQ"]),
    .systemLibrary(
      name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"]), .brew(["libpq"])]),
  ],
  swiftLanguageModes: [.v6]
)
