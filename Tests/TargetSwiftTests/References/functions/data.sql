INSERT INTO docs (id, title, note, embedding) VALUES
  (1, 'Apfel', NULL, x'0000803f00000000'), (2, 'Birne', 'Zwei Wörter', x'000000000000803f'), (3, 'zebra', '', x'0000803f0000803f');
