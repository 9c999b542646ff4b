import { Menu } from '@mantine/core';
import { IconBuildingStore, IconChevronDown } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useAct } from '#api/actions.ts';
import { change } from '#api/client.ts';
import { useIsLost } from '#api/connection.ts';
import { useRead } from '#api/queries.ts';
import { platform } from '../operations.ts';
import { choose, useChosen } from './chosen.ts';
import { texts } from './switch.texts.ts';

const LOOK_MS = 5_000;
const ALL = '';

/** Which restaurant the console shows: one, or all of them. Kept on this device. */
export function Switcher() {
  const choice = useChosen();
  const act = useAct();
  const lost = useIsLost();
  const { data } = useRead(platform.dashboard, {}, { every: LOOK_MS });
  const all = data?.restaurants ?? [];
  const isGone = data !== undefined && choice !== null && !all.some(({ id }) => id === choice.id);
  useEffect(() => {
    if (isGone) choose(null);
  }, [isGone]);
  if (all.length < 2) return null;

  function show(id: string): void {
    const next = all.find((one) => one.id === id);
    if (next === undefined) {
      choose(null);
      return;
    }
    void act.run({
      title: texts.switched(next.name),
      run: async (key) => {
        const body = { previous_context: choice?.id ?? null };
        const { data: now } = await change(platform.switchTo, { params: { id }, body }, { key });
        choose({ id: now.restaurant_id, name: now.restaurant_name });
      },
    });
  }
  const shown = choice?.name ?? texts.all;
  return (
    <Menu position="bottom-end" width={260} disabled={lost}>
      <Menu.Target>
        <button type="button" className="who" aria-label={texts.label(shown)}>
          <IconBuildingStore size={16} stroke={1.75} aria-hidden="true" />
          {shown}
          <IconChevronDown size={14} stroke={1.75} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
        <Menu.RadioGroup value={choice?.id ?? ALL} onChange={show}>
          <Menu.RadioItem value={ALL} closeMenuOnClick>
            {texts.all}
          </Menu.RadioItem>
          {all
            .toSorted((a, b) => a.name.localeCompare(b.name))
            .map(({ id, name }) => (
              <Menu.RadioItem key={id} value={id} closeMenuOnClick>
                {name}
              </Menu.RadioItem>
            ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
