-- name: Long :many
-- A comment that says """ and \( and */ and ends with a backslash \
SELECT id AS "the ""key""", '\' AS backslash, '"""' AS quotes, '"""#' AS more, '\(name)' AS interpolation,
  'zwölf Boxkämpfer 名前 👩‍👩‍👧' AS words, name || '
  three
lines' AS lines  
FROM agents WHERE name LIKE ? ESCAPE '\' AND note <> '#"' AND name <> 'a rather long piece of text number 0' AND
  name <> 'a rather long piece of text number 1' AND
  name <> 'a rather long piece of text number 2' AND
  name <> 'a rather long piece of text number 3' AND
  name <> 'a rather long piece of text number 4' AND
  name <> 'a rather long piece of text number 5' AND
  name <> 'a rather long piece of text number 6' AND
  name <> 'a rather long piece of text number 7' AND
  name <> 'a rather long piece of text number 8' AND
  name <> 'a rather long piece of text number 9' AND
  name <> 'a rather long piece of text number 10' AND
  name <> 'a rather long piece of text number 11' AND
  name <> 'a rather long piece of text number 12' AND
  name <> 'a rather long piece of text number 13' AND
  name <> 'a rather long piece of text number 14' AND
  name <> 'a rather long piece of text number 15' AND
  name <> 'a rather long piece of text number 16' AND
  name <> 'a rather long piece of text number 17' AND
  name <> 'a rather long piece of text number 18' AND
  name <> 'a rather long piece of text number 19' AND
  name <> 'a rather long piece of text number 20' AND
  name <> 'a rather long piece of text number 21' AND
  name <> 'a rather long piece of text number 22' AND
  name <> 'a rather long piece of text number 23' AND
  name <> 'a rather long piece of text number 24' AND
  name <> 'a rather long piece of text number 25' AND
  name <> 'a rather long piece of text number 26' AND
  name <> 'a rather long piece of text number 27' AND
  name <> 'a rather long piece of text number 28' AND
  name <> 'a rather long piece of text number 29' AND
  name <> 'a rather long piece of text number 30' AND
  name <> 'a rather long piece of text number 31' AND
  name <> 'a rather long piece of text number 32' AND
  name <> 'a rather long piece of text number 33' AND
  name <> 'a rather long piece of text number 34' AND
  name <> 'a rather long piece of text number 35' AND
  name <> 'a rather long piece of text number 36' AND
  name <> 'a rather long piece of text number 37' AND
  name <> 'a rather long piece of text number 38' AND
  name <> 'a rather long piece of text number 39';

-- name: Short :one
SELECT '"' || '\n' || '\#(name)' || '"#';
