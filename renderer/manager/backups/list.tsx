import { Button } from '@mantine/core';
import { useState } from 'react';
import { useIsLost } from '#api/connection.ts';
import type { BackupDto } from '#contract/backups.ts';
import { useClock } from '#ui/format.ts';
import { Card } from '#ui/page.tsx';
import { Chip } from '#ui/signs.tsx';
import { texts } from './backups.texts.ts';
import { sizeOf } from './sizes.ts';

const words = texts.list;
const MOST_SHOWN = 12;

const occasionIn = (occasion: string): string =>
  (words.occasions as Readonly<Record<string, string>>)[occasion] ?? words.other;

/** Each backup with what is in it, the newest first. @param restore null for whoever may not */
export function BackupList({
  all,
  restore,
}: {
  all: readonly BackupDto[];
  restore: ((backup: BackupDto) => void) | null;
}) {
  const [whole, setWhole] = useState(false);
  const clock = useClock();
  const lost = useIsLost();
  const shown = whole ? all : all.slice(0, MOST_SHOWN);
  return (
    <Card title={words.title}>
      <table className="backup-list">
        <thead>
          <tr>
            <th scope="col">{words.when}</th>
            <th scope="col">{words.why}</th>
            <th scope="col">{words.contents}</th>
            <th scope="col">{words.where}</th>
            <th scope="col">{words.verified}</th>
            <th scope="col" className="backup-number">
              {words.size}
            </th>
            {restore !== null && (
              <th scope="col">
                <span className="unseen">{words.action}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {shown.map((backup) => (
            <tr key={backup.id}>
              <th scope="row">{clock.short(backup.made_at)}</th>
              <td>{occasionIn(backup.occasion)}</td>
              <td>
                {texts.last.holds(backup.contents.orders_to, clock.day(`${backup.contents.business_day}T12:00:00Z`))}
              </td>
              <td>{backup.places.map((place) => words.places[place]).join(' + ')}</td>
              <td>
                {backup.tried_ok === false ? (
                  <Chip level="bad">{words.states.failed}</Chip>
                ) : (
                  <Chip level="ok">{backup.tried_ok === true ? words.states.tried : words.states.verified}</Chip>
                )}
              </td>
              <td className="backup-number">{sizeOf(backup.bytes)}</td>
              {restore !== null && (
                <td className="backup-action">
                  <Button
                    size="compact-sm"
                    variant="default"
                    disabled={lost}
                    aria-label={words.restoreLabel(clock.short(backup.made_at))}
                    onClick={() => restore(backup)}
                  >
                    {words.restore}
                  </Button>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length < all.length && (
        <div>
          <Button size="compact-sm" variant="subtle" onClick={() => setWhole(true)}>
            {words.more(all.length - shown.length)}
          </Button>
        </div>
      )}
    </Card>
  );
}
