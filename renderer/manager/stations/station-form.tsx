import { Button, Checkbox, Group, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { z } from 'zod';
import { useAct } from '#api/actions.ts';
import { change } from '#api/client.ts';
import { useIsLost } from '#api/connection.ts';
import { useDraft } from '#api/drafts.ts';
import { kitchen } from '#api/operations/kitchen.ts';
import { menu } from '#api/operations/menu.ts';
import { printers } from '#api/operations/printers.ts';
import { ApiProblem } from '#api/problem.ts';
import { useRead, useRefresh } from '#api/queries.ts';
import type { StationDto } from '#contract/kitchen.ts';
import { Trouble } from '#ui/states.tsx';
import { say } from '../frame/say.tsx';
import { texts } from './stations.texts.ts';
import './stations.css';

export type Station = z.output<typeof StationDto>;

interface StationFormProps {
  /** Null: a new one. */
  readonly station: Station | null;
  readonly close: () => void;
  readonly onSaved?: (stationId: string) => void;
}

const fieldsOf = ({ name, printers: own }: Station) => ({ name, printers: own.map(({ id }) => id) });

/** Where dishes are made: its name, the printers its tickets come out of, and whether it is in use. */
export function StationForm({ station, close, onSaved }: StationFormProps) {
  const before = station === null ? { name: '', printers: [] as string[] } : fieldsOf(station);
  const draft = useDraft(station === null ? 'stations.add' : `stations.edit.${station.id}`, before);
  const [tried, setTried] = useState(false);
  const all = useRead(printers.list, {});
  const dishes = useRead(menu.products, { query: { include_inactive: 'true' } }, { wanted: station !== null });
  const act = useAct();
  const lost = useIsLost();
  const refresh = useRefresh();
  const { value } = draft;
  const refused = act.problem instanceof ApiProblem ? act.problem.fields : {};
  const here = (dishes.data ?? []).filter(
    ({ active, effective_station_ids: at }) => active && station !== null && at.includes(station.id),
  );
  const set = (part: Partial<typeof value>): void => {
    act.clear();
    draft.set({ ...value, ...part });
  };

  async function send(title: string, body: Partial<typeof value> & { active?: boolean }, undoTo: typeof body) {
    let id = station?.id ?? '';
    const done = await act.run({
      title,
      async run(key) {
        if (station !== null) return change(kitchen.changeStation, { params: { station_id: id }, body }, { key });
        const answer = await change(kitchen.addStation, { body: { name: '', ...body } }, { key });
        id = answer.data.id;
        return answer;
      },
      undo: () => change(kitchen.changeStation, { params: { station_id: id }, body: undoTo }),
    });
    if (!done) return;
    draft.clear();
    for (const one of [kitchen.stations, printers.list]) refresh(one);
    say(title, true);
    close();
    onSaved?.(id);
  }
  async function save(): Promise<void> {
    setTried(true);
    const name = value.name.trim();
    if (name === '') return;
    const title = station === null ? texts.added(name) : texts.changed(name);
    await send(title, { ...value, name }, station === null ? { active: false } : before);
  }
  return (
    <Modal opened onClose={close} title={station === null ? texts.add : texts.edit(station.name)}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          event.stopPropagation();
          void save();
        }}
      >
        <TextInput
          label={texts.name}
          description={texts.nameHint}
          maxLength={40}
          data-autofocus
          value={value.name}
          error={refused['name'] ?? (tried && value.name.trim() === '' ? texts.needed : undefined)}
          onChange={({ currentTarget }) => set({ name: currentTarget.value })}
        />
        <fieldset className="station-printers">
          <legend>{texts.printers}</legend>
          {(all.data ?? []).map(({ id, name }) => (
            <Checkbox
              key={id}
              label={name}
              checked={value.printers.includes(id)}
              onChange={({ currentTarget }) =>
                set({
                  printers: currentTarget.checked
                    ? [...value.printers, id]
                    : value.printers.filter((other) => other !== id),
                })
              }
            />
          ))}
          <p className="soft">{all.data?.length === 0 ? texts.noPrinters : texts.printersHint}</p>
        </fieldset>
        {here.length > 0 && (
          <p className="soft">
            {texts.dishes(here.length)} {texts.dishesStay}
          </p>
        )}
        {act.problem !== null && refused['name'] === undefined && <Trouble problem={act.problem} />}
        <Group justify="flex-end">
          {station !== null && (
            <Button
              className="station-retire"
              variant="default"
              color="bad"
              disabled={lost || act.busy}
              onClick={() => void send(texts.retired(station.name), { active: false }, { active: true })}
            >
              {texts.retire}
            </Button>
          )}
          <Button variant="default" onClick={close}>
            {texts.cancel}
          </Button>
          <Button type="submit" loading={act.busy} disabled={lost}>
            {station === null ? texts.saveNew : texts.save}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
