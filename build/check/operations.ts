import { type Finding, isNode, lineAt, type Source, type SyntaxNode, walk } from './source.ts';

/**
 * Every operation has a story of success and at least one of bad input. They are declared in files below
 * test/operations/, each with an object of this form, keyed by the operation's name in the route table:
 *
 *     export const stories = {
 *       'orders.void_line': {
 *         success: async (at) => { … },
 *         badInput: [{ name: 'no reason given', … }],   // or one function
 *       },
 *     };
 *
 * Only their presence is looked at here; `npm test` runs them.
 */
export const storiesFolder = 'test/operations/';

interface Told {
  operation: string;
  file: string;
  line: number;
  /** `success`, `badInput`. */
  parts: ReadonlySet<string>;
}

export function operationsWithoutStories(operations: readonly string[], sources: readonly Source[]): Finding[] {
  const told = sources.filter(({ file }) => file.startsWith(storiesFolder)).flatMap(storiesIn);
  const missing = operations.flatMap((operation) => {
    const parts = new Set(told.filter((story) => story.operation === operation).flatMap((story) => [...story.parts]));
    const lacks = ['success', 'badInput'].filter((part) => !parts.has(part));
    return lacks.length === 0 ? [] : [finding(storiesFolder, 1, `${operation} has no ${lacks.join(' and no ')} story`)];
  });
  const unknown = told
    .filter(({ operation }) => !operations.includes(operation))
    .map(({ file, line, operation }) => finding(file, line, `${operation} is no operation of the route table`));
  return [...missing, ...unknown];
}

const finding = (file: string, line: number, message: string): Finding => ({ file, line, message });

function storiesIn({ file, text, program }: Source): Told[] {
  const told: Told[] = [];
  walk(program, (node) => {
    if (node.type !== 'VariableDeclarator' || nameOf(node['id']) !== 'stories') return;
    for (const story of propertiesOf(node['init'])) {
      const operation = nameOf(story['key']);
      if (operation === null) continue;
      const parts = propertiesOf(story['value'])
        .filter(saysSomething)
        .map(({ key }) => nameOf(key) ?? '');
      told.push({ operation, file, line: lineAt(text, story.start), parts: new Set(parts) });
    }
  });
  return told;
}

/** An empty list of bad input is none. */
function saysSomething({ value }: SyntaxNode): boolean {
  const { elements } = isNode(value) ? value : { elements: undefined };
  return !Array.isArray(elements) || elements.length > 0;
}

/** The properties of an object literal, whatever `as const` or `satisfies` stands around it. */
function propertiesOf(value: unknown): SyntaxNode[] {
  if (!isNode(value)) return [];
  if (isNode(value['expression'])) return propertiesOf(value['expression']);
  return ((value['properties'] ?? []) as unknown[]).filter(isNode).filter(({ type }) => type === 'Property');
}

function nameOf(key: unknown): string | null {
  if (!isNode(key)) return null;
  if (key.type === 'Identifier') return String(key['name']);
  return key.type === 'Literal' && typeof key['value'] === 'string' ? key['value'] : null;
}
