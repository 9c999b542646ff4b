import { Button, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '#api/actions.ts';
import { change } from '#api/client.ts';
import { useIsLost } from '#api/connection.ts';
import { menu } from '#api/operations/menu.ts';
import { Trouble } from '#ui/states.tsx';
import { asItIs, type Stock } from '../frame/eighty-six.ts';
import { say } from '../frame/say.tsx';
import type { Dish } from './edits.rules.ts';
import { texts } from './menu.texts.ts';

const words = texts.stock;
/** What can be had of a dish tonight: off, on, or so many portions. It passes all drafts by and counts at once. */
export function StockDialog({ dish, close }: { dish: Dish; close: () => void }) {
  const [left, setLeft] = useState(dish.remaining === null || !dish.available ? '' : String(dish.remaining));
  const act = useAct();
  const lost = useIsLost();
  const portions = /^\d{1,4}$/.test(left.trim()) ? Number(left) : null;
  const params = { product_id: dish.uuid };
  const before = asItIs(dish);

  async function set(title: string, body: Stock): Promise<void> {
    const done = await act.run({
      title,
      run: (key) => change(menu.setAvailability, { params, body }, { key }),
      undo: () => change(menu.setAvailability, { params, body: before }),
    });
    if (!done) return;
    close();
    say(title, true);
  }
  const button = { variant: 'default', disabled: lost || act.busy } as const;
  return (
    <Modal opened onClose={close} title={words.title(dish.name)} size={420}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (portions !== null) void set(words.didCount(dish.name, portions), { remaining: portions });
        }}
      >
        <p className="soft">{words.about}</p>
        {dish.available ? (
          <>
            <Button
              {...button}
              data-autofocus
              onClick={() => void set(words.didOffToday(dish.name), { available: false, until: 'day_end' })}
            >
              {words.offToday}
            </Button>
            <Button {...button} onClick={() => void set(words.didOff(dish.name), { available: false })}>
              {words.off}
            </Button>
          </>
        ) : (
          <Button {...button} data-autofocus onClick={() => void set(words.didOn(dish.name), { available: true })}>
            {words.on}
          </Button>
        )}
        <div className="stock-count">
          <TextInput
            label={words.left}
            inputMode="numeric"
            value={left}
            error={left.trim() !== '' && portions === null ? words.mistake : undefined}
            onChange={(event) => setLeft(event.currentTarget.value)}
          />
          <Button {...button} type="submit" disabled={lost || portions === null}>
            {words.count}
          </Button>
        </div>
        {dish.available && dish.remaining !== null && (
          <Button {...button} onClick={() => void set(words.didOn(dish.name), { available: true })}>
            {words.uncount}
          </Button>
        )}
        {act.problem !== null && <Trouble problem={act.problem} />}
      </form>
    </Modal>
  );
}
