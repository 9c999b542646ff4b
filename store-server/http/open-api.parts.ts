import { problems } from '#contract/problems.ts';

/** The parts of the API document that are the same whatever the routes. */

export type Json = Record<string, unknown>;

export const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
export const jsonContent = (schema: Json): Json => ({ 'application/json': { schema } });

export const securitySchemes = {
  bearer: { type: 'http', scheme: 'bearer', description: 'The access token of a sign-in.' },
  device: { type: 'apiKey', in: 'header', name: 'X-Device-Token', description: 'Given once, when a device registers.' },
};

export const problemSchema: Json = {
  type: 'object',
  required: ['success', 'data', 'message', 'detail', 'error', 'timestamp'],
  properties: {
    success: { const: false },
    data: { type: 'null' },
    message: { type: 'string', description: 'A sentence for the person.' },
    detail: { type: 'string', description: 'The same, for older apps.' },
    error: {
      type: 'object',
      properties: {
        code: { type: 'string', enum: Object.keys(problems) },
        message: { type: 'string' },
        field: { type: ['string', 'null'] },
        details: {
          type: 'object',
          properties: {
            error_id: { type: 'string' },
            suggestion: { type: 'string' },
            validation_errors: {
              type: 'array',
              items: {
                type: 'object',
                properties: { field: { type: 'string' }, message: { type: 'string' }, type: { type: 'string' } },
              },
            },
          },
        },
      },
    },
    meta: { type: 'null' },
    timestamp: { type: 'string', format: 'date-time' },
  },
};

export const refusal: Json = {
  description: 'A refusal; the codes are listed above.',
  content: jsonContent(ref('Problem')),
};

/** How to read the document, and everything that can be refused. */
export function preface(): string {
  const rows = Object.entries(problems).map(([code, { status, message, suggestion, final }]) => {
    return `- **${status}** \`${code}\` · ${message} ${suggestion}${final ? ' *(kept)*' : ''}`;
  });
  return [
    'Every answer is JSON in one envelope, and an object’s fields stand at the top level as well. Money is in pounds',
    'with two places, times are UTC. Ids are uuids or, for older apps, whole numbers; both are taken everywhere.',
    '',
    'Send `Idempotency-Key` with everything that changes something: the same key and body is done once and answered',
    'alike, with `Idempotency-Replayed: true`. A refusal that is *kept* is repeated for its key too; after any other,',
    'asking again with the same key may end differently.',
    '',
    '## What can be refused',
    '',
    ...rows,
  ].join('\n');
}
