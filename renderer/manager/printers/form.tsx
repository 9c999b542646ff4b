import { Button, Checkbox, Group, Modal, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useIsLost } from '#api/connection.ts';
import { kitchen } from '#api/operations/kitchen.ts';
import { printers } from '#api/operations/printers.ts';
import { ApiProblem } from '#api/problem.ts';
import { useRead } from '#api/queries.ts';
import { Conflict } from '#ui/conflict.tsx';
import { Trouble } from '#ui/states.tsx';
import type { Printer } from './printers.rules.ts';
import { texts } from './printers.texts.ts';
import { type Fields, usePrinterForm } from './use-printer-form.ts';

const words = texts.form;

export const newPrinter: Fields = {
  name: '',
  address: '',
  model: 'generic-escpos-80',
  stations: [],
  is_receipt_printer: false,
};
interface FormProps {
  /** Null: a new one. */
  readonly printer: Printer | null;
  /** What is known of a new one, from the search. */
  readonly begun: Fields;
  readonly close: () => void;
  readonly onSaved: (printerId: string) => void;
}

/**
 * A printer's name, address, model and what it prints. What is typed survives a reload; what somebody else changes
 * meanwhile stands beside its field; saving can be undone.
 */
export function PrinterForm({ printer, begun, close, onSaved }: FormProps) {
  const [tried, setTried] = useState(false);
  const models = useRead(printers.models, {});
  const stations = useRead(kitchen.stations, {});
  const lost = useIsLost();
  const { fields, set, tick, conflicts, decide, act, save } = usePrinterForm(printer, begun, onSaved);
  const refused = act.problem instanceof ApiProblem ? act.problem.fields : {};
  // Who was a moment faster stands beside the field.
  const isOvertaken = act.problem instanceof ApiProblem && act.problem.code === 'VERSION_CONFLICT';
  const isBeside = isOvertaken || ['name', 'address', 'model'].some((name) => refused[name] !== undefined);
  const modelName = (id: string): string => models.data?.find((one) => one.id === id)?.name ?? id;
  const stationNames = (ids: readonly string[]): string =>
    (stations.data ?? []).flatMap(({ id, name }) => (ids.includes(id) ? [name] : [])).join(', ') || words.nothing;
  const inWords: Readonly<Record<keyof Fields, (of: Fields) => string>> = {
    name: (of) => of.name,
    address: (of) => of.address,
    model: (of) => modelName(of.model),
    stations: (of) => stationNames(of.stations),
    is_receipt_printer: (of) => (of.is_receipt_printer ? words.on : words.off),
  };
  const conflict = (field: keyof Fields, label: string) =>
    printer !== null &&
    conflicts.includes(field) && (
      <Conflict
        label={label}
        by={null}
        theirs={inWords[field](printer)}
        mine={inWords[field](fields)}
        decide={(keep) => decide(field, keep)}
      />
    );

  return (
    <Modal opened onClose={close} title={printer === null ? words.add : words.edit(printer.name)}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (fields.name.trim() !== '' && fields.address.trim() !== '' && conflicts.length === 0) void save();
        }}
      >
        <TextInput
          label={words.name}
          description={words.nameHint}
          maxLength={60}
          data-autofocus
          value={fields.name}
          error={refused['name'] ?? (tried && fields.name.trim() === '' ? words.needed : undefined)}
          onChange={({ currentTarget }) => set({ name: currentTarget.value })}
        />
        {conflict('name', words.name)}
        <TextInput
          label={words.address}
          description={words.addressHint}
          maxLength={200}
          spellCheck={false}
          value={fields.address}
          error={refused['address'] ?? (tried && fields.address.trim() === '' ? words.needed : undefined)}
          onChange={({ currentTarget }) => set({ address: currentTarget.value })}
        />
        {conflict('address', words.address)}
        <NativeSelect
          label={words.model}
          value={fields.model}
          error={refused['model']}
          data={(models.data ?? [{ id: fields.model, name: fields.model }]).map(({ id, name }) => ({
            value: id,
            label: name,
          }))}
          onChange={({ currentTarget }) => set({ model: currentTarget.value })}
        />
        {conflict('model', words.model)}
        <fieldset className="printer-places">
          <legend>{words.stations}</legend>
          {stations.data?.some(({ active }) => active) === false && <p className="soft">{words.noStations}</p>}
          {(stations.data ?? [])
            .filter(({ active, id }) => active || fields.stations.includes(id))
            .map(({ id, name }) => (
              <Checkbox
                key={id}
                label={name}
                checked={fields.stations.includes(id)}
                onChange={({ currentTarget }) => tick(id, currentTarget.checked)}
              />
            ))}
        </fieldset>
        {conflict('stations', words.stations)}
        <Checkbox
          label={words.receipt}
          checked={fields.is_receipt_printer}
          onChange={({ currentTarget }) => set({ is_receipt_printer: currentTarget.checked })}
        />
        {conflict('is_receipt_printer', words.receipt)}
        {act.problem !== null && !isBeside && <Trouble problem={act.problem} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {texts.cancel}
          </Button>
          <Button type="submit" loading={act.busy} disabled={lost || conflicts.length > 0}>
            {printer === null ? words.saveNew : words.save}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
