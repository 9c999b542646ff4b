import type { ListedDevice } from '#contract/devices.ts';
import { texts } from './let-in.texts.ts';

/** What a device is called: its own name, or, where nobody gave it one, its address. */
export const nameOf = ({ name, kind, address }: Pick<ListedDevice, 'name' | 'kind' | 'address'>): string =>
  kind === 'legacy' ? texts.olderName(address ?? '') : name;
