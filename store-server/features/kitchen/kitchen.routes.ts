import { AddStationInput, ChangeStationBody, StationDto } from '#contract/kitchen.ts';
import type { Api } from '../../http/api.ts';
import type { ReadContext } from '../../http/route.ts';
import { printersOfStation } from '../printers/index.ts';
import { addStation, changeStation } from './kitchen.commands.ts';
import { type Station, stations } from './kitchen.reads.ts';

const stationDto = (station: Station) => ({
  id: station.id,
  station_id: station.alias,
  name: station.name,
  color: station.color,
  active: station.active,
});

const allStations = ({ connection }: ReadContext) =>
  stations(connection).map((station) => ({
    ...stationDto(station),
    printers: printersOfStation(connection, station.id).map(({ id, name }) => ({ id, name })),
  }));

export const kitchenRoutes = (api: Api): void =>
  api.router('/api/v1/kitchen', (at) => {
    at.get('/stations', allStations, {
      operation: 'kitchen.stations',
      access: 'kitchen.read',
      summary: 'The kitchen’s stations and the printers that put out their tickets',
      answers: StationDto,
      plural: 'stations',
    });
    at.post('/stations', addStation, {
      summary: 'Add a kitchen station',
      body: AddStationInput,
      answers: StationDto.omit({ printers: true }),
      toDto: stationDto,
    });
    at.put('/stations/:station_id', changeStation, {
      summary: 'Rename, recolour or retire a kitchen station',
      body: ChangeStationBody,
      answers: StationDto.omit({ printers: true }),
      toDto: stationDto,
    });
  });
