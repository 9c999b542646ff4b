import { devices } from '#api/operations/auth.ts';
import { useRead } from '#api/queries.ts';
import type { Fact } from '../facts.ts';
import { texts } from '../frame.texts.ts';
import { useMay } from '../may.ts';

/** How many devices may be used here. Whether they are switched on is not known. */
export function useDevicesFact(): Fact | null {
  const may = useMay()('devices.manage');
  const { data } = useRead(devices.list, {}, { wanted: may });
  if (data === undefined) return null;
  const words = texts.facts.devices(
    data.filter(({ kind, revoked_at }) => kind === 'registered' && revoked_at === null).length,
  );
  return { id: 'devices', level: 'neutral', words, sentence: words, to: '/devices' };
}
