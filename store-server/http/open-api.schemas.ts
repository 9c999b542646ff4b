import { z } from 'zod';
import { type Json, ref } from './open-api.parts.ts';

export interface Schemas {
  /** JSON Schema of a zod schema; `open` leaves out that unknown fields are refused. */
  of(schema: z.ZodType, options: { io: 'input' | 'output'; open: boolean; name: string }): Json;
  /** What is referred to by name: `#/components/schemas/…`. */
  readonly components: Record<string, Json>;
}

const inside = '#/$defs/';

/**
 * Writes schemas as JSON Schema 2020-12, which is what OpenAPI 3.1 speaks. A schema that refers to itself (a choice
 * within a choice) brings definitions of its own, which have to stand among the document's components.
 */
export function createSchemas(): Schemas {
  const components: Record<string, Json> = {};
  return {
    components,
    of(schema, { io, open, name }) {
      const {
        $schema: _dialect,
        $defs = {},
        ...root
      } = z.toJSONSchema(schema, {
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
      }) as Json & { $defs?: Json };
      let circular = false;
      const partName = (part: string): string => `${name}.${part.replace('__schema', 'part')}`;
      const moved = (node: unknown): unknown => {
        if (Array.isArray(node)) return node.map(moved);
        if (typeof node !== 'object' || node === null) return node;
        const target = (node as Json)['$ref'];
        if (target === '#') circular = true;
        if (typeof target === 'string') return ref(target === '#' ? name : partName(target.slice(inside.length)));
        return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, moved(value)]));
      };
      for (const [part, definition] of Object.entries($defs)) components[partName(part)] = moved(definition) as Json;
      const json = moved(root) as Json;
      if (!circular) return json;
      components[name] = json;
      return ref(name);
    },
  };
}
