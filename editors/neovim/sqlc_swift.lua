-- Neovim 0.11 or later: put this file into ~/.config/nvim/lsp/sqlc_swift.lua and say in init.lua
--
--   vim.lsp.enable('sqlc_swift')
--
-- Neovim 0.8 to 0.10: see the article "Editors".
return {
  cmd = { 'sqlc-swift', 'lsp' },
  filetypes = { 'sql', 'yaml' },
  root_markers = { 'sqlc-swift.yaml', 'sqlc-swift.yml', 'sqlc-swift.json' },
  workspace_required = true,
}
