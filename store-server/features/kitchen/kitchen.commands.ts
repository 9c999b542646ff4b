import { Ref } from '#contract/ids.ts';
import { AddStationInput, ChangeStationBody, stationAdded, stationChanged } from '#contract/kitchen.ts';
import { type CommandContext, defineCommand } from '../../commands/define.ts';
import type { Connection } from '../../db/connection.ts';
import { Problem } from '../../kernel/verdict.ts';
import { routeStation } from '../printers/index.ts';
import { stationByRef, stations } from './kitchen.reads.ts';
import { stationTable } from './kitchen.schema.ts';

/** People choose a station by its name, so no two in use are called alike. */
function insistOwnName(connection: Connection, name: string, own: string | null): void {
  const taken = stations(connection).some(
    (station) => station.active && station.id !== own && station.name.toLowerCase() === name.toLowerCase(),
  );
  if (taken) {
    throw new Problem('VALIDATION_ERROR', { field: 'name', reason: 'There is already a station of this name.' });
  }
}

/** Writes a new station, whose name no other in use has, and answers its id. */
export function writeStation({ tx, ids }: CommandContext, { name, color }: { name: string; color: string }): string {
  const id = ids.next();
  const alias = Math.max(0, ...stations(tx.connection).map((station) => station.alias)) + 1;
  tx.on('station', id)
    .insert(stationTable, { id, alias, name, color, sortOrder: alias, active: true })
    .tell(stationAdded, { station_id: id, name });
  return id;
}

/** Takes a station into use again or retires it. */
export function showStation({ tx }: CommandContext, id: string, active: boolean): void {
  const { name } = stationByRef(tx.connection, id);
  tx.on('station', id).update(stationTable, id, { active }).tell(stationChanged, { station_id: id, name });
}

export const addStation = defineCommand({
  name: 'kitchen.add_station',
  permission: 'kitchen.change',
  input: AddStationInput,
  handle(context, { name, color, printers }) {
    const { tx } = context;
    insistOwnName(tx.connection, name, null);
    const id = writeStation(context, { name, color });
    if (printers !== undefined) routeStation(context, id, printers);
    return stationByRef(tx.connection, id);
  },
});

export const changeStation = defineCommand({
  name: 'kitchen.change_station',
  permission: 'kitchen.change',
  input: ChangeStationBody.extend({ station_id: Ref }),
  handle(context, { station_id, printers, ...fields }) {
    const { tx } = context;
    const station = stationByRef(tx.connection, station_id);
    const name = fields.name ?? station.name;
    if (fields.active ?? station.active) insistOwnName(tx.connection, name, station.id);
    const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
    if (Object.keys(given).length > 0) {
      tx.on('station', station.id)
        .update(stationTable, station.id, given)
        .tell(stationChanged, { station_id: station.id, name });
    }
    if (printers !== undefined) routeStation(context, station.id, printers);
    return stationByRef(tx.connection, station.id);
  },
});
