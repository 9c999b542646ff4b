import { z } from 'zod';
import { type Json, jsonContent, preface, problemSchema, ref, refusal, securitySchemes } from './open-api.parts.ts';
import { type Access, isCommandRoute, type Route } from './route.ts';

/** The API document (OpenAPI 3.1), made from the same table that serves the requests. */
export function openApiDocument(routes: readonly Route[], version: string): Json {
  const paths: Record<string, Json> = {};
  const shared = sharedAnswers(routes);
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}') || '/';
    paths[path] = { ...paths[path], [route.method]: operation(route, shared) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Fynlo store server', version, description: preface() },
    servers: [{ url: '/' }],
    tags: [...new Set(routes.map(tagOf))].sort().map((name) => ({ name })),
    paths,
    components: {
      schemas: {
        Problem: problemSchema,
        ...Object.fromEntries([...shared.values()].map(({ name, json }) => [name, json])),
      },
      securitySchemes,
      responses: { Refusal: refusal },
    },
  };
}

type Shared = ReadonlyMap<z.ZodType, { readonly name: string; readonly json: Json }>;

/** Answers that several routes give stand in the document once, by the name of the first operation that gives them. */
function sharedAnswers(routes: readonly Route[]): Shared {
  const shared = new Map<z.ZodType, { name: string; json: Json }>();
  for (const { answers, operation: name } of routes) {
    if (shared.has(answers) || routes.filter((other) => other.answers === answers).length < 2) continue;
    shared.set(answers, { name, json: schemaOf(answers, 'output', true) });
  }
  return shared;
}

const tagOf = ({ operation }: Route): string => operation.split('.')[0] ?? operation;

function operation(route: Route, shared: Shared): Json {
  const changing = isCommandRoute(route);
  return {
    operationId: route.operation,
    tags: [tagOf(route)],
    summary: route.summary,
    description: describe(route),
    security: securityOf(route.access),
    parameters: parametersOf(route),
    ...(changing && route.body !== null
      ? { requestBody: { required: true, content: jsonContent(schemaOf(route.body, 'input', route.tolerant)) } }
      : {}),
    responses: {
      ...Object.fromEntries(statusesOf(route).map((status) => [status, answerOf(route, shared)])),
      default: { $ref: '#/components/responses/Refusal' },
    },
  };
}

function describe(route: Route): string {
  const lines: string[] = [];
  const needed = isCommandRoute(route) ? (route.command.permission ?? route.access) : route.access;
  if (route.access === 'public') lines.push('Open to everybody on the network.');
  else if (route.access === 'device') lines.push('For registered devices; nobody has to be signed in.');
  else lines.push(needed === 'signed_in' ? 'For everybody who is signed in.' : `Needs the permission \`${needed}\`.`);
  if (isCommandRoute(route) && route.command.target !== undefined) {
    lines.push(`A manager can approve it: \`X-Approval-Id\` of an approval for \`${route.command.name}\`.`);
  }
  if (route.tolerant) lines.push('A path of the older apps too: unknown fields are ignored.');
  return lines.join(' ');
}

function securityOf(access: Access): Json[] {
  if (access === 'public') return [];
  return access === 'device' ? [{ device: [] }] : [{ bearer: [] }, { bearer: [], device: [] }];
}

/** A function decides the status of a few routes, from what happened; then both are possible. */
function statusesOf(route: Route): readonly number[] {
  return isCommandRoute(route) ? route.statuses : [200];
}

function parametersOf(route: Route): Json[] {
  const named = (schema: z.ZodObject, place: 'path' | 'query'): Json[] =>
    Object.entries(schema.shape).map(([name, field]) => ({
      name,
      in: place,
      required: place === 'path' || !(field as z.ZodType).safeParse(undefined).success,
      schema: schemaOf(field as z.ZodType, 'input', true),
    }));
  const header = (name: string, description: string): Json => ({
    name,
    in: 'header',
    required: false,
    description,
    schema: { type: 'string' },
  });
  const parameters = named(route.params, 'path');
  if (!isCommandRoute(route)) return [...parameters, ...named(route.query, 'query')];
  if (route.command.keepsReceipt) {
    parameters.push(header('Idempotency-Key', 'A uuid made for this one action; a repeat gets the first answer.'));
  }
  if (route.command.target !== undefined) parameters.push(header('X-Approval-Id', 'A manager’s approval.'));
  return parameters;
}

function answerOf(route: Route, shared: Shared): Json {
  const known = shared.get(route.answers);
  const given = known?.json ?? schemaOf(route.answers, 'output', true);
  const item = known === undefined ? given : ref(known.name);
  // Routes of lists may describe the list or one of its entries.
  const list = given['type'] === 'array' || route.plural !== null;
  const data = list && given['type'] !== 'array' ? { type: 'array', items: item } : item;
  const names = list ? ['items', ...(route.plural === null ? [] : [route.plural])] : [];
  const envelope: Json = {
    type: 'object',
    required: ['success', 'data', 'message', 'error', 'meta', 'timestamp'],
    properties: {
      success: { const: true },
      data,
      ...Object.fromEntries(names.map((name) => [name, data])),
      message: { type: 'string' },
      error: { type: 'null' },
      meta: { type: ['object', 'null'] },
      timestamp: { type: 'string', format: 'date-time' },
    },
  };
  const description = list
    ? 'The list, in `data` and under its own name.'
    : 'The fields of `data` stand at the top too.';
  return { description, content: jsonContent(envelope) };
}

/** One schema as JSON Schema 2020-12, which is what OpenAPI 3.1 speaks. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output', open: boolean): Json {
  const { $schema: _dialect, ...json } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    reused: 'inline',
    cycles: 'ref',
    override: ({ jsonSchema }) => {
      // Whole numbers are bounded by what JavaScript counts exactly; nobody needs to read that on every field.
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (open && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
  return json;
}
