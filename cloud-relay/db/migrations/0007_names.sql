-- What a restaurant calls itself. `name` is what it is called here: told apart from another one of its owner's.
ALTER TABLE store ADD COLUMN says text NOT NULL DEFAULT '';
UPDATE store SET says = name;
