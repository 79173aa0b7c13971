-- Everything about one book.
-- name: GetBook :one
SELECT b.id, b.title, b.pages, a.name AS author
FROM books AS b
JOIN authors AS a ON a.id = b.author_id
WHERE b.id = @id;

-- name: ListAuthors :many
SELECT * FROM authors WHERE name LIKE @pattern ORDER BY name;

-- name: AddBook :execlastid
INSERT INTO books (author_id, title, pages) VALUES (@author, @title, @pages);

-- name: Longest :many
WITH long AS (SELECT author_id, max(pages) AS most FROM books GROUP BY author_id)
SELECT a.name, long.most FROM long LEFT JOIN authors AS a ON a.id = long.author_id;
