import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { orders as operations } from '#api/operations/day.ts';
import { useRead } from '#api/queries.ts';
import { addPounds, pounds, useClock } from '#ui/format.ts';
import { useServerNow } from '#ui/now.ts';
import { Page } from '#ui/page.tsx';
import { Empty, Loaded, Waiting } from '#ui/states.tsx';
import { useCommands } from '../frame/commands.ts';
import { texts as frame } from '../frame/frame.texts.ts';
import { CheckPanel } from './check-panel.tsx';
import { Filters } from './filters.tsx';
import { List } from './list.tsx';
import { type Only, type Order, onlyFilters, type Sort, shownOf, sorted } from './orders.rules.ts';
import { texts } from './orders.texts.ts';
import './orders.css';

const views = ['open', 'closed', 'cancelled'] as const;
type View = (typeof views)[number];
const MOST = 200;
const PAGE = 100;

/** See, find and put right any check, now. What is shown stands in the address, so that it can be kept and sent. */
export default function Orders() {
  const { order_id: openId } = useParams();
  const [search, setSearch] = useSearchParams();
  const [cursors, setCursors] = useState<readonly number[]>([]);
  const view = views.find((one) => one === search.get('view')) ?? 'open';
  const cursor = cursors.at(-1);
  const list = useRead(operations.list, {
    query: {
      status: view,
      limit: view === 'open' ? MOST : PAGE,
      ...(cursor === undefined || view === 'open' ? {} : { cursor }),
    },
  });
  const set = (part: Record<string, string | null>): void =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        for (const [name, value] of Object.entries(part)) {
          if (value === null || value === '') next.delete(name);
          else next.set(name, value);
        }
        return next;
      },
      { replace: true },
    );
  const open = useRead(operations.list, { query: { status: 'open', limit: MOST } });
  const lead =
    open.data === undefined
      ? undefined
      : open.data.length === 0
        ? texts.leadNone
        : texts.lead(open.data.length, pounds(addPounds(open.data.map(({ amount_due }) => amount_due))));
  const pagination = list.meta?.['pagination'] as { has_next?: boolean; next_cursor?: number | null } | undefined;
  return (
    <Page
      title={texts.title}
      lead={lead}
      actions={
        <SegmentedControl
          aria-label={texts.views.label}
          value={view}
          onChange={(value) => {
            setCursors([]);
            set({ view: value === 'open' ? null : value, only: null });
          }}
          data={views.map((value) => ({ value, label: texts.views[value] }))}
        />
      }
    >
      <div className="orders" data-panel={openId !== undefined || undefined}>
        <div className="orders-main">
          <Loaded of={list} waiting={<Waiting rows={8} height={34} />}>
            {(all) => <Checks key={view} all={all} view={view} openId={openId} search={search} set={set} />}
          </Loaded>
          {view !== 'open' && (cursors.length > 0 || pagination?.has_next === true) && (
            <div className="orders-pages">
              <Button
                variant="default"
                disabled={cursors.length === 0}
                onClick={() => setCursors(cursors.slice(0, -1))}
              >
                {texts.newer}
              </Button>
              <Button
                variant="default"
                disabled={pagination?.next_cursor == null}
                onClick={() =>
                  setCursors([...cursors, ...(pagination?.next_cursor == null ? [] : [pagination.next_cursor])])
                }
              >
                {texts.older}
              </Button>
            </div>
          )}
        </div>
        {openId !== undefined && <CheckPanel key={openId} id={openId} back={backTo(search)} />}
      </div>
    </Page>
  );
}

const backTo = (search: URLSearchParams): string => `/orders${search.size === 0 ? '' : `?${search}`}`;

interface ChecksProps {
  readonly all: readonly Order[];
  readonly view: View;
  readonly openId: string | undefined;
  readonly search: URLSearchParams;
  readonly set: (part: Record<string, string | null>) => void;
}

