import { Ref } from '#contract/ids.ts';
import { AddStationInput, ChangeStationBody, stationAdded, stationChanged } from '#contract/kitchen.ts';
import { defineCommand } from '../../commands/define.ts';
import { stationByRef, stations } from './kitchen.reads.ts';
import { stationTable } from './kitchen.schema.ts';

export const addStation = defineCommand({
  name: 'kitchen.add_station',
  permission: 'kitchen.change',
  input: AddStationInput,
  handle({ tx, ids }, input) {
    const all = stations(tx.connection);
    const id = ids.next();
    const alias = Math.max(0, ...all.map((station) => station.alias)) + 1;
    tx.on('station', id)
      .insert(stationTable, { id, alias, name: input.name, color: input.color, sortOrder: alias, active: true })
      .tell(stationAdded, { station_id: id, name: input.name });
    return stationByRef(tx.connection, id);
  },
});

export const changeStation = defineCommand({
  name: 'kitchen.change_station',
  permission: 'kitchen.change',
  input: ChangeStationBody.extend({ station_id: Ref }),
  handle({ tx }, { station_id, ...fields }) {
    const station = stationByRef(tx.connection, station_id);
    const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
    if (Object.keys(given).length > 0) {
      tx.on('station', station.id)
        .update(stationTable, station.id, given)
        .tell(stationChanged, { station_id: station.id, name: fields.name ?? station.name });
    }
    return stationByRef(tx.connection, station.id);
  },
});
