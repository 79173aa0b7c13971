-- name: BooksWithAuthors :many
SELECT sqlc.embed(books), sqlc.embed(authors) FROM books JOIN authors ON authors.id = books.author_id;

-- name: BooksWithMaybeAuthors :many
SELECT sqlc.embed(b), sqlc.embed(a), length(b.title) AS size
FROM books b LEFT JOIN authors a ON a.id = b.author_id;

-- name: OnlyBook :one
SELECT sqlc.embed(books) FROM books WHERE id = ?;

-- name: BooksWithCounts :many
WITH counts AS (SELECT author_id, count(*) AS books FROM books GROUP BY author_id)
SELECT sqlc.embed(books), sqlc.embed(counts) FROM books JOIN counts ON counts.author_id = books.author_id;
