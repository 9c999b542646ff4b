import { Modal } from '@mantine/core';
import { useAct } from '#api/actions.ts';
import { change } from '#api/client.ts';
import { useIsLost } from '#api/connection.ts';
import { check, floor } from '#api/operations/check.ts';
import { useRead } from '#api/queries.ts';
import { Loaded, Trouble } from '#ui/states.tsx';
import { say } from '../frame/say.tsx';
import type { Order } from './orders.rules.ts';
import { texts } from './orders.texts.ts';

const words = texts.move;

/** The free tables, section by section. The way back is kept for undo, where there was a table before. */
export function Move({ order, close }: { order: Order; close: () => void }) {
  const plan = useRead(floor.plan, {});
  const act = useAct();
  const lost = useIsLost();
  const params = { order_id: order.id };

  async function to(table: { id: string; name: string }): Promise<void> {
    const { table_id: before } = order;
    const title = texts.did.moved(order.order_number, table.name);
    const done = await act.run({
      title,
      run: (key) => change(check.move, { params, body: { table_id: table.id } }, { key }),
      ...(before === null ? {} : { undo: () => change(check.move, { params, body: { table_id: before } }) }),
    });
    if (!done) return;
    close();
    say(title, true, before !== null);
  }
  return (
    <Modal opened onClose={close} title={words.title(order.order_number)} size={560}>
      <div className="stack">
        {act.problem !== null && <Trouble problem={act.problem} />}
        <Loaded of={plan}>
          {({ tables, sections }) => {
            const free = tables.filter(
              ({ status, id, open_checks }) => status === 'available' && open_checks === 0 && id !== order.table_id,
            );
            if (free.length === 0) return <p>{words.none}</p>;
            return sections
              .filter(({ id }) => free.some((table) => table.section_id === id))
              .map((section) => (
                <section key={section.id} aria-label={section.name}>
                  <h3 className="move-section">{section.name}</h3>
                  <div className="move-tables">
                    {free
                      .filter((table) => table.section_id === section.id)
                      .map((table) => (
                        <button
                          key={table.id}
                          type="button"
                          className="move-table"
                          disabled={lost || act.busy}
                          onClick={() => void to(table)}
                        >
                          {texts.table(table.name)}
                          <span className="soft">{words.seats(table.seats)}</span>
                        </button>
                      ))}
                  </div>
                </section>
              ));
          }}
        </Loaded>
      </div>
    </Modal>
  );
}
