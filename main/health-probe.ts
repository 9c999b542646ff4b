/** Longer than a busy server takes, shorter than the pause between two beats. */
const PATIENCE_MS = 4_000;

/** Whether the server at this address answers `/health` with 200. Never rejects. */
export async function isHealthy(url: string): Promise<boolean> {
  try {
    const answer = await fetch(new URL('health', url), { signal: AbortSignal.timeout(PATIENCE_MS), redirect: 'error' });
    await answer.arrayBuffer();
    return answer.status === 200;
  } catch {
    return false;
  }
}
