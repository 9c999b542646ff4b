import { Button } from '@mantine/core';
import { useAct } from '#api/actions.ts';
import { useIsLost } from '#api/connection.ts';
import { menu } from '#api/operations/menu.ts';
import { type Read, useRead } from '#api/queries.ts';
import { pounds } from '#ui/format.ts';
import { Card } from '#ui/page.tsx';
import { Loaded } from '#ui/states.tsx';
import { type Dish, switchAndSay } from '../frame/eighty-six.ts';
import type { DailySales } from './overview.rules.ts';
import { texts } from './overview.texts.ts';

const MOST_SHOWN = 6;

/** What cannot be sold tonight, each with its way back. */
export function OffTheMenu() {
  const products = useRead(menu.products, {});
  return (
    <Card title={texts.off.title}>
      <Loaded of={products}>
        {(all) => {
          const off = all.filter(({ available, active }) => active && !available);
          return off.length === 0 ? (
            <p className="soft">{texts.off.none}</p>
          ) : (
            <ul className="lines">
              {off.map((dish) => (
                <OffDish key={dish.uuid} dish={dish} />
              ))}
            </ul>
          );
        }}
      </Loaded>
    </Card>
  );
}

/** What sells. */
export function SoldMost({ sales }: { sales: Read<DailySales> }) {
  return (
    <Card title={texts.dishes.title}>
      <Loaded of={sales}>
        {({ top_products }) =>
          top_products.length === 0 ? (
            <p className="soft">{texts.dishes.empty}</p>
          ) : (
            <ol className="lines">
              {top_products.slice(0, MOST_SHOWN).map(({ name, qty, amount }) => (
                <li key={name}>
                  <span>{name}</span>
                  <span className="soft figure">{texts.dishes.quantity(qty)}</span>
                  <span className="figure lines-money">{pounds(amount)}</span>
                </li>
              ))}
            </ol>
          )
        }
      </Loaded>
    </Card>
  );
}

function OffDish({ dish }: { dish: Dish }) {
  const act = useAct();
  const lost = useIsLost();
  return (
    <li>
      <span>{dish.name}</span>
      <Button
        size="compact-sm"
        variant="default"
        loading={act.busy}
        disabled={lost}
        aria-label={texts.off.backLabel(dish.name)}
        onClick={() => void switchAndSay(act, dish)}
      >
        {texts.off.back}
      </Button>
    </li>
  );
}
