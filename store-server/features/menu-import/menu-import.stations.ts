import { byName, sameName } from '#contract/same-name.ts';
import type { CommandContext } from '../../commands/define.ts';
import { showStation, stations, writeStation } from '../kitchen/index.ts';

interface Known {
  readonly id: string;
  readonly active: boolean;
}

/**
 * Finds kitchen stations by name; makes one that is not there, and takes one that was retired into use again.
 * @returns how to find one, and the ids of those that came into use
 */
export function stationFinder(context: CommandContext) {
  const known: Map<string, Known> = byName(stations(context.tx.connection), ({ name }) => sameName(name));
  const begun: string[] = [];
  const stationId = (name: string): string => {
    const key = sameName(name);
    const there = known.get(key);
    if (there?.active === true) return there.id;
    const id = there?.id ?? writeStation(context, { name, color: '#1F4E79' });
    if (there !== undefined) showStation(context, id, true);
    known.set(key, { id, active: true });
    begun.push(id);
    return id;
  };
  return { stationId, begun };
}
