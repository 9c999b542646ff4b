import type { ServerResponse } from 'node:http';
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** What an operator's Prometheus reads. Labels name operations, never tenants or stores. */
export interface Metrics {
  answered(operation: string, status: number, ms: number): void;
  /** Entries that were new in a batch. */
  taken(entries: number): void;
  send(response: ServerResponse): Promise<void>;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'fynlo_relay_request_seconds',
    help: 'Time to answer a request, by operation and status',
    labelNames: ['operation', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [registry],
  });
  const entries = new Counter({
    name: 'fynlo_relay_entries_total',
    help: 'Journal entries taken from stores, each once',
    registers: [registry],
  });
  return {
    answered: (operation, status, ms) => requests.observe({ operation, status }, ms / 1000),
    taken: (count) => entries.inc(count),
    async send(response) {
      const body = await registry.metrics();
      response.writeHead(200, { 'Content-Type': registry.contentType, 'Cache-Control': 'no-store' });
      response.end(body);
    },
  };
}
