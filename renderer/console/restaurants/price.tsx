import { Button, Checkbox, Select, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { z } from 'zod';
import { useAct } from '#api/actions.ts';
import { change } from '#api/client.ts';
import { useIsLost } from '#api/connection.ts';
import { useDraft } from '#api/drafts.ts';
import { useRead, useRefresh } from '#api/queries.ts';
import type { ProductSeenDto } from '#contract/platform.ts';
import { moneyOf } from '#ui/format.ts';
import { Chip } from '#ui/signs.tsx';
import { Loaded, Trouble } from '#ui/states.tsx';
import { platform } from '../operations.ts';
import { minorOf, type Restaurant, verdictLevels } from './restaurants.rules.ts';
import { price as words } from './restaurants.texts.ts';

type Product = z.output<typeof ProductSeenDto>;
interface Sent {
  readonly restaurant: Restaurant;
  readonly commandId: string;
}

const LOOK_MS = 2_500;
/** A menu is longer than a verdict, and changes less often. */
const MENU_MS = 10_000;
const placesOf = (currency: string): number =>
  new Intl.NumberFormat('en-GB', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
const sameDish = (a: Product, b: Product): boolean => a.name.trim().toLowerCase() === b.name.trim().toLowerCase();

interface NewPrice {
  readonly dishId: string | null;
  readonly typed: string;
  /** The dish elsewhere, as it was seen there, by restaurant. */
  readonly also: Readonly<Record<string, Product>>;
}
const nothing: NewPrice = { dishId: null, typed: '', also: {} };

interface PriceProps {
  readonly one: Restaurant;
  readonly all: readonly Restaurant[];
}

/** A new price here, and wherever else a dish of the same name is sold. Each restaurant gives its own verdict. */
export function ChangePrice({ one, all }: PriceProps) {
  const menu = useRead(platform.menu, { params: { id: one.id } }, { every: MENU_MS });
  return (
    <section aria-label={words.title}>
      <h2>{words.title}</h2>
      <Loaded of={menu}>
        {(products) =>
          products.length === 0 ? (
            <p className="soft">{words.noMenu}</p>
          ) : (
            <PriceForm one={one} others={all} products={products} />
          )
        }
      </Loaded>
    </section>
  );
}

function PriceForm({ one, others, products }: { one: Restaurant; others: readonly Restaurant[]; products: Product[] }) {
  const draft = useDraft(`console.price.${one.id}`, nothing);
  const { dishId, typed } = draft.value;
  const [wrong, setWrong] = useState(false);
  const [sent, setSent] = useState<readonly Sent[]>([]);
  const act = useAct();
  const refresh = useRefresh();
  const lost = useIsLost();
  const currency = one.live?.currency ?? 'GBP';
  const money = moneyOf(currency);
  const dish = products.find(({ id }) => id === dishId);
  const rest = others.filter(({ id, revoked_at }) => id !== one.id && revoked_at === null);
  const also = Object.entries(draft.value.also).filter(([id]) => rest.some((other) => other.id === id));

  async function send(chosen: Product): Promise<void> {
    const price = minorOf(typed, placesOf(currency));
    setWrong(price === null);
    if (price === null) return;
    const targets = [[one.id, chosen] as const, ...also].map(([id, product]) => ({
      id,
      product_id: product.id,
      base_version: product.version,
    }));
    const done = await act.run({
      title: words.done(chosen.name, money(price)),
      run: async (key) => {
        const { data } = await change(platform.setPrice, { body: { price_minor: price, targets } }, { key });
        setSent(
          data.flatMap(({ command_id, restaurant_id }) => {
            const restaurant = others.find(({ id }) => id === restaurant_id);
            return restaurant === undefined ? [] : [{ restaurant, commandId: command_id }];
          }),
        );
      },
    });
    if (!done) return;
    draft.clear();
    refresh(platform.commands);
  }
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (dish !== undefined) void send(dish);
      }}
    >
      <div className="field-row">
        <Select
          label={words.dish}
          placeholder={words.dishHint}
          searchable
          w={280}
          data={products.filter(({ active }) => active).map(({ id, name }) => ({ value: id, label: name }))}
          value={dishId}
          onChange={(id) => {
            // What costs what is asked for anew: a price that was sent a moment ago may have been taken since.
            refresh(platform.menu);
            draft.set({ ...draft.value, dishId: id, also: {} });
          }}
          comboboxProps={{ withinPortal: false }}
        />
        <TextInput
          label={words.newPrice(currency)}
          inputMode="decimal"
          w={140}
          value={typed}
          error={wrong ? words.notAPrice : undefined}
          onChange={(event) => draft.set({ ...draft.value, typed: event.currentTarget.value })}
        />
      </div>
      {dish !== undefined && (
        <fieldset className="where">
          <legend>{words.where}</legend>
          <Checkbox checked readOnly label={words.here(one.name, money(dish.price_minor))} />
          {rest.map((other) => (
            <Elsewhere
              key={other.id}
              other={other}
              dish={dish}
              currency={currency}
              chosen={draft.value.also[other.id]}
              choose={(product) => {
                const { [other.id]: _, ...without } = draft.value.also;
                draft.set({ ...draft.value, also: product === null ? without : { ...without, [other.id]: product } });
              }}
            />
          ))}
        </fieldset>
      )}
      {act.problem !== null && <Trouble problem={act.problem} />}
      <div className="field-row">
        <Button type="submit" loading={act.busy} disabled={dish === undefined || lost}>
          {words.send(1 + also.length)}
        </Button>
      </div>
      <p className="soft">{words.how}</p>
      {sent.length > 0 && (
        <ul className="lines" aria-label={words.sent} aria-live="polite">
          {sent.map(({ restaurant, commandId }) => (
            <VerdictLine key={commandId} restaurant={restaurant} commandId={commandId} />
          ))}
        </ul>
      )}
    </form>
  );
}