function Checks({ all, view, openId, search, set }: ChecksProps) {
  const now = useServerNow();
  const go = useNavigate();
  const [typed, setTyped] = useState('');
  // The oldest first, so that a new check comes last and nothing moves under the hand; of those settled, the newest.
  const [sort, setSort] = useState<Sort>({ by: 'age', down: true });
  const field = useRef<HTMLInputElement>(null);
  const type = search.get('type');
  const only = onlyFilters.find((one) => one === search.get('only')) ?? null;
  const shown = sorted(shownOf(all, { type, only, typed }, now), sort);
  const addressOf = (order: Order): string => `/orders/${order.id}${search.size === 0 ? '' : `?${search}`}`;

  function step(by: 1 | -1): void {
    const focused = document.activeElement?.closest('tr')?.querySelector<HTMLElement>('[data-order]');
    const from = shown.findIndex(({ id }) => id === (openId ?? focused?.dataset['order']));
    const next = shown[from < 0 ? 0 : Math.max(0, Math.min(shown.length - 1, from + by))];
    if (next === undefined) return;
    if (openId !== undefined) void go(addressOf(next), { replace: true });
    const link = document.querySelector<HTMLElement>(`[data-order="${next.id}"]`);
    link?.focus();
    link?.closest('tr')?.scrollIntoView({ block: 'nearest' });
  }
  useCommands([
    { id: 'orders.next', label: texts.keys.next, group: frame.groups.page, keys: 'j', run: () => step(1) },
    { id: 'orders.previous', label: texts.keys.previous, group: frame.groups.page, keys: 'k', run: () => step(-1) },
    {
      id: 'orders.search',
      label: texts.keys.search,
      group: frame.groups.page,
      keys: '/',
      run: () => field.current?.focus(),
    },
  ]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const at = event.target as Element;
      if (event.defaultPrevented || !at.closest('.orders-table') || !/^Arrow(Up|Down)$/.test(event.key)) return;
      event.preventDefault();
      step(event.key === 'ArrowDown' ? 1 : -1);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  });
  const clear = (): void => {
    setTyped('');
    set({ type: null, only: null });
  };
  return (
    <>
      <div className="orders-tools">
        <Filters
          all={all}
          type={type}
          only={only}
          withOnly={view === 'open'}
          setType={(value) => set({ type: value })}
          setOnly={(value: Only | null) => set({ only: value })}
        />
        <TextInput
          ref={field}
          className="orders-search"
          leftSection={<IconSearch size={16} stroke={1.75} />}
          placeholder={texts.search}
          aria-label={texts.searchLabel}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setTyped('');
            if (event.key !== 'Enter' && event.key !== 'ArrowDown') return;
            event.preventDefault();
            const first = shown[0];
            if (first === undefined) return;
            document.querySelector<HTMLElement>(`[data-order="${first.id}"]`)?.focus();
            if (event.key === 'Enter' && shown.length === 1) void go(addressOf(first));
          }}
        />
      </div>
      <p className="unseen" role="status">
        {texts.found(shown.length)}
      </p>
      {shown.length > 0 ? (
        <List orders={shown} openId={openId} closed={view !== 'open'} {...{ sort, setSort, addressOf }} />
      ) : all.length === 0 ? (
        <NothingThere view={view} />
      ) : (
        <Empty title={texts.empty.filtered}>
          <Button variant="default" size="xs" onClick={clear}>
            {texts.empty.clear}
          </Button>
        </Empty>
      )}
    </>
  );
}

function NothingThere({ view }: { view: View }) {
  const clock = useClock();
  const last = useRead(operations.list, { query: { status: 'closed', limit: 1 } }, { wanted: view === 'open' });
  if (view !== 'open') return <Empty title={texts.empty[view]} />;
  const [check] = last.data ?? [];
  return (
    <Empty title={texts.empty.open}>
      <p>
        {check?.closed_at == null
          ? texts.empty.never
          : texts.empty.last(check.order_number, clock.short(check.closed_at))}
      </p>
    </Empty>
  );
}
