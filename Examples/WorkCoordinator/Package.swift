// swift-tools-version: 6.2
import PackageDescription

// Agents that share work through one PostgreSQL database. `WorkStore` is generated (`swift package sqlc-generate`) and committed.
let package = Package(
  name: "WorkCoordinator",
  platforms: [.macOS(.v15)],
  dependencies: [
    // Elsewhere: .package(url: "…/sqlc-swift", from: "…")
    .package(name: "sqlc-swift", path: "../..")
  ],
  targets: [
    .target(
      name: "WorkStore", dependencies: [.product(name: "SQLCPostgres", package: "sqlc-swift")], swiftSettings: strict),
    .target(
      name: "WorkCoordinator", dependencies: ["WorkStore", .product(name: "SQLCPostgres", package: "sqlc-swift")],
      swiftSettings: strict),
    .executableTarget(
      name: "work-coordinator",
      dependencies: ["WorkCoordinator", "WorkStore", .product(name: "SQLCPostgres", package: "sqlc-swift")],
      swiftSettings: strict),
    .testTarget(
      name: "WorkCoordinatorTests",
      dependencies: ["WorkCoordinator", "WorkStore", .product(name: "SQLCPostgres", package: "sqlc-swift")],
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)

var strict: [SwiftSetting] {
  [.enableUpcomingFeature("InternalImportsByDefault"), .enableUpcomingFeature("MemberImportVisibility")]
}
