import { Button } from '@mantine/core';
import { Link, NavLink, useParams } from 'react-router';
import { kitchen } from '#api/operations/kitchen.ts';
import { menu } from '#api/operations/menu.ts';
import { useRead } from '#api/queries.ts';
import { late } from '#ui/late.ts';
import { Page } from '#ui/page.tsx';
import { Loaded, Waiting } from '#ui/states.tsx';
import { Dishes } from './dishes.tsx';
import { Groups } from './groups.tsx';
import { texts } from './menu.texts.ts';
import './menu.css';

const ImportMenu = late(() => import('./import/screen.tsx'));

export default function Menu() {
  const { tab } = useParams();
  return tab === 'import' ? <ImportMenu /> : <Catalogue tab={tab} />;
}

/** What is sold: the dishes in a grid, and the choices that are asked with them. */
function Catalogue({ tab }: { tab: string | undefined }) {
  const dishes = useRead(menu.products, { query: { include_inactive: 'true' } });
  const categories = useRead(menu.categories, {});
  const groups = useRead(menu.groups, {});
  const stations = useRead(kitchen.stations, {});
  const on = (dishes.data ?? []).filter(({ active }) => active);
  const lead =
    dishes.data === undefined ? undefined : texts.lead(on.length, on.filter(({ available }) => !available).length);
  return (
    <Page
      title={texts.title}
      lead={lead}
      actions={
        <>
          <Button component={Link} to="/menu/import" variant="default" size="sm">
            {texts.import}
          </Button>
          <nav className="menu-tabs" aria-label={texts.tabs.label}>
            <NavLink to="/menu" end>
              {texts.tabs.items}
            </NavLink>
            <NavLink to="/menu/choices">{texts.tabs.choices}</NavLink>
          </nav>
        </>
      }
    >
      <Loaded of={dishes} waiting={<Waiting rows={10} height={32} />}>
        {(products) => (
          <Loaded of={categories}>
            {(sections) => (
              <Loaded of={groups}>
                {(choices) =>
                  tab === 'choices' ? (
                    <Groups groups={choices} dishes={products} />
                  ) : (
                    <Loaded of={stations}>
                      {(known) => <Dishes all={products} categories={sections} groups={choices} stations={known} />}
                    </Loaded>
                  )
                }
              </Loaded>
            )}
          </Loaded>
        )}
      </Loaded>
    </Page>
  );
}
