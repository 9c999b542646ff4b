import { Button, Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '#api/actions.ts';
import { change } from '#api/client.ts';
import { useIsLost } from '#api/connection.ts';
import { useDraft } from '#api/drafts.ts';
import { ApiProblem } from '#api/problem.ts';
import { useRead, useRefresh } from '#api/queries.ts';
import { useClock } from '#ui/format.ts';
import { Card } from '#ui/page.tsx';
import { Loaded, Trouble } from '#ui/states.tsx';
import { dayName, today } from '../days.ts';
import { useMay } from '../frame/may.ts';
import { commission } from '../operations.ts';
import { bpsOf, rateOf } from './commission.rules.ts';
import { texts } from './commission.texts.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

/** Every rule there ever was, and the way to the next. */
export function Rules({ restaurants }: { restaurants: readonly Named[] }) {
  const may = useMay();
  return (
    <div className="rules">
      <Card title={texts.rules}>
        <p className="soft">{texts.rulesLead}</p>
        <ul className="lines">
          {restaurants.map((one) => (
            <History key={one.id} one={one} />
          ))}
        </ul>
      </Card>
      {may('owner') && <AddRule restaurants={restaurants} />}
    </div>
  );
}

function History({ one }: { one: Named }) {
  const rules = useRead(commission.rules, { params: { id: one.id } });
  const clock = useClock();
  return (
    <li className="rule">
      <span>{one.name}</span>
      <div>
        <Loaded of={rules}>
          {(all) =>
            all.length === 0 ? (
              <span className="soft">{texts.noRules}</span>
            ) : (
              all.toReversed().map(({ from_day, bps, made_at }) => (
                <p key={from_day}>
                  {texts.rule(rateOf(bps), dayName(from_day))}{' '}
                  <span className="soft">{texts.madeAt(clock.short(made_at))}</span>
                </p>
              ))
            )
          }
        </Loaded>
      </div>
    </li>
  );
}

interface NewRule {
  readonly chosen: readonly string[];
  readonly from: string;
  readonly rate: string;
}

/** Why a rule cannot begin on a day; where another one is in the way, with the day from which that one holds. */
function dayRefused({ details, message }: ApiProblem): string {
  const from = details['holds_from'];
  return typeof from === 'string' ? texts.heldFrom(dayName(from)) : message;
}

function AddRule({ restaurants }: { restaurants: readonly Named[] }) {
  const draft = useDraft<NewRule>('console.commission-rule', { chosen: [], from: today(), rate: '' });
  const { from, rate } = draft.value;
  // Who has left meanwhile is nobody that a rule could be for.
  const chosen = draft.value.chosen.filter((id) => restaurants.some((one) => one.id === id));
  const put = (part: Partial<NewRule>) => draft.set({ ...draft.value, ...part });
  const [wrong, setWrong] = useState<{ rate?: string; chosen?: string }>({});
  const act = useAct();
  const refresh = useRefresh();
  const lost = useIsLost();
  const refused = act.problem instanceof ApiProblem ? act.problem : null;
  const aboutDay = refused?.field === 'from_day' ? dayRefused(refused) : undefined;

  async function save(): Promise<void> {
    const bps = bpsOf(rate);
    setWrong({
      ...(bps === null ? { rate: texts.notARate } : {}),
      ...(chosen.length === 0 ? { chosen: texts.nobody } : {}),
    });
    if (bps === null || chosen.length === 0) return;
    const done = await act.run({
      title: texts.saved(rateOf(bps), dayName(from)),
      run: (key) => change(commission.addRule, { body: { restaurants: [...chosen], from_day: from, bps } }, { key }),
    });
    if (!done) return;
    draft.clear();
    refresh(commission.rules);
    refresh(commission.read);
  }
  return (
    <Card title={texts.add}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Checkbox.Group
          label={texts.for}
          value={[...chosen]}
          onChange={(ids) => put({ chosen: ids })}
          error={wrong.chosen}
        >
          <div className="rule-for">
            {restaurants.map(({ id, name }) => (
              <Checkbox key={id} value={id} label={name} />
            ))}
          </div>
        </Checkbox.Group>
        <div className="field-row">
          <TextInput
            type="date"
            label={texts.from}
            required
            withAsterisk={false}
            value={from}
            error={aboutDay}
            onChange={(event) => put({ from: event.currentTarget.value })}
          />
          <TextInput
            label={texts.rate}
            inputMode="decimal"
            value={rate}
            error={wrong.rate}
            onChange={(event) => put({ rate: event.currentTarget.value })}
          />
        </div>
        {act.problem !== null && aboutDay === undefined && <Trouble problem={act.problem} />}
        <div>
          <Button type="submit" loading={act.busy} disabled={lost}>
            {texts.save}
          </Button>
        </div>
      </form>
    </Card>
  );
}
