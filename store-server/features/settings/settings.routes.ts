import { ChangeSettings, Settings } from '#contract/settings.ts';
import type { Api } from '../../http/api.ts';
import { changeSettings } from './settings.commands.ts';
import { settingsOf } from './settings.reads.ts';

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
      body: ChangeSettings,
      answers: Settings,
      message: 'Settings saved.',
    });
  });
