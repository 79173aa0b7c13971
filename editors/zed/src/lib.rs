//! Starts `sqlc-swift lsp` for SQL files and the configuration.

use zed_extension_api::{self as zed, LanguageServerId, Result};

struct SqlcSwift;

impl zed::Extension for SqlcSwift {
    fn new() -> Self {
        SqlcSwift
    }

    fn language_server_command(
        &mut self,
        _id: &LanguageServerId,
        worktree: &zed::Worktree,
    ) -> Result<zed::Command> {
        let command = worktree
            .which("sqlc-swift")
            .ok_or_else(|| "sqlc-swift is not in PATH".to_string())?;
        Ok(zed::Command {
            command,
            args: vec!["lsp".to_string()],
            env: worktree.shell_env(),
        })
    }
}

zed::register_extension!(SqlcSwift);
