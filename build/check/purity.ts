import { type Finding, isNode, lineAt, type Source, type SyntaxNode, walk } from './source.ts';

/** Where real time and real chance may come from, and why. Everyone else is handed a clock and ids. */
const mayTouchReality: readonly (readonly [file: RegExp, why: string])[] = [
  [/^store-server\/kernel\//, 'the real clock and the real ids live here'],
  [/^(main|store-server|cloud-relay)\/entry\.ts$/, 'the process entry hands the real ones over'],
  [/^renderer\/api\/browser\.ts$/, 'the browser’s clock and chance, handed to the rest of the window'],
  [/^(build|test)\//, 'tools and tests run outside the restaurant'],
  [/\.(test|fixture)\.ts$/, 'tests run outside the restaurant'],
];

const impure: Readonly<Record<string, string>> = {
  'Date.now': 'the clock',
  'Temporal.Now': 'the clock',
  'performance.now': 'the clock',
  'process.hrtime': 'the clock',
  'Math.random': 'chance',
  'crypto.getRandomValues': 'chance',
  getRandomValues: 'chance',
  randomUUID: 'ids',
  randomBytes: 'chance',
  randomInt: 'chance',
};

/** Uses of the wall clock and of randomness outside the files that may. */
export function realityLeaks(source: Source): Finding[] {
  if (mayTouchReality.some(([file]) => file.test(source.file))) return [];
  const found: Finding[] = [];
  const report = (node: SyntaxNode, what: string, name: string) =>
    found.push(at(source, node, `${name} here cannot be tested: take ${what} as an argument.`));
  walk(source.program, (node, ancestors) => {
    const name = nameOf(node);
    const parent = ancestors.at(-1);
    if (node.type === 'NewExpression' && nameOf(node['callee']) === 'Date' && isEmpty(node['arguments'])) {
      report(node, 'the clock', 'new Date()');
    } else if (node.type === 'CallExpression' && nameOf(node['callee']) === 'Date') {
      report(node, 'the clock', 'Date()');
    } else if (name !== null && Object.hasOwn(impure, name) && !isOnlyAName(node, parent)) {
      report(node, impure[name]!, name);
    } else if (
      node.type === 'MemberExpression' &&
      /^(randomUUID|randomBytes|randomInt)$/.test(name?.split('.').at(-1) ?? '')
    ) {
      report(node, 'chance', name!);
    }
  });
  return found;
}

/** `clock.now` or `{ randomUUID: … }` name something of their own. */
function isOnlyAName(node: SyntaxNode, parent: SyntaxNode | undefined): boolean {
  if (node.type !== 'Identifier' || parent === undefined) return false;
  if (parent.type === 'MemberExpression') return parent['property'] === node && parent['computed'] !== true;
  return (
    /^(Property|PropertyDefinition|TSPropertySignature|TSMethodSignature)$/.test(parent.type) && parent['key'] === node
  );
}

/**
 * A command's `handle` runs inside one transaction that others wait for, so it cannot wait for anything itself.
 * Only `prepare`, which runs before the transaction, may.
 */
export function waitingCommands(source: Source): Finding[] {
  if (!/\.commands(\.ts$|\/)/.test(source.file) || source.file.endsWith('.test.ts')) return [];
  const found: Finding[] = [];
  walk(source.program, (node, ancestors) => {
    const waits = node.type === 'AwaitExpression' || (node['async'] === true && node.type.includes('Function'));
    if (!waits || mayWait([...ancestors, node])) return;
    found.push(at(source, node, 'A command handler cannot wait. Do this in prepare, or in a job after the commit.'));
  });
  return found;
}

/** An exported function is called from outside, as at the start, and not by a handler, which has no use for a promise. */
function mayWait(nodes: readonly SyntaxNode[]): boolean {
  const names = nodes.map((node) => nameOf(node['key']) ?? nameOf(node['id']) ?? '');
  if (names.includes('handle')) return false;
  return (
    names.some((name) => name.startsWith('prepare')) ||
    (nodes.some(({ type }) => type === 'ExportNamedDeclaration') &&
      nodes.some(({ type }) => type === 'FunctionDeclaration'))
  );
}

/** Who may put SQL text together, and why. */
const mayBuildSql: readonly (readonly [file: RegExp, why: string])[] = [
  [/^store-server\/(db|journal)\//, 'raw SQL is at home here'],
  [
    /^store-server\/features\/orders\/orders\.reads\.ts$/,
    'a status of our own, spelt out so that its partial index is used',
  ],
  [/^(build|test)\/|\.(test|fixture)\.ts$/, 'tools and tests run outside the restaurant'],
];

/** Statements are prepared once and take their values as parameters; text built from values invites both slowness and theft. */
export function builtSql(source: Source): Finding[] {
  if (mayBuildSql.some(([file]) => file.test(source.file))) return [];
  const found: Finding[] = [];
  walk(source.program, (node) => {
    if (node.type !== 'CallExpression' || !isNode(node['callee']) || node['callee'].type !== 'MemberExpression') return;
    const method = nameOf(node['callee']['property']);
    if (method !== 'prepare' && method !== 'exec' && method !== 'raw') return;
    const [text] = node['arguments'] as unknown[];
    if (!isNode(text) || !isBuilt(text)) return;
    found.push(
      at(
        source,
        node,
        `SQL text built from values in .${method}(): write it out and bind parameters, or move it to db/.`,
      ),
    );
  });
  return found;
}

function isBuilt(text: SyntaxNode): boolean {
  if (text.type === 'TemplateLiteral') return !isEmpty(text['expressions']);
  return text.type === 'BinaryExpression' && text['operator'] === '+';
}

const isEmpty = (list: unknown) => Array.isArray(list) && list.length === 0;

/** `a` or `a.b`, for an identifier or a plain member; null for anything else. */
function nameOf(node: unknown): string | null {
  if (!isNode(node)) return null;
  if (node.type === 'Identifier') return String(node['name']);
  if (node.type !== 'MemberExpression' || node['computed'] === true) return null;
  const object = nameOf(node['object']);
  return object === null ? null : `${object}.${nameOf(node['property'])}`;
}

const at = ({ file, text }: Source, { start }: SyntaxNode, message: string): Finding => ({
  file,
  line: lineAt(text, start),
  message,
});
