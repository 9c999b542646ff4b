import type { CommandContext } from '../../commands/define.ts';
import { showStation, stations, writeStation } from '../kitchen/index.ts';
import { sameName } from './menu-import.rules.ts';

/**
 * Finds kitchen stations by name; makes one that is not there, and takes one that was retired into use again.
 * @returns how to find one, and the ids of those that came into use
 */
export function stationFinder(context: CommandContext) {
  const known = new Map<string, string>();
  const retired = new Map<string, string>();
  for (const { id, name, active } of stations(context.tx.connection)) {
    const among = active ? known : retired;
    if (!among.has(sameName(name))) among.set(sameName(name), id);
  }
  const begun: string[] = [];
  const stationId = (name: string): string => {
    const key = sameName(name);
    const there = known.get(key);
    if (there !== undefined) return there;
    const old = retired.get(key);
    const id = old ?? writeStation(context, { name, color: '#1F4E79' });
    if (old !== undefined) showStation(context, old, true);
    known.set(key, id);
    begun.push(id);
    return id;
  };
  return { stationId, begun };
}
