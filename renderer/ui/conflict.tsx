import { Button } from '@mantine/core';
import { texts } from './conflict.texts.ts';
import './conflict.css';

interface ConflictProps {
  /** Of the field. */
  readonly label: string;
  /** Who changed it and when, as people read it; null where that is not known. */
  readonly by: { readonly name: string; readonly when: string } | null;
  /** Both in words. */
  readonly theirs: string;
  readonly mine: string;
  readonly decide: (keep: 'mine' | 'theirs') => void;
}

/** Stands beside a field that somebody else has changed while this person was editing it. */
export const Conflict = ({ label, by, theirs, mine, decide }: ConflictProps) => (
  <fieldset className="conflict">
    <legend className="unseen">{texts.field(label)}</legend>
    <p className="conflict-title" role="alert">
      {by === null ? texts.bySomebody : texts.by(by.name, by.when)}
    </p>
    <p>{texts.theirs(theirs)}</p>
    <p>{texts.mine(mine)}</p>
    <div className="conflict-row">
      <Button size="xs" variant="default" onClick={() => decide('theirs')}>
        {texts.takeTheirs}
      </Button>
      <Button size="xs" variant="default" onClick={() => decide('mine')}>
        {texts.keepMine}
      </Button>
    </div>
  </fieldset>
);
