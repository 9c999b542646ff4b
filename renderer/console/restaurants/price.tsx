import { Button, Checkbox, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { z } from 'zod';
import { useAct } from '#api/actions.ts';
import { change } from '#api/client.ts';
import { useIsLost } from '#api/connection.ts';
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
const placesOf = (currency: string): number =>
  new Intl.NumberFormat('en-GB', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
const sameDish = (a: Product, b: Product): boolean => a.name.trim().toLowerCase() === b.name.trim().toLowerCase();

interface PriceProps {
  readonly one: Restaurant;
  readonly all: readonly Restaurant[];
}

/** A new price here, and wherever else a dish of the same name is sold. Each restaurant gives its own verdict. */
export function ChangePrice({ one, all }: PriceProps) {
  const menu = useRead(platform.menu, { params: { id: one.id } });
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
  const [dishId, setDishId] = useState<string | null>(null);
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState(false);
  const [also, setAlso] = useState<ReadonlyMap<string, Product>>(new Map());
  const [sent, setSent] = useState<readonly Sent[]>([]);
  const act = useAct();
  const refresh = useRefresh();
  const lost = useIsLost();
  const currency = one.live?.currency ?? 'GBP';
  const money = moneyOf(currency);
  const dish = products.find(({ id }) => id === dishId);
  const rest = others.filter(({ id, revoked_at }) => id !== one.id && revoked_at === null);

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
    setTyped('');
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
            setDishId(id);
            setAlso(new Map());
          }}
          comboboxProps={{ withinPortal: false }}
        />
        <TextInput
          label={words.newPrice(currency)}
          inputMode="decimal"
          w={140}
          value={typed}
          error={wrong ? words.notAPrice : undefined}
          onChange={(event) => setTyped(event.currentTarget.value)}
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
              chosen={also.has(other.id)}
              choose={(product) => {
                const next = new Map(also);
                if (product === null) next.delete(other.id);
                else next.set(other.id, product);
                setAlso(next);
              }}
            />
          ))}
        </fieldset>
      )}
      {act.problem !== null && <Trouble problem={act.problem} />}
      <div className="field-row">
        <Button type="submit" loading={act.busy} disabled={dish === undefined || lost}>
          {words.send(1 + also.size)}
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
  readonly chosen: boolean;
  readonly choose: (product: Product | null) => void;
}

/** Another restaurant with a dish of the same name; each has an id of its own for it. */
function Elsewhere({ other, dish, currency, chosen, choose }: ElsewhereProps) {
  const menu = useRead(platform.menu, { params: { id: other.id } });
  const same = menu.data?.find((product) => product.active && sameDish(product, dish));
  const foreign = other.live !== null && other.live.currency !== currency;
  if (menu.data === undefined) return null;
  return (
    <Checkbox
      checked={chosen}
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
