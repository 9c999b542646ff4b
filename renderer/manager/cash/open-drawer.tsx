import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '#api/actions.ts';
import { change } from '#api/client.ts';
import { useIsLost } from '#api/connection.ts';
import { useDraft } from '#api/drafts.ts';
import { cash } from '#api/operations/cash.ts';
import { ApiProblem } from '#api/problem.ts';
import { useRefresh } from '#api/queries.ts';
import { pounds } from '#ui/format.ts';
import { Card } from '#ui/page.tsx';
import { Trouble } from '#ui/states.tsx';
import { poundsIn } from './cash.rules.ts';
import { texts } from './cash.texts.ts';

const words = texts.open;

/** No cash can be taken yet: the float, and the drawer is open. */
export function OpenDrawer() {
  const draft = useDraft('cash.float', '');
  const [tried, setTried] = useState(false);
  const act = useAct();
  const lost = useIsLost();
  const refresh = useRefresh();
  const float = poundsIn(draft.value);
  const refused = act.problem instanceof ApiProblem ? act.problem.fields['opening_float'] : undefined;

  async function open(): Promise<void> {
    setTried(true);
    if (float === null) return;
    const done = await act.run({
      title: words.activity(pounds(float)),
      run: (key) => change(cash.open, { body: { opening_float: float } }, { key }),
    });
    if (!done) return;
    draft.clear();
    refresh(cash.sessions);
  }

  return (
    <Card title={words.title}>
      <p className="soft">{words.why}</p>
      <form
        className="open-drawer"
        onSubmit={(event) => {
          event.preventDefault();
          void open();
        }}
      >
        <TextInput
          label={words.float}
          description={words.floatHint}
          leftSection="£"
          inputMode="decimal"
          autoComplete="off"
          value={draft.value}
          error={refused ?? (tried && float === null ? words.noAmount : undefined)}
          onChange={({ currentTarget }) => draft.set(currentTarget.value)}
        />
        {act.problem !== null && refused === undefined && <Trouble problem={act.problem} />}
        <Button type="submit" loading={act.busy} disabled={lost}>
          {words.go}
        </Button>
      </form>
    </Card>
  );
}
