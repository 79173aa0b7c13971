// swift-tools-version: 6.2
import PackageDescription

// The runtime as Apple's systems have it: with what their SQLite leaves out left out here, too. To be built with
// `SQLC_SWIFT_SQLITE=apple`, which changes how the whole package is built, and so in a folder of its own.
let package = Package(
  name: "AppleSQLite",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "sqlc-swift", path: "../..")],
  targets: [
    .executableTarget(
      name: "apple-sqlite", dependencies: [.product(name: "SQLCRuntime", package: "sqlc-swift")])
  ],
  swiftLanguageModes: [.v6])
