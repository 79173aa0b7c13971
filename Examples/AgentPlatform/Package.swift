// swift-tools-version: 6.2
import PackageDescription

// A package as a user has it: SQL in schema/ and queries/, the code generated from it in Sources/AgentStore (by
// `swift package sqlc-generate`, committed), and a program on top.
let package = Package(
  name: "AgentPlatform",
  platforms: [.macOS(.v15)],
  dependencies: [
    // Elsewhere: .package(url: "…/sqlc-swift", from: "…")
    .package(name: "sqlc-swift", path: "../..")
  ],
  targets: [
    .target(
      name: "AgentStore", dependencies: [.product(name: "SQLCRuntime", package: "sqlc-swift")],
      swiftSettings: [.enableUpcomingFeature("InternalImportsByDefault")]),
    .target(
      name: "Dashboard", dependencies: ["AgentStore", .product(name: "SQLCRuntime", package: "sqlc-swift")],
      swiftSettings: [.enableUpcomingFeature("InternalImportsByDefault")]),
    .executableTarget(
      name: "agent-platform",
      dependencies: ["AgentStore", "Dashboard", .product(name: "SQLCRuntime", package: "sqlc-swift")]),
    .testTarget(
      name: "DashboardTests",
      dependencies: ["AgentStore", "Dashboard", .product(name: "SQLCRuntime", package: "sqlc-swift")]),
  ],
  swiftLanguageModes: [.v6]
)
