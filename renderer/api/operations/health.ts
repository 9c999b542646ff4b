import { Health } from '#contract/health.ts';
import { read } from './define.ts';

export const health = { read: read('health.read', '/api/v1/health', { answers: Health, staleAfter: ['store.'] }) };
