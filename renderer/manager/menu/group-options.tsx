import { ActionIcon, Checkbox, NativeSelect, Switch, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react';
import { useAct } from '#api/actions.ts';
import { change } from '#api/client.ts';
import { useIsLost } from '#api/connection.ts';
import { menu } from '#api/operations/menu.ts';
import { say } from '../frame/say.tsx';
import type { Group } from './dishes.tsx';
import type { OptionDraft } from './group.rules.ts';
import { texts } from './menu.texts.ts';
import { OptionAllergens } from './option-allergens.tsx';

const words = texts.choices;

interface GroupOptionsProps {
  readonly options: readonly OptionDraft[];
  /** As the server has it: what can be had tonight counts at once. Null for a group that is new. */
  readonly group: Group | null;
  readonly groups: readonly Group[];
  readonly mistake: (field: string) => string | undefined;
  readonly set: (options: readonly OptionDraft[]) => void;
}

/** The options of a group in their order, each on a line. */
export function GroupOptions({ options, group, groups, mistake, set }: GroupOptionsProps) {
  const alter = (at: number, part: Partial<OptionDraft>): void =>
    set(options.map((option, nth) => (nth === at ? { ...option, ...part } : option)));
  const swap = (at: number, to: number): void => {
    const next = [...options];
    [next[at], next[to]] = [next[to]!, next[at]!];
    set(next);
  };
  const icon = { variant: 'subtle', size: 28 } as const;
  const inner = groups.filter(({ id, kind, active }) => id !== group?.id && kind !== 'size' && active);
  return (
    <div className="grid-frame">
      <table className="options" aria-label={words.options}>
        <thead>
          <tr>
            <th scope="col">{words.columns.name}</th>
            <th scope="col">{words.columns.price}</th>
            <th scope="col">{words.columns.default}</th>
            <th scope="col">{words.columns.most}</th>
            <th scope="col">{words.columns.opens}</th>
            <th scope="col">{words.columns.allergens}</th>
            <th scope="col">{words.columns.tonight}</th>
            <th scope="col">{words.columns.order}</th>
          </tr>
        </thead>
        <tbody>
          {options.map((option, at) => {
            const name = option.name === '' ? words.newOption : option.name;
            const label = (field: keyof typeof words.columns): string => words.of(words.columns[field], name);
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: a new option has nothing else to be told by
              <tr key={`${option.id}.${at}`}>
                <td>
                  <TextInput
                    aria-label={label('name')}
                    value={option.name}
                    maxLength={80}
                    error={mistake(`options.${at}.name`)}
                    onChange={(event) => alter(at, { name: event.currentTarget.value })}
                  />
                </td>
                <td>
                  <TextInput
                    aria-label={label('price')}
                    className="option-price"
                    inputMode="decimal"
                    value={option.price}
                    error={mistake(`options.${at}.price`)}
                    onChange={(event) => alter(at, { price: event.currentTarget.value })}
                  />
                </td>
                <td>
                  <Checkbox
                    aria-label={label('default')}
                    checked={option.isDefault}
                    onChange={(event) => alter(at, { isDefault: event.currentTarget.checked })}
                  />
                </td>
                <td>
                  <TextInput
                    aria-label={label('most')}
                    className="option-most"
                    inputMode="numeric"
                    maxLength={2}
                    value={option.most}
                    error={mistake(`options.${at}.max_quantity`)}
                    onChange={(event) => alter(at, { most: event.currentTarget.value })}
                  />
                </td>
                <td>
                  <NativeSelect
                    aria-label={label('opens')}
                    value={option.opens}
                    error={mistake(`options.${at}.nested_group_id`)}
                    data={[
                      { value: '', label: words.opensNothing },
                      ...inner.map(({ id, name: other }) => ({ value: id, label: other })),
                    ]}
                    onChange={(event) => alter(at, { opens: event.currentTarget.value })}
                  />
                </td>
                <td>
                  <OptionAllergens
                    label={label('allergens')}
                    chosen={option.allergens}
                    set={(chosen) => alter(at, { allergens: chosen })}
                  />
                </td>
                <td>
                  <Tonight option={group?.options.find(({ id }) => id === option.id)} />
                </td>
                <td className="option-order">
                  <ActionIcon
                    {...icon}
                    aria-label={words.up(name)}
                    disabled={at === 0}
                    onClick={() => swap(at, at - 1)}
                  >
                    <IconArrowUp size={16} stroke={1.75} />
                  </ActionIcon>
                  <ActionIcon
                    {...icon}
                    aria-label={words.down(name)}
                    disabled={at === options.length - 1}
                    onClick={() => swap(at, at + 1)}
                  >
                    <IconArrowDown size={16} stroke={1.75} />
                  </ActionIcon>
                  <ActionIcon
                    {...icon}
                    aria-label={words.remove(name)}
                    onClick={() => set(options.filter((_, nth) => nth !== at))}
                  >
                    <IconX size={16} stroke={1.75} />
                  </ActionIcon>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {mistake('options') !== undefined && (
        <p role="alert" className="cell-problem">
          {mistake('options')}
        </p>
      )}
    </div>
  );
}

/** Whether an option can be had; it counts at once, whatever else of the group is not saved. */
function Tonight({ option }: { option: Group['options'][number] | undefined }) {
  const act = useAct();
  const lost = useIsLost();
  if (option === undefined) return null;
  const { id, name, available } = option;
  const set = (to: boolean, key?: string) =>
    change(
      menu.setOptionAvailability,
      { params: { option_id: id }, body: { available: to } },
      key === undefined ? {} : { key },
    );
  async function toggle(): Promise<void> {
    const title = available ? words.optionOff(name) : words.optionOn(name);
    say(title, await act.run({ title, run: (key) => set(!available, key), undo: () => set(available) }));
  }
  return (
    <Switch
      aria-label={words.toggle(name)}
      checked={available}
      disabled={lost || act.busy}
      onChange={() => void toggle()}
    />
  );
}
