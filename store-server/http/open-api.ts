import { z } from 'zod';
import { type Json, jsonContent, preface, problemSchema, ref, refusal, securitySchemes } from './open-api.parts.ts';
import { createSchemas, type Schemas } from './open-api.schemas.ts';
import { type Access, isCommandRoute, type Route } from './route.ts';

/** The API document (OpenAPI 3.1), made from the same table that serves the requests. */
export function openApiDocument(routes: readonly Route[], version: string): Json {
  const schemas = createSchemas();
  const answers = answerSchemas(routes, schemas);
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}') || '/';
    paths[path] = { ...paths[path], [route.method]: operation(route, schemas, answers) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Fynlo store server', version, description: preface() },
    servers: [{ url: '/' }],
    tags: [...new Set(routes.map(tagOf))].sort().map((name) => ({ name })),
    paths,
    components: {
      schemas: { Problem: problemSchema, ...schemas.components },
      securitySchemes,
      responses: { Refusal: refusal },
    },
  };
}

type Answers = ReadonlyMap<z.ZodType, Json>;

/** What several routes answer stands in the document once, by the name of the first operation that answers it. */
function answerSchemas(routes: readonly Route[], schemas: Schemas): Answers {
  const made = new Map<z.ZodType, Json>();
  for (const { answers, operation: name } of routes) {
    if (made.has(answers)) continue;
    const json = schemas.of(answers, { io: 'output', open: true, name });
    const once = routes.filter((other) => other.answers === answers).length === 1;
    if (!once) schemas.components[name] ??= json;
    made.set(answers, once ? json : ref(name));
  }
  return made;
}

const tagOf = ({ operation }: Route): string => operation.split('.')[0] ?? operation;

function operation(route: Route, schemas: Schemas, answers: Answers): Json {
  const changing = isCommandRoute(route);
  return {
    operationId: route.operation,
    tags: [tagOf(route)],
    summary: route.summary,
    description: describe(route),
    security: securityOf(route.access),
    parameters: parametersOf(route, schemas),
    ...(changing && route.body !== null
      ? { requestBody: { required: true, content: jsonContent(bodyOf(route.body, route, schemas)) } }
      : {}),
    responses: {
      ...Object.fromEntries(
        statusesOf(route).map((status) => [status, answerOf(route, answers.get(route.answers) ?? {})]),
      ),
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

function parametersOf(route: Route, schemas: Schemas): Json[] {
  const named = (schema: z.ZodObject, place: 'path' | 'query'): Json[] =>
    Object.entries(schema.shape).map(([name, field]) => ({
      name,
      in: place,
      required: place === 'path' || !(field as z.ZodType).safeParse(undefined).success,
      schema: schemas.of(field as z.ZodType, { io: 'input', open: true, name: `${route.operation}.${name}` }),
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

const bodyOf = (body: z.ZodType, { operation: name, tolerant }: Route, schemas: Schemas): Json =>
  schemas.of(body, { io: 'input', open: tolerant, name: `${name}.body` });

function answerOf(route: Route, answer: Json): Json {
  // Routes of lists may describe the list or one of its entries.
  const described = route.answers instanceof z.ZodArray;
  const list = described || route.plural !== null;
  const data = list && !described ? { type: 'array', items: answer } : answer;
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
