import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { ChangeOperation, ReadOperation } from '../../renderer/api/operations/define.ts';
import { isCommandRoute, type Route } from '../../store-server/http/route.ts';
import { openStore } from '../harness/open-store.ts';

type Handle = ReadOperation | ChangeOperation;

const folder = join(import.meta.dirname, '../../renderer/api/operations');
const files = readdirSync(folder).filter((name) => name !== 'define.ts');
const modules = await Promise.all(files.map((file) => import(join(folder, file)) as Promise<Record<string, object>>));
const handles = modules.flatMap((one) => Object.values(one)).flatMap((group) => Object.values(group) as Handle[]);

/** What a schema lets through, as a text to compare. */
const shape = (schema: z.ZodType, io: 'input' | 'output'): unknown =>
  z.toJSONSchema(schema, { io, unrepresentable: 'any', cycles: 'ref', reused: 'inline' });

const entryOf = ({ answers }: Route): z.ZodType =>
  answers instanceof z.ZodArray ? (answers.element as z.ZodType) : answers;
const isList = ({ answers, plural }: Route): boolean => plural !== null || answers instanceof z.ZodArray;

test('the window asks for nothing but what the server serves, and knows what comes back', async () => {
  const store = await openStore();
  const { routes } = store.server;
  await store.close();
  expect(handles.length).toBeGreaterThan(10);
  for (const handle of handles) {
    const route = routes.find(({ operation }) => operation === handle.operation);
    expect(route, handle.operation).toBeDefined();
    if (route === undefined) continue;
    expect([handle.operation, handle.method, handle.path]).toEqual([route.operation, route.method, route.path]);
    expect([handle.operation, handle.list]).toEqual([route.operation, isList(route)]);
    expect(shape(handle.answers, 'output'), handle.operation).toEqual(shape(entryOf(route), 'output'));
    if (isCommandRoute(route)) {
      const own = handle.kind === 'change' ? handle.body : undefined;
      expect([handle.operation, own === null], 'a body').toEqual([handle.operation, route.body === null]);
      if (own && route.body) expect(shape(own, 'input'), handle.operation).toEqual(shape(route.body, 'input'));
    }
  }
});
