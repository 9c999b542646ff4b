/** How many addresses are remembered; beyond that the one seen longest ago is forgotten. */
const ADDRESSES = 4096;

interface Bucket {
  tokens: number;
  at: number;
}

/**
 * Says whether an address may ask once more. Each has a bucket of `perSecond` requests that refills evenly: far above
 * what a till needs, low enough that one broken device does not starve the others.
 * @param monotonic ms that never jump
 */
export function createFloodLimit(perSecond: number, monotonic: () => number): (address: string) => boolean {
  const buckets = new Map<string, Bucket>();
  return (address) => {
    const now = monotonic();
    let bucket = buckets.get(address);
    if (bucket === undefined) {
      const oldest = buckets.size >= ADDRESSES ? buckets.keys().next().value : undefined;
      if (oldest !== undefined) buckets.delete(oldest);
      bucket = { tokens: perSecond, at: now };
      buckets.set(address, bucket);
    }
    bucket.tokens = Math.min(perSecond, bucket.tokens + ((now - bucket.at) * perSecond) / 1000);
    bucket.at = now;
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  };
}