interface ElsewhereProps {
  readonly other: Restaurant;
  readonly dish: Product;
  readonly currency: string;
  readonly chosen: Product | undefined;
  readonly choose: (product: Product | null) => void;
}

/** Another restaurant with a dish of the same name; each has an id of its own for it. */
function Elsewhere({ other, dish, currency, chosen, choose }: ElsewhereProps) {
  const menu = useRead(platform.menu, { params: { id: other.id } }, { every: MENU_MS });
  const same = menu.data?.find((product) => product.active && sameDish(product, dish));
  // What is sent is based on what is shown: after a reload that is the menu of now.
  const isOld = menu.data !== undefined && chosen !== undefined && chosen.version !== same?.version;
  useEffect(() => {
    if (isOld) choose(same ?? null);
  });
  const foreign = other.live !== null && other.live.currency !== currency;
  if (menu.data === undefined) return null;
  return (
    <Checkbox
      checked={chosen !== undefined}
      disabled={same === undefined || foreign}
      label={
        same === undefined
          ? words.lacks(other.name)
          : foreign
            ? words.otherMoney(other.name)
            : words.here(other.name, moneyOf(currency)(same.price_minor))
      }
      onChange={(event) => choose(event.currentTarget.checked ? (same ?? null) : null)}
    />
  );
}

function VerdictLine({ restaurant, commandId }: Sent) {
  const commands = useRead(platform.commands, { params: { id: restaurant.id } }, { every: LOOK_MS });
  const found = commands.data?.find(({ command_id }) => command_id === commandId);
  const state = found?.state ?? 'waiting';
  return (
    <li>
      <span>{restaurant.name}</span>
      {found?.problem != null && <span className="soft">{found.problem.message}</span>}
      <Chip level={verdictLevels[state]}>{words.states[state]}</Chip>
    </li>
  );
}
