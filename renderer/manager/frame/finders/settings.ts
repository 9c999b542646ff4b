import { useNavigate } from 'react-router';
import { sections } from '../../settings/fields.ts';
import { texts as words } from '../../settings/settings.texts.ts';
import type { Found, Search } from '../finders.ts';
import { texts } from '../frame.texts.ts';
import { useReach } from '../reach.ts';

/** Each setting by what it is called and what it is about. */
export function useSettingFinder({ wants, nearness }: Search): Found[] {
  const reaches = useReach()('/settings');
  const go = useNavigate();
  if (!reaches || !wants('setting')) return [];
  return sections.flatMap(({ id, fields }) =>
    fields.flatMap(({ name }): Found[] => {
      const { label } = words.fields[name];
      const rank = nearness(`${label} ${words.sections[id]}`);
      if (rank === null) return [];
      const run = () => void go(`/settings/${id}?setting=${name}`);
      return [
        { id: `setting.${name}`, group: texts.groups.settings, label, aside: words.sections[id], rank: rank + 2, run },
      ];
    }),
  );
}
