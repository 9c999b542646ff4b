import { AddStationInput, ChangeStationBody, StationDto } from '#contract/kitchen.ts';
import { change, readList } from './define.ts';

const at = '/api/v1/kitchen/stations';

export const kitchen = {
  stations: readList('kitchen.stations', at, { answers: StationDto, staleAfter: ['station.', 'printer.'] }),
  addStation: change('kitchen.add_station', 'post', at, {
    body: AddStationInput,
    answers: StationDto.omit({ printers: true }),
  }),
  changeStation: change('kitchen.change_station', 'put', `${at}/:station_id`, {
    body: ChangeStationBody,
    answers: StationDto.omit({ printers: true }),
  }),
};
