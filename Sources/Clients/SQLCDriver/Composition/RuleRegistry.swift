// Every rule of the tool: the one list of the passes that have any.

import SQLCAnalysis
import SQLCConfiguration
public import SQLCDiagnostics
import SQLCEngine
import SQLCEnginePostgreSQL
import SQLCEngineSQLite
import SQLCExercise
import SQLCKeys
import SQLCMacros
import SQLCMigrationCheck
import SQLCMigrations
import SQLCQueryFile
import SQLCSemanticsSQLite
import SQLCSyntaxSQLite
import SQLCTargetSwift
import SQLCTrialPostgreSQL
import SQLCVet

/// What `explain` lists, what the configuration's `rules` may name and what `-- sqlc:ignore` may suppress.
public let ruleRegistry = RuleRegistry([
  ConfigurationRule.self, InputRule.self, QueryFileRule.self, FragmentRule.self, RowListRule.self, VariantsRule.self,
  NestingRule.self,
  BatchRule.self,
  MigrationsRule.self, SyntaxRule.self, CatalogRule.self, SchemaRule.self, BinderRule.self, InferenceRule.self,
  QueryRule.self, SQLiteRule.self, PostgreSQLRule.self, InternalRule.self, KeyRule.self, SwiftRule.self, FaceRule.self,
  OutputRule.self,
  ExerciseRule.self, MigrateRule.self, LockRule.self, RulesRule.self, AnswerFileRule.self, VetProblem.self,
])
