import type { Ask, Seen } from './words.ts';
import {
  dueOf,
  known,
  No,
  openOne,
  paidOf,
  put,
  type Session,
  type Step,
  settled,
  shown,
  totalOf,
  type World,
} from './world.ts';

/** Splitting, paying, giving back, and the drawer. */

export function split(world: World, { check: name, ways, name: of }: Ask & { do: 'split' }): Step {
  const check = openOne(world, name);
  if (check.shares.some(({ paid }) => paid > 0)) throw new No(409, 'SHARE_PAID');
  const due = dueOf(world, check);
  if (due === 0) throw new No(409, 'ILLEGAL_TRANSITION');
  const shares = Array.from({ length: ways }, (_, n) => ({
    id: `${of}#${n + 1}`,
    total: Math.floor(due / ways) + (n < due % ways ? 1 : 0),
    paid: 0,
  }));
  return shown(put(world, { ...check, shares }), name, 201);
}

export function pay(world: World, ask: Ask & { do: 'pay' }): Step {
  const check = known(world, ask.check);
  if (check.status === 'closed') throw new No(409, 'ORDER_ALREADY_PAID');
  if (check.status === 'cancelled') throw new No(409, 'ORDER_CLOSED');
  if (check.lines.every(({ status }) => status === 'voided')) throw new No(422, 'VALIDATION_ERROR');
  const due = dueOf(world, check);
  const share = ask.share === undefined ? undefined : check.shares.find(({ id }) => id === ask.share);
  if (ask.share !== undefined && share === undefined) throw new No(404, 'NOT_FOUND');
  if (share !== undefined && share.paid >= share.total) throw new No(409, 'SHARE_PAID');
  const most = share === undefined ? due : Math.min(due, share.total - share.paid);
  if (ask.method === 'card' && ask.amount > most) throw new No(422, 'AMOUNT_OVER_DUE');
  const applied = Math.min(ask.amount, most);
  const after = {
    ...check,
    taken: check.taken + applied,
    shares: check.shares.map((one) => (one.id === share?.id ? { ...one, paid: one.paid + applied } : one)),
  };
  const rung = ask.method === 'cash' ? ring(world, applied) : world;
  const next = applied === due ? settled(rung, after) : put(rung, after);
  return shown(next, check.name, 201, { applied, change: ask.amount - applied });
}

/** Cash lies in the drawer of the session that takes cash. */
export function ring(world: World, amount: number): World {
  const [id, session] = Object.entries(world.sessions).find(([, { state }]) => state === 'opened') ?? [];
  if (id === undefined || session === undefined) throw new No(409, 'NO_OPEN_SESSION');
  return setSession(world, id, { ...session, cash: session.cash + amount });
}

export function refund(world: World, { check: name, amount }: Ask & { do: 'refund' }): Step {
  const check = known(world, name);
  if (amount > paidOf(check) - check.refunded) throw new No(422, 'AMOUNT_OVER_DUE');
  if (check.status !== 'closed') return shown(put(world, { ...check, returned: check.returned + amount }), name, 201);
  const overpaid = Math.min(amount, Math.max(0, paidOf(check) - totalOf(world, check)));
  const returned = check.returned + overpaid;
  return shown(put(world, { ...check, returned, refunded: check.refunded + amount - overpaid }), name, 201);
}

export const setSession = (world: World, id: string, session: Session): World => ({
  ...world,
  sessions: { ...world.sessions, [id]: session },
});

export function drawerShown(world: World, id: string, status: number): Step {
  const session = world.sessions[id];
  if (session === undefined) throw new No(404, 'NOT_FOUND');
  const { state, cash, counted } = session;
  return { world, seen: { status, drawer: { session: id, state, expected: cash, counted } } };
}

export function drawer(world: World, ask: Ask, seen: Seen | null): Step {
  if (ask.do === 'open drawer') {
    const running = Object.entries(world.sessions).find(([, { state }]) => state !== 'closed');
    if (running !== undefined) return drawerShown(world, running[0], 200);
    // The server chooses the name of a session; whoever asked has heard it.
    const id = seen?.drawer?.session ?? 'unheard';
    return drawerShown(setSession(world, id, { state: 'opened', cash: ask.float, counted: null }), id, 201);
  }
  if (!('session' in ask)) throw new Error(`${ask.do} is not for the drawer`);
  const session = world.sessions[ask.session];
  if (session === undefined) throw new No(404, 'NOT_FOUND');
  if (ask.do === 'look in drawer') return drawerShown(world, ask.session, 200);
  if (session.state === 'closed') throw new No(409, 'SESSION_CLOSED');
  const set = (fields: Partial<Session>, status: number) =>
    drawerShown(setSession(world, ask.session, { ...session, ...fields }), ask.session, status);
  if (ask.do === 'count') return set({ state: 'closing_control', counted: ask.amount }, 200);
  if (ask.do === 'close drawer') {
    if (session.state !== 'closing_control') throw new No(409, 'ILLEGAL_TRANSITION');
    return set({ state: 'closed' }, 200);
  }
  if (session.state === 'closing_control') throw new No(409, 'ILLEGAL_TRANSITION');
  const signed = ask.direction === 'in' ? ask.amount : 0 - ask.amount;
  return { world: set({ cash: session.cash + signed }, 201).world, seen: { status: 201 } };
}
