import { Health } from '#contract/health.ts';
import type { Core } from '../commands/core.ts';
import type { Api } from './api.ts';

interface HealthDeps {
  readonly core: Core;
  readonly pid: number;
  readonly version: string;
  /** Monotonic ms since the server started. */
  readonly uptime: () => number;
  /** What everybody should know about the last days; null for nothing. */
  readonly notice: () => string | null;
}

/** Whether the server lives: asked every half minute by the iPads, and by whoever started it. */
export const healthRoutes =
  ({ core, pid, version, uptime, notice }: HealthDeps) =>
  (api: Api): void => {
    const read = () => ({
      status: 'ok',
      pid,
      version,
      uptime_s: Math.floor(uptime() / 1000),
      read_only: core.readOnly(),
      head_seq: core.head().seq,
      notice: notice(),
    });
    const common = { access: 'public', answers: Health, tolerant: true } as const;
    api.router('', (at) => {
      at.get('/health', read, { ...common, operation: 'health.probe', summary: 'Whether the server lives' });
      at.get('/api/v1/health', read, { ...common, operation: 'health.read', summary: 'Whether the server lives' });
    });
  };
