-- Which restaurant a claim code was made for, in its owner's words: so that the right sheet goes to the right house.
ALTER TABLE claim_code ADD COLUMN meant_for text;
