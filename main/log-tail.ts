/** The last lines that the store server wrote, as a person can read them. */
export class LogTail {
  readonly #most: number;
  readonly #lines: string[] = [];
  #rest = '';

  /** @param most how many lines are kept */
  constructor(most = 40) {
    this.#most = most;
  }

  /** Takes output as it comes, in pieces that need not end where a line does. */
  write(text: string): void {
    const [...lines] = (this.#rest + text).split(/\r?\n/);
    // A program that never ends its line must not fill the memory.
    this.#rest = (lines.pop() ?? '').slice(-4_000);
    for (const line of lines) if (line.trim() !== '') this.#lines.push(inWords(line).slice(0, 400));
    this.#lines.splice(0, this.#lines.length - this.#most);
  }

  lines(): readonly string[] {
    return this.#rest.trim() === '' ? [...this.#lines] : [...this.#lines, inWords(this.#rest)];
  }
}

const levels: Readonly<Record<number, string>> = { 40: 'warning', 50: 'error', 60: 'fatal' };

/** `19:44:02 error: printing failed (reason: jammed)` for a structured line; any other as it is. */
function inWords(line: string): string {
  const entry = structured(line);
  if (entry === null) return line;
  const { level, time, msg, ...fields } = entry;
  const told = Object.entries(fields).map(
    ([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  const kind = levels[Number(level)];
  return [
    typeof time === 'string' ? `${time.slice(11, 19)} ` : '',
    kind === undefined ? '' : `${kind}: `,
    String(msg),
    told.length === 0 ? '' : ` (${told.join(', ')})`,
  ].join('');
}

function structured(line: string): Record<string, unknown> | null {
  if (!line.startsWith('{')) return null;
  try {
    const entry: unknown = JSON.parse(line);
    return typeof entry === 'object' && entry !== null && 'msg' in entry ? (entry as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
