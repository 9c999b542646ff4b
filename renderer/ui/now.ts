import { useEffect, useState } from 'react';
import { serverNow } from '#api/server-clock.ts';

/** The server's time, looked at again every so often: for ages that grow while nothing else changes. Epoch ms. */
export function useServerNow(everyMs = 15_000): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
