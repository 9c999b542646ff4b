import { Checkbox, NumberInput, Radio, Select, Switch, Textarea, TextInput } from '@mantine/core';
import { Conflict } from '#ui/conflict.tsx';
import { useClock } from '#ui/format.ts';
import { type Field, inWords } from './fields.ts';
import { texts } from './settings.texts.ts';

export interface Origin {
  readonly changed_at: string;
  readonly changed_by: string | null;
}

interface SettingProps {
  readonly field: Field;
  readonly value: unknown;
  readonly edited: boolean;
  readonly disabled: boolean;
  readonly error: string | null;
  readonly origin: Origin | undefined;
  /** What somebody else has set it to meanwhile. */
  readonly conflict: { readonly theirs: unknown } | null;
  readonly change: (value: unknown) => void;
  readonly decide: (keep: 'mine' | 'theirs') => void;
}

/** One setting: what it is, what it affects, who changed it last, and what stands against saving it. */
export function Setting(props: SettingProps) {
  const { field, value, edited, origin, conflict, decide } = props;
  const clock = useClock();
  // What came with the restaurant was nobody's decision.
  const who = origin?.changed_by ?? null;
  return (
    <div className="setting" data-edited={edited || undefined} id={`setting-${field.name}`}>
      <Control {...props} />
      {who !== null && origin !== undefined && (
        <p className="setting-origin">{texts.lastChanged(texts.changedBy(who, clock.short(origin.changed_at)))}</p>
      )}
      {conflict !== null && (
        <Conflict
          label={texts.fields[field.name].label}
          by={who === null || origin === undefined ? null : { name: who, when: clock.time(origin.changed_at) }}
          theirs={inWords(field, conflict.theirs)}
          mine={inWords(field, value)}
          decide={decide}
        />
      )}
    </div>
  );
}

/** A zone that the browser does not list, because it is older or newer than the setting, stays choosable. */
const zones = (now: string): string[] => [...new Set([now, 'Europe/London', ...Intl.supportedValuesOf('timeZone')])];

function Control({ field, value, disabled, error, change }: SettingProps) {
  const { label, help } = texts.fields[field.name];
  const common = { label, disabled, error, ...(help === '' ? {} : { description: help }) };
  switch (field.kind) {
    case 'text':
      return (
        <TextInput
          {...common}
          type={field.type ?? 'text'}
          autoComplete="off"
          maxLength={field.max}
          value={String(value)}
          onChange={(event) => change(event.currentTarget.value)}
        />
      );
    case 'lines':
      return (
        <Textarea
          {...common}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={field.max}
          value={String(value)}
          onChange={(event) => change(event.currentTarget.value)}
        />
      );
    case 'percent':
      return (
        <NumberInput
          {...common}
          className="setting-short"
          min={0}
          max={field.most}
          decimalScale={2}
          step={0.5}
          suffix=" %"
          hideControls
          value={value === null ? '' : Number(value) / 100}
          onChange={(typed) => change(typed === '' ? null : Math.round(Number(typed) * 100))}
        />
      );
    case 'whole':
      return (
        <NumberInput
          {...common}
          className="setting-short"
          min={field.least}
          max={field.most}
          allowDecimal={false}
          hideControls
          value={value === null ? '' : Number(value)}
          onChange={(typed) => change(typed === '' ? null : Number(typed))}
        />
      );
    case 'time':
      return (
        <TextInput
          {...common}
          className="setting-short"
          type="time"
          value={String(value)}
          onChange={(event) => change(event.currentTarget.value)}
        />
      );
    case 'zone':
      return (
        <Select
          {...common}
          searchable
          allowDeselect={false}
          limit={60}
          data={zones(String(value))}
          value={String(value)}
          onChange={(zone) => zone !== null && change(zone)}
        />
      );
    case 'switch':
      return <Switch {...common} checked={value === true} onChange={(event) => change(event.currentTarget.checked)} />;
    case 'one':
      return (
        <Radio.Group {...common} value={String(value)} onChange={change}>
          <div className="setting-choices">
            {Object.entries(field.of).map(([choice, name]) => (
              <Radio key={choice} value={choice} label={name} disabled={disabled} />
            ))}
          </div>
        </Radio.Group>
      );
    case 'many':
      return (
        <Checkbox.Group {...common} value={value as string[]} onChange={(chosen) => change(inOrder(field.of, chosen))}>
          <div className="setting-choices">
            {Object.entries(field.of).map(([choice, name]) => (
              <Checkbox key={choice} value={choice} label={name} disabled={disabled} />
            ))}
          </div>
        </Checkbox.Group>
      );
  }
}

/** However they were ticked: so that ticking and unticking is no change. */
const inOrder = (all: Readonly<Record<string, string>>, chosen: readonly string[]): string[] =>
  Object.keys(all).filter((one) => chosen.includes(one));
