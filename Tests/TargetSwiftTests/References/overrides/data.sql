INSERT INTO agents (id, spec, other_spec, money, price, created_at, updated_at, raw) VALUES
  ('0B3A5E0E-4B1C-4C2E-9C7D-1F0A2B3C4D5E', '{"name":"scout"}', NULL, 12.5, 1250, '2024-05-06 07:08:09', 1715000000, x'00ff'),
  ('1B3A5E0E-4B1C-4C2E-9C7D-1F0A2B3C4D5E', '{"name":"planner"}', '{"name":"other"}', NULL, 2, '2024-05-06T07:08:09Z', NULL, NULL);
