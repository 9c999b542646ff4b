import { join } from 'node:path';
import type { Core } from '../commands/core.ts';
import type { Lab } from '../demo/lab.ts';
import { paperSvg } from '../hardware/lab/paper-svg.ts';
import { plainText } from '../hardware/lab/slip.ts';
import type { PrintedSlip } from '../hardware/lab/virtual-printer.ts';
import type { PrinterModel } from '../hardware/models/printer-models.ts';
import type { Page, PageContext, Rendered } from '../http/pages.ts';
import type { Clock } from '../kernel/clock.ts';
import { storeState } from './store-state.ts';

export interface StatusPageDeps {
  readonly core: Core;
  readonly clock: Clock;
  readonly lab: Lab;
  readonly version: string;
  /** The demo's page is open from this very computer; a restaurant's asks a manager to sign in. */
  readonly demo: boolean;
}

const json = (status: number, body: object): Rendered => ({
  status,
  type: 'application/json; charset=utf-8',
  body: JSON.stringify(body),
});

/** One plain page to see that the store lives: its state, its open orders, and what the virtual printers printed. */
export function statusPages(deps: StatusPageDeps): Page[] {
  const { lab, demo } = deps;
  const may = ({ identity, loopback }: PageContext): boolean => (demo && loopback) || identity.actor.may('status.read');
  const guarded =
    (render: (at: PageContext) => Rendered) =>
    (at: PageContext): Rendered =>
      may(at) ? render(at) : json(identityStatus(at), { sign_in: true });

  const slip = (render: (printed: PrintedSlip, model: PrinterModel) => Rendered) =>
    guarded(({ query }) => {
      const virtual = lab.printers().get(query['printer'] ?? '');
      const printed = virtual?.papers().find(({ number }) => number === Number(query['number']));
      return virtual === undefined || printed === undefined
        ? json(404, { found: false })
        : render(printed, virtual.model);
    });
  const paper = slip((printed, model) => ({
    type: 'image/svg+xml; charset=utf-8',
    body: paperSvg(printed.slip, model),
  }));
  // The words alone, for whoever cannot look at a picture: a screen reader, a terminal.
  const words = slip((printed) => ({
    type: 'text/plain; charset=utf-8',
    body: plainText(printed.slip),
  }));
  const here = import.meta.dirname;
  return [
    { path: '/status', access: 'public', file: join(here, 'page.html') },
    {
      path: '/status/page.css',
      access: 'public',
      file: join(here, 'page.css'),
    },
    { path: '/status/page.js', access: 'public', file: join(here, 'page.js') },
    {
      path: '/status/state.json',
      access: 'public',
      render: guarded(() => json(200, storeState(deps))),
    },
    { path: '/status/paper.svg', access: 'public', render: paper },
    { path: '/status/paper.txt', access: 'public', render: words },
  ];
}

/** 401 asks to sign in, 403 tells somebody who has that their role does not suffice. */
const identityStatus = ({ identity }: PageContext): number => (identity.actor.id === null ? 401 : 403);
