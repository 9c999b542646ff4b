import { Button } from '@mantine/core';
import { useIsLost } from '#api/connection.ts';
import { backups } from '#api/operations/backups.ts';
import { useRead } from '#api/queries.ts';
import type { BackupDto } from '#contract/backups.ts';
import { useClock } from '#ui/format.ts';
import { Shape } from '#ui/signs.tsx';
import { Loaded, Trouble } from '#ui/states.tsx';
import { Working } from '#ui/working.tsx';
import { texts as ofBackups } from '../backups/backups.texts.ts';
import { Places } from '../backups/places.tsx';
import { RecoverySheet } from '../backups/recovery-sheet.tsx';
import { useMakeBackup } from '../backups/use-make-backup.ts';
import { texts } from './setup.texts.ts';
import { StartsWithComputer } from './starts-with-computer.tsx';
import '../backups/backups.css';

const words = texts.safety;

/** For the day on which this computer is gone: a first backup, another place for copies, and the sheet that says what to do. */
export function SafetyStep() {
  const all = useRead(backups.list, {});
  return (
    <Loaded of={all}>
      {(data) => (
        <>
          <div className="setup-safety off-paper">
            <FirstBackup newest={data.backups[0]} />
            <Places places={data.places} />
            <section className="setup-safe" aria-label={words.sheet.title}>
              <h2>{words.sheet.title}</h2>
              <p>{words.sheet.why}</p>
              <div>
                <Button variant="default" size="xs" onClick={() => print()}>
                  {ofBackups.sheet.print}
                </Button>
              </div>
            </section>
            <StartsWithComputer />
          </div>
          <RecoverySheet places={data.places} newest={data.backups[0]} />
        </>
      )}
    </Loaded>
  );
}

function FirstBackup({ newest }: { newest: BackupDto | undefined }) {
  const { act, make } = useMakeBackup();
  const lost = useIsLost();
  const clock = useClock();
  return (
    <section className="setup-safe" aria-label={words.backup.title}>
      <h2>{words.backup.title}</h2>
      {newest === undefined ? (
        <p>{words.backup.none}</p>
      ) : (
        <>
          <p role="status">
            <Shape level="ok" /> {words.backup.made(clock.short(newest.made_at))}
          </p>
          <p className="soft">{words.backup.since}</p>
        </>
      )}
      {act.busy && <Working about={ofBackups.making} />}
      {act.problem !== null && <Trouble title={ofBackups.notMade} problem={act.problem} />}
      <div>
        <Button size="xs" variant="default" loading={act.busy} disabled={lost} onClick={() => void make()}>
          {words.backup.make}
        </Button>
      </div>
    </section>
  );
}
