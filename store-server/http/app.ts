import type { IncomingMessage, RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import express from 'express';
import type { Core } from '../commands/core.ts';
import type { ReadAside } from '../db/long-read.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Ids } from '../kernel/ids.ts';
import { createRouteTable } from './api.ts';
import { docsPages } from './docs.ts';
import { createEdge } from './edge.ts';
import { createFloodLimit } from './flood-limit.ts';
import { healthRoutes } from './health.ts';
import type { Authenticate } from './identity.ts';
import { openApiDocument } from './open-api.ts';
import { createHostCheck, plainAddress } from './own-hosts.ts';
import type { Page } from './pages.ts';
import { createRepeats } from './repeats.ts';
import type { Route } from './route.ts';
import { createServers, type UpgradeListener, writeRefusal } from './servers.ts';
import type { HttpLog } from './visit.ts';

export interface HttpLimits {
  /** Most bytes of a body that are read; 64 KiB. */
  readonly bodyBytes: number;
  /** Requests a second from one address; 300. */
  readonly perSecond: number;
}

export interface HttpDeps {
  readonly core: Core;
  readonly routes: readonly Route[];
  readonly authenticate: Authenticate;
  readonly restaurantId: () => string;
  readonly businessDay: (now: number) => string;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: HttpLog;
  readonly version: string;
  readonly pid: number;
  /** Host names the server goes by besides `localhost`, `*.local` and its addresses. */
  readonly hosts: readonly string[];
  /** False once the server is stopping; what comes then is asked to try again. */
  readonly accepting: () => boolean;
  /** What everybody should know about the last days, told with the health; nothing if left out. */
  readonly notice?: () => string | null;
  readonly limits?: Partial<HttpLimits>;
  readonly pages?: readonly Page[];
  /** Where long reads are done; without it, on the spot. */
  readonly readAside?: ReadAside;
}

export interface Http {
  readonly handler: RequestListener;
  /** Every route that is served, the server's own included. */
  readonly routes: readonly Route[];
  /** May be called for several ports. Port 0 picks a free one. */
  listen(host: string, port: number): Promise<AddressInfo>;
  /** Takes the WebSocket upgrades that come from an allowed host and origin. */
  onUpgrade(listener: UpgradeListener): void;
  /** Stops taking requests, lets running ones finish for at most `ms`, then closes every connection. */
  close(ms?: number): Promise<void>;
}

/** The store server's face on the local network: one express application over the route table. */
export function createHttp(deps: HttpDeps): Http {
  const { core, clock, limits: { bodyBytes = 65_536, perSecond = 300 } = {}, version, pid } = deps;
  const startedAt = clock.monotonic();
  const own = createRouteTable();
  healthRoutes({
    core,
    pid,
    version,
    uptime: () => clock.monotonic() - startedAt,
    notice: deps.notice ?? (() => null),
  })(own);
  const routes = [...own.routes, ...deps.routes];
  const isOurHost = createHostCheck(deps.hosts);
  const mayAsk = createFloodLimit(perSecond, clock.monotonic);
  const edge = createEdge({
    ...deps,
    routes,
    pages: [...docsPages(() => openApiDocument(routes, version)), ...(deps.pages ?? [])],
    isOurHost,
    mayAsk,
    repeats: createRepeats(clock.monotonic),
    bodyLimit: bodyBytes,
  });

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', false);
  app.use(edge);

  let upgraded: UpgradeListener | null = null;
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const { host, origin } = request.headers;
    const address = plainAddress(request.socket.remoteAddress);
    if (!isOurHost({ host, origin, localAddress: request.socket.localAddress })) {
      writeRefusal(socket, '403 Forbidden', 'HOST_NOT_ALLOWED', 'This address is not one of the store server’s own.');
    } else if (upgraded === null || !deps.accepting() || !mayAsk(address)) {
      writeRefusal(socket, '503 Service Unavailable', 'SERVICE_UNAVAILABLE', 'Please try again in a moment.');
    } else {
      upgraded(request, socket, head);
    }
  };
  const servers = createServers(app, upgrade);
  return {
    handler: app,
    routes,
    listen: servers.listen,
    onUpgrade(listener) {
      upgraded = listener;
    },
    close: (ms = 3000) => servers.close(ms),
  };
}
