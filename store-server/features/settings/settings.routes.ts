import { SaveSettings, SettingOriginDto, Settings } from '#contract/settings.ts';
import type { Connection } from '../../db/connection.ts';
import type { Api } from '../../http/api.ts';
import { isoTime } from '../../kernel/dates.ts';
import { changeSettings } from './settings.commands.ts';
import { settingOrigins, settingsOf } from './settings.reads.ts';

export const settingsRoutes = (api: Api) =>
  api.router('/api/v1/settings', (at) => {
    at.get('', ({ connection }) => settingsOf(connection), {
      operation: 'settings.read',
      summary: 'How this restaurant is set up',
      access: 'settings.read',
      answers: Settings,
    });
    at.put('', changeSettings, {
      summary: 'Change the settings that are given and leave the others',
      access: 'settings.change',
      body: SaveSettings,
      answers: Settings,
      message: 'Settings saved.',
    });
  });

/** A person's name by their id; the staff, a later feature, hand it over. */
export type NameOf = (connection: Connection, staffId: string) => string | null;

export const originRoutes = (nameOf: NameOf) => (api: Api) =>
  api.router('/api/v1/settings', (at) => {
    at.get(
      '/origins',
      ({ connection }) =>
        settingOrigins(connection).map(({ key, at: changedAt, actorId }) => ({
          key,
          changed_at: isoTime(changedAt),
          changed_by: actorId === null ? null : nameOf(connection, actorId),
        })),
      {
        operation: 'settings.origins',
        summary: 'Who gave each setting its present value, and when; settings that nobody ever changed are not listed',
        access: 'settings.change',
        answers: SettingOriginDto,
        plural: 'origins',
      },
    );
  });
