import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Program, parseSync } from 'oxc-parser';

/** One file of ours, parsed once for all checks. Paths are relative to the repository, with forward slashes. */
export interface Source {
  file: string;
  text: string;
  program: Program;
  imports: Import[];
}

export interface Import {
  /** As written: `./tx.ts`, `#contract/ids.ts`, `zod`. */
  request: string;
  line: number;
  /** Gone at run time: `import type`, or nothing but `type` names. */
  typeOnly: boolean;
}

/** Something a check does not like, in words that say where to go instead. */
export interface Finding {
  file: string;
  line: number;
  message: string;
}

const notOurs = new Set(['node_modules', '.git', '.fynlo', 'coverage', 'out', 'dist']);

/** Every file of the working tree that is ours, whether or not it is committed yet. */
export function filesBelow(root: string, folder = ''): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter((entry) => !notOurs.has(entry.name))
    .flatMap((entry) => {
      const file = folder === '' ? entry.name : `${folder}/${entry.name}`;
      return entry.isDirectory() ? filesBelow(root, file) : entry.isFile() ? [file] : [];
    })
    .sort();
}

export function readSource(root: string, file: string): Source {
  return parseSource(file, readFileSync(path.join(root, file), 'utf8'));
}

export function parseSource(file: string, text: string): Source {
  const { program, module } = parseSync(file, text);
  const at = (offset: number) => lineAt(text, offset);
  const imports: Import[] = [];
  for (const { start, moduleRequest, entries } of module.staticImports) {
    const typeOnly = entries.length > 0 && entries.every((entry) => entry.isType);
    imports.push({ request: moduleRequest.value, line: at(start), typeOnly });
  }
  for (const { entries } of module.staticExports) {
    for (const { start, moduleRequest, isType } of entries) {
      if (moduleRequest) imports.push({ request: moduleRequest.value, line: at(start), typeOnly: isType });
    }
  }
  for (const { start, moduleRequest } of module.dynamicImports) {
    const request = /^(['"`])([^'"`$]+)\1$/.exec(text.slice(moduleRequest.start, moduleRequest.end))?.[2];
    if (request) imports.push({ request, line: at(start), typeOnly: false });
  }
  return { file, text, program, imports };
}

export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** A node of the syntax tree, seen plainly: its type, where it starts, and whatever else it carries. */
export interface SyntaxNode {
  type: string;
  start: number;
  [part: string]: unknown;
}

/** Calls `visit` for every node below `root`, with its ancestors from the outside in. */
export function walk(root: unknown, visit: (node: SyntaxNode, ancestors: readonly SyntaxNode[]) => void): void {
  const ancestors: SyntaxNode[] = [];
  const look = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(look);
    if (!isNode(value)) return;
    visit(value, ancestors);
    ancestors.push(value);
    for (const part of Object.values(value)) look(part);
    ancestors.pop();
  };
  look(root);
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}
