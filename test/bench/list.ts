import type { Bench } from './kit/findings.ts';

/** Every benchmark by the name that `npm run bench:NAME` knows it by, in the order in which `npm run bench` runs them. */
export const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  commit: async () => (await import('./commit.ts')).commit,
  'order-latency': async () => (await import('./order-latency.ts')).orderLatency,
  scale: async () => (await import('./scale.ts')).scale,
  'http-layers': async () => (await import('./http-layers.ts')).httpLayers,
  'create-cpu': async () => (await import('./create-cpu.ts')).createCpu,
  isolation: async () => (await import('./isolation.ts')).isolation,
  fanout: async () => (await import('./fanout.ts')).fanout,
  receipt: async () => (await import('./receipt.ts')).receipt,
  'relay-attached': async () => (await import('./relay-attached.ts')).relayAttached,
  'relay-ingest': async () => (await import('./relay-ingest.ts')).relayIngest,
  'relay-dash': async () => (await import('./relay-dash.ts')).relayDash,
  start: async () => (await import('./start.ts')).start,
};
