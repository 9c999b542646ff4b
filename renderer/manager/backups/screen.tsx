import { Button } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '#api/actions.ts';
import { change } from '#api/client.ts';
import { useIsLost } from '#api/connection.ts';
import { backups } from '#api/operations/backups.ts';
import { useRead } from '#api/queries.ts';
import type { BackupDto, BackupsDto } from '#contract/backups.ts';
import { ageOf, useClock } from '#ui/format.ts';
import { useServerNow } from '#ui/now.ts';
import { Card, Page } from '#ui/page.tsx';
import { Chip } from '#ui/signs.tsx';
import { Loaded, Trouble } from '#ui/states.tsx';
import { Working } from '#ui/working.tsx';
import { useCommands } from '../frame/commands.ts';
import { texts as frame } from '../frame/frame.texts.ts';
import { useMay } from '../frame/may.ts';
import { texts } from './backups.texts.ts';
import { BackupList } from './list.tsx';
import { Places } from './places.tsx';
import { RecoverySheet } from './recovery-sheet.tsx';
import { RestoreWizard } from './restore.tsx';
import { useMakeBackup } from './use-make-backup.ts';
import './backups.css';

/** Snapshots come about in silence; only trouble with them is told. */
const LOOK_MS = 30_000;

/** To survive a stolen PC: which backups there are, that they are good, and the way back to one. */
export default function Backups() {
  const all = useRead(backups.list, {}, { every: LOOK_MS });
  const { act, make } = useMakeBackup();
  const lost = useIsLost();
  const may = useMay();
  const [chosen, setChosen] = useState<BackupDto | null>(null);

  const possible = may('backups.make') && !lost;
  useCommands(
    possible
      ? [{ id: 'backups.make', label: texts.make, group: frame.groups.page, keys: 'b', run: () => void make() }]
      : [],
  );
  return (
    <Page
      title={texts.title}
      lead={all.data === undefined ? undefined : texts.lead(all.data.every_minutes)}
      actions={
        may('backups.make') && (
          <>
            {all.data !== undefined && (
              <Button variant="default" onClick={() => print()}>
                {texts.sheet.print}
              </Button>
            )}
            <Button onClick={() => void make()} disabled={lost || act.busy}>
              {texts.make}
            </Button>
          </>
        )
      }
    >
      {act.busy && (
        <div className="backup-progress" role="status">
          <p>{texts.making}</p>
          <Working about={texts.making} />
        </div>
      )}
      {act.problem !== null && <Trouble title={texts.notMade} problem={act.problem} again={() => void make()} />}
      <Loaded of={all}>
        {(data) => (
          <div className="backups off-paper">
            {data.last_restore?.seen_at === null && <LastRestore of={data.last_restore} />}
            <div className="backup-top">
              <Latest newest={data.backups[0]} />
              <Places places={data.places} />
            </div>
            {data.last_restore?.seen_at !== null && <LastRestore of={data.last_restore} />}
            {data.backups.length > 0 && (
              <BackupList all={data.backups} restore={may('backups.restore') ? setChosen : null} />
            )}
          </div>
        )}
      </Loaded>
      {all.data !== undefined && <RecoverySheet places={all.data.places} newest={all.data.backups[0]} />}
      {chosen !== null && <RestoreWizard backup={chosen} close={() => setChosen(null)} />}
    </Page>
  );
}

function Latest({ newest }: { newest: BackupDto | undefined }) {
  const clock = useClock();
  const now = useServerNow();
  const words = texts.last;
  if (newest === undefined) {
    return (
      <Card title={words.title}>
        <p className="backup-none">
          <Chip level="bad">{words.none}</Chip>
        </p>
        <p>{words.noneWhy}</p>
      </Card>
    );
  }
  const { made_at, contents, tried_at, tried_ok } = newest;
  return (
    <Card title={words.title}>
      <p className="backup-when">
        {clock.short(made_at)} <span className="soft">{words.age(ageOf(Date.parse(made_at), now))}</span>
      </p>
      <p>{words.holds(contents.orders_to, clock.day(`${contents.business_day}T12:00:00Z`))}</p>
      <p className="backup-signs">
        <Chip level="ok">{words.verified}</Chip>
        {tried_at === null ? (
          <span className="soft">{words.untried}</span>
        ) : (
          <Chip level={tried_ok === false ? 'bad' : 'ok'}>
            {tried_ok === false ? words.trialFailed(clock.short(tried_at)) : words.tried(clock.short(tried_at))}
          </Chip>
        )}
      </p>
    </Card>
  );
}

function LastRestore({ of }: { of: BackupsDto['last_restore'] }) {
  const clock = useClock();
  const may = useMay()('backups.restore');
  const lost = useIsLost();
  const act = useAct();
  if (of === null) return null;
  const words = texts.restored;
  const { epoch, sentence, at, seen_at } = of;
  const seen = (): Promise<boolean> =>
    act.run({ title: words.seen, run: (key) => change(backups.seeRestore, { body: { epoch } }, { key }) });
  return (
    <Card title={words.title}>
      <p className="backup-lost">{sentence}</p>
      <p className="soft">
        {words.at(clock.short(at))} {seen_at !== null && words.seenAt(clock.short(seen_at))}
      </p>
      {seen_at === null && may && (
        <p className="backup-seen">
          <Button variant="default" loading={act.busy} disabled={lost} onClick={() => void seen()}>
            {words.see}
          </Button>
          <span className="soft">{words.seeHint}</span>
        </p>
      )}
      {act.problem !== null && <Trouble problem={act.problem} />}
    </Card>
  );
}
