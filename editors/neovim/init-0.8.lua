-- Neovim 0.8 to 0.10: to be put into init.lua.
vim.api.nvim_create_autocmd('FileType', {
  pattern = { 'sql', 'yaml' },
  callback = function(event)
    local names = { 'sqlc-swift.yaml', 'sqlc-swift.yml', 'sqlc-swift.json' }
    local found = vim.fs.find(names, { upward = true, path = vim.fs.dirname(vim.api.nvim_buf_get_name(event.buf)) })
    if found[1] then
      vim.lsp.start({ name = 'sqlc-swift', cmd = { 'sqlc-swift', 'lsp' }, root_dir = vim.fs.dirname(found[1]) })
    end
  end,
})
