-- A session of a person with the language server, in Neovim 0.7 or later. Ends Neovim with 0 when all is as it should be.
local function fail(text)
  io.stderr:write('not as it should be: ' .. text .. '\n')
  vim.cmd('cquit 1')
end

local function run()
  local project = vim.env.SQLC_PROJECT
  local file = project .. '/queries/books.sql'
  local command = vim.fn.readfile(vim.env.SQLC_SERVER)
  vim.cmd('edit ' .. file)
  local buffer = vim.api.nvim_get_current_buf()
  local client_id = vim.lsp.start_client({ name = 'sqlc-swift', cmd = command, root_dir = project })
  if not client_id then return fail('the server does not start') end
  vim.lsp.buf_attach_client(buffer, client_id)
  local function wait(what, condition)
    if not vim.wait(30000, condition, 20) then error(what .. ' did not come', 0) end
  end
  local client = vim.lsp.get_client_by_id(client_id)
  wait('initialize', function() return client.initialized end)

  local function ask(method, line, character, more)
    local params = { textDocument = { uri = vim.uri_from_fname(file) }, position = { line = line, character = character } }
    for key, value in pairs(more or {}) do params[key] = value end
    local answer = vim.lsp.buf_request_sync(buffer, method, params, 30000)
    answer = answer and answer[client_id]
    if not answer then error(method .. ' is not answered', 0) end
    if answer.error then error(method .. ': ' .. answer.error.message, 0) end
    return answer.result
  end
  local function diagnostics() return vim.diagnostic.get(buffer) end
  local function check(what, condition) if not condition then error(what, 0) end end

  local hover = ask('textDocument/hover', 1, 10)
  check('the hover tells the rows', hover.contents.value:find('At most one row', 1, true))
  check('the hover tells the method', hover.contents.value:find('func getBook(id: Int64)', 1, true))
  local definition = ask('textDocument/definition', 3, 6)
  check('the definition is in the schema', definition[1].uri:find('schema/tables.sql', 1, true))

  -- An unfinished condition.
  vim.api.nvim_buf_set_lines(buffer, 5, 6, true, { 'WHERE b.' })
  wait('a diagnostic', function() return #diagnostics() > 0 end)
  local completion = ask('textDocument/completion', 5, 8)
  local labels = {}
  for _, item in ipairs(completion.items) do labels[item.label] = true end
  check('the columns of the book are completed', labels.title and labels.author_id and not labels.born)
  vim.api.nvim_buf_set_lines(buffer, 5, 6, true, { 'WHERE b.title = "x" AND b.id = @id;' })
  wait('the string in double quotes', function()
    local found = diagnostics()[1]
    return found and found.code == 'binder/double-quoted-string'
  end)
  local place = { line = 5, character = 17 }
  local actions = ask('textDocument/codeAction', 5, 17, { range = { start = place, ['end'] = place }, context = { diagnostics = {} } })
  check('there is a fix', #actions > 0)
  vim.lsp.util.apply_workspace_edit(actions[1].edit, client.offset_encoding)
  check('the fix writes a string', vim.api.nvim_buf_get_lines(buffer, 5, 6, true)[1] == "WHERE b.title = 'x' AND b.id = @id;")
  wait('the end of the diagnostics', function() return #diagnostics() == 0 end)

  local rename = ask('textDocument/rename', 3, 14, { newName = 'volume' })
  vim.lsp.util.apply_workspace_edit(rename, client.offset_encoding)
  check('the alias is renamed', vim.api.nvim_buf_get_lines(buffer, 3, 4, true)[1] == 'FROM books AS volume')
  check('its uses are renamed', vim.api.nvim_buf_get_lines(buffer, 5, 6, true)[1] == "WHERE volume.title = 'x' AND volume.id = @id;")

  -- What was typed carelessly is laid out.
  vim.api.nvim_buf_set_lines(buffer, 5, 6, true, { "where volume.title='x'   and volume.id=@id;" })
  wait('the text with the careless line', function() return #ask('textDocument/documentSymbol', 0, 0) == 4 end)
  local options = { tabSize = 8, insertSpaces = false }
  local edits = ask('textDocument/formatting', 0, 0, { options = options })
  check('there is something to lay out', #edits > 0)
  vim.lsp.util.apply_text_edits(edits, buffer, client.offset_encoding)
  local text = table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, true), '\n')
  check('the query is laid out', text:find("WHERE volume.title = 'x' AND volume.id = @id;", 1, true))
  check('nothing is left to lay out', #ask('textDocument/formatting', 0, 0, { options = options }) == 0)
  check('symbols', #ask('textDocument/documentSymbol', 0, 0) == 4)
  client.stop()
  wait('the end', function() return client.is_stopped() end)
end

local ok, message = pcall(run)
if not ok then fail(message) else
  io.stderr:write('Neovim was answered as it should be\n')
  vim.cmd('qall!')
end
