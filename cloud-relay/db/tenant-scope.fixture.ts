import { isNode, parseSource, walk } from '../../build/check/source.ts';

const looksLikeSql = /^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b/;

/** Every SQL text of a file; null for one that is put together from values. */
export function sqlTextsIn(file: string, text: string): (string | null)[] {
  const found: (string | null)[] = [];
  walk(parseSource(file, text).program, (node) => {
    if (node.type === 'Literal' && typeof node['value'] === 'string' && looksLikeSql.test(node['value']))
      found.push(node['value']);
    if (node.type !== 'TemplateLiteral') return;
    const pieces = node['quasis'] as { value: { cooked: string } }[];
    const sql = pieces.map(({ value }) => value.cooked).join('?');
    if (!looksLikeSql.test(sql)) return;
    const built = Array.isArray(node['expressions']) && node['expressions'].some((part) => isNode(part));
    found.push(built ? null : sql);
  });
  return found;
}

/**
 * Tables of tenants in a statement whose tenant it does not name: each has to be compared with a parameter, or with the
 * tenant of another table of the statement, and an INSERT has to say it.
 */
export function unscopedTables(sql: string, tenantTables: readonly string[]): string[] {
  const loose: string[] = [];
  const sources = [
    ...sql.matchAll(
      /\b(FROM|JOIN|UPDATE|INTO)\s+([a-z_]+)(?:\s+(?:AS\s+)?(?!SET\b|WHERE\b|JOIN\b|LEFT\b|ON\b|ORDER\b|VALUES\b|NATURAL\b|GROUP\b)([a-z]\w*))?/g,
    ),
  ];
  for (const [, verb, table = '', alias] of sources) {
    if (!tenantTables.includes(table)) continue;
    const name = alias ?? table;
    const scoped =
      verb === 'INTO'
        ? new RegExp(`INTO\\s+${table}\\s*\\(\\s*tenant_id\\b`).test(sql)
        : new RegExp(`\\b${name}\\.tenant_id\\s*=\\s*(\\$\\d|(?!${name}\\.)[a-z]\\w*\\.tenant_id)`).test(sql) ||
          new RegExp(`[a-z]\\w*\\.tenant_id\\s*=\\s*${name}\\.tenant_id`).test(
            sql.replaceAll(`${name}.tenant_id = ${name}.tenant_id`, ''),
          ) ||
          (alias === undefined &&
            new RegExp(`${verb}\\s+${table}\\b[^()]*?(SET[\\s\\S]*?)?WHERE\\s+tenant_id\\s*=\\s*\\$\\d`).test(sql));
    if (!scoped) loose.push(table);
  }
  return loose;
}
