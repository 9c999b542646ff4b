import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '#api/actions.ts';
import { change } from '#api/client.ts';
import { useIsLost } from '#api/connection.ts';
import { kitchen } from '#api/operations/kitchen.ts';
import { printers } from '#api/operations/printers.ts';
import { ApiProblem } from '#api/problem.ts';
import { useRead, useRefresh } from '#api/queries.ts';
import { Trouble } from '#ui/states.tsx';
import { newPrinter } from '../printers/form.tsx';
import type { Printer } from '../printers/printers.rules.ts';
import { texts as ofPrinters } from '../printers/printers.texts.ts';
import { texts } from './setup.texts.ts';

const words = texts.printers;
const jobs = ['receipts', 'kitchen', 'both'] as const;
type Job = (typeof jobs)[number];

interface PrinterJobProps {
  readonly found: { readonly address: string; readonly name: string };
  readonly others: readonly Printer[];
  /** Hears which printer was added; null for none. */
  readonly close: (added: string | null) => void;
}

/** A printer's name and its job. Kitchen tickets need a kitchen: where there is no station yet, one is made. */
export function PrinterJob({ found, others, close }: PrinterJobProps) {
  const hasReceipts = others.some(({ is_receipt_printer }) => is_receipt_printer);
  const [job, setJob] = useState<Job>(hasReceipts ? 'kitchen' : 'receipts');
  const [typed, setTyped] = useState<string | null>(null);
  const [address, setAddress] = useState(found.address);
  const stations = useRead(kitchen.stations, {});
  const act = useAct();
  const lost = useIsLost();
  const refresh = useRefresh();
  const name = typed ?? freeName(words.nameFor[job], others);
  const refused = act.problem instanceof ApiProblem ? act.problem.fields : {};
  // The same printer set up twice, or two that nobody can tell apart.
  const called = others.find((one) => one.name.toLowerCase() === name.trim().toLowerCase());
  const there = others.find((one) => one.address === address.trim() || one.address === placeOf(address));
  const nameTaken = called === undefined ? undefined : words.nameTaken;
  const placeTaken = there === undefined ? undefined : words.placeTaken(there.name);
  const isWhole = name.trim() !== '' && address.trim() !== '' && called === undefined && there === undefined;
  const isBeside = refused['name'] !== undefined || refused['address'] !== undefined;

  async function kitchens(): Promise<string[]> {
    const active = (stations.data ?? []).filter((station) => station.active).map(({ id }) => id);
    if (active.length > 0) return active;
    const { data } = await change(kitchen.addStation, { body: { name: words.station } });
    return [data.id];
  }
  async function add(): Promise<void> {
    let id = '';
    const done = await act.run({
      title: ofPrinters.added(name.trim()),
      async run(key) {
        const body = {
          ...newPrinter,
          name: name.trim(),
          address: address.trim(),
          stations: job === 'receipts' ? [] : await kitchens(),
          is_receipt_printer: job !== 'kitchen',
        };
        id = (await change(printers.add, { body }, { key })).data.id;
      },
      undo: () => change(printers.remove, { params: { printer_id: id } }),
    });
    refresh(printers.list);
    refresh(kitchen.stations);
    if (done) close(id);
  }
  return (
    <form
      className="setup-job"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      {found.address === '' ? (
        <TextInput
          label={ofPrinters.form.address}
          description={ofPrinters.form.addressHint}
          maxLength={200}
          spellCheck={false}
          autoFocus
          value={address}
          error={refused['address'] ?? placeTaken}
          onChange={({ currentTarget }) => setAddress(currentTarget.value)}
        />
      ) : (
        <p>
          {found.name === '' ? words.unnamed : found.name} <span className="soft figure">{address}</span>
        </p>
      )}
      <fieldset className="setup-choices setup-row">
        <legend>{words.job}</legend>
        {jobs.map((one) => (
          <label key={one} className="setup-choice">
            <input type="radio" name="job" checked={job === one} onChange={() => setJob(one)} />
            <span className="setup-choice-name">{words.jobs[one]}</span>
          </label>
        ))}
      </fieldset>
      <TextInput
        label={ofPrinters.form.name}
        maxLength={60}
        value={name}
        error={refused['name'] ?? nameTaken}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      {act.problem !== null && !isBeside && <Trouble problem={act.problem} />}
      <div className="setup-actions">
        <Button variant="default" onClick={() => close(null)}>
          {ofPrinters.cancel}
        </Button>
        <Button type="submit" loading={act.busy} disabled={lost || stations.data === undefined || !isWhole}>
          {ofPrinters.form.saveNew}
        </Button>
      </div>
    </form>
  );
}

/** A host alone, as the server completes it. */
const placeOf = (typed: string): string =>
  `tcp://${typed.trim().toLowerCase()}${/:\d+$/.test(typed.trim()) ? '' : ':9100'}`;

/** Till, Till 2, Till 3: the first that no printer is called. */
function freeName(wanted: string, others: readonly Printer[]): string {
  const taken = new Set(others.map(({ name }) => name.toLowerCase()));
  let name = wanted;
  for (let nth = 2; taken.has(name.toLowerCase()); nth += 1) name = `${wanted} ${nth}`;
  return name;
}
