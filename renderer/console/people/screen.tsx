import { Button } from '@mantine/core';
import { useState } from 'react';
import type { z } from 'zod';
import { useAct } from '#api/actions.ts';
import { change } from '#api/client.ts';
import { useIsLost } from '#api/connection.ts';
import { useRead, useRefresh } from '#api/queries.ts';
import { useSession } from '#api/session.ts';
import type { PlatformUserDto } from '#contract/platform.ts';
import { Card, Page } from '#ui/page.tsx';
import { Chip } from '#ui/signs.tsx';
import { Loaded, Trouble } from '#ui/states.tsx';
import { texts as frame } from '../frame/frame.texts.ts';
import { useMay } from '../frame/may.ts';
import { Grid } from '../grid.tsx';
import { people } from '../operations.ts';
import { Wide } from '../wide.tsx';
import { AddPerson } from './add-person.tsx';
import { ChangePerson } from './change-person.tsx';
import { texts } from './people.texts.ts';

type Someone = z.output<typeof PlatformUserDto>;
const { columns } = texts;

/** Who else may use the platform. */
export default function People() {
  const may = useMay();
  const list = useRead(people.list, {});
  const act = useAct();
  const refresh = useRefresh();
  async function turn({ id, name, is_active }: Someone): Promise<void> {
    const run = (key: string) => change(people.change, { params: { id }, body: { is_active: !is_active } }, { key });
    if (await act.run({ title: texts.changed(name, !is_active), run })) refresh(people.list);
  }
  return (
    <Page title={texts.title} lead={texts.lead}>
      {act.problem !== null && <Trouble problem={act.problem} />}
      <section className="card" aria-label={texts.title}>
        <Loaded of={list}>
          {(all) => (
            <Wide label={texts.title}>
              <Grid
                caption={texts.title}
                heads={[
                  columns.name,
                  columns.email,
                  columns.role,
                  columns.state,
                  ...(may('owner') ? [columns.act] : []),
                ]}
              >
                <tbody>
                  {all.map((one) => (
                    <Line key={one.id} one={one} busy={act.busy} turn={() => void turn(one)} />
                  ))}
                </tbody>
              </Grid>
            </Wide>
          )}
        </Loaded>
      </section>
      {may('owner') && (
        <Card title={texts.add}>
          <AddPerson />
        </Card>
      )}
    </Page>
  );
}

function Line({ one, busy, turn }: { one: Someone; busy: boolean; turn: () => void }) {
  const { person } = useSession();
  const may = useMay();
  const lost = useIsLost();
  const self = one.id === person.id;
  const [changing, setChanging] = useState(false);
  return (
    <tr>
      <th scope="row">
        {one.name} {self && <span className="soft">{texts.you}</span>}
      </th>
      <td>{one.email}</td>
      <td>{frame.roles[one.role]}</td>
      <td>{one.is_active ? <Chip level="ok">{texts.active}</Chip> : <Chip level="neutral">{texts.away}</Chip>}</td>
      {may('owner') && (
        <td>
          <div className="field-row">
            <Button
              size="compact-sm"
              variant="default"
              disabled={lost}
              aria-label={texts.change.of(one.name)}
              onClick={() => setChanging(true)}
            >
              {texts.change.button}
            </Button>
            {/* Nobody shuts themselves out by mistake. */}
            {!self && (
              <Button
                size="compact-sm"
                variant="default"
                disabled={busy || lost}
                aria-label={one.is_active ? texts.shutOutOf(one.name) : texts.letInOf(one.name)}
                onClick={turn}
              >
                {one.is_active ? texts.shutOut : texts.letIn}
              </Button>
            )}
          </div>
          {changing && <ChangePerson one={one} self={self} close={() => setChanging(false)} />}
        </td>
      )}
    </tr>
  );
}
