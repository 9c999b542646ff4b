/** A start that cannot go on, in one sentence that the person at the console can act on. */
export class StartRefused extends Error {
  override readonly name = 'StartRefused';
}
