import { renameSync } from 'node:fs';
import path from 'node:path';
import type { ApiClient } from '../../harness/api-client.ts';
import { reconnected } from '../lab/evening.ts';
import { exactlyOnce, inside, money, soundness } from '../lab/look-inside.ts';
import { latestServer, startServer } from '../lab/server.ts';
import { settle } from '../lab/settle.ts';
import { cutAt, cutOnceMore, type Moment, momentOf, moments, openedAtLast } from './moments.ts';
import { type Bench, moveIn, moveOut, type Restaurant } from './restaurant.ts';
import { BenchFault } from './volume.ts';

export interface Verdict {
  readonly holds: boolean;
  readonly report: string;
}

/** Cuts before a disk is thrown away and a new one bought. */
const CUTS_PER_DISK = 10;
/** Faults of the bench itself that are put down to a busy machine; each is shown. */
const BENCH_FAULTS_BORNE = 2;

export async function realCuts(bench: Bench, cuts: number): Promise<Verdict> {
  const made = new Map<Moment, number>(moments.map((moment) => [moment, 0]));
  const tally = { acked: 0, inFlight: 0, came: 0, lateAndGone: 0, benchFaults: 0, cuts: 0 };
  const findings: string[] = [];

  for (let disk = 0; tally.cuts < cuts && findings.length === 0; disk += 1) {
    const place = await moveIn(bench, disk);
    try {
      for (let n = 0; n < CUTS_PER_DISK && tally.cuts < cuts && findings.length === 0; n += 1) {
        await oneCut(place);
      }
      findings.push(...inside(place.dataDir, money));
    } catch (error) {
      const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
      const text = `${what}; ${latestServer()}`;
      if (!(error instanceof BenchFault)) findings.push(`cut ${tally.cuts}: ${text}`);
      else if (++tally.benchFaults > BENCH_FAULTS_BORNE) findings.push(`the bench does not work: ${text}`);
      console.log(`${error instanceof BenchFault ? 'bench fault' : 'failure'} after cut ${tally.cuts}: ${text}`);
    } finally {
      await moveOut(place, findings.length > 0);
    }
  }

  async function oneCut(place: Restaurant): Promise<void> {
    const moment = momentOf(bench.random);
    const seen = place.acks.count;
    const mark = await cutAt(moment, place, bench);
    tally.cuts += 1;
    tally.acked += mark - seen;
    made.set(moment, (made.get(moment) ?? 0) + 1);
    const image = path.join(bench.folder, 'last-cut.img');
    place.volume.copyTo(image);
    place.volume.mount();

    const wrong: string[] = [];
    if (moment === 'first start') wrong.push(...(await openedAtLast(bench, place.volume.mountPoint)));
    place.server = startServer(bench.entry, place.dataDir);
    if (moment === 'starting') await cutOnceMore(place, bench, image);
    const port = await place.server.ready();
    place.apis = place.apis.map((api, at) => reconnected(api, port, at));
    for (const [at, waiter] of place.waiters.entries()) {
      tally.inFlight += waiter.pending === null ? 0 : 1;
      const settled = await settle(waiter, place.apis[at] as ApiClient, mark, seen);
      tally.came += settled.came;
      tally.lateAndGone += settled.unackedByCut;
      wrong.push(...settled.findings, ...waiter.surprises.splice(0));
    }
    const acked = place.waiters.flatMap((waiter) => waiter.acked);
    wrong.push(...inside(place.dataDir, (connection) => [...soundness(connection), ...exactlyOnce(connection, acked)]));
    if (wrong.length === 0) return;
    const kept = path.join(bench.folder, `cut-${tally.cuts}.img`);
    renameSync(image, kept);
    const about = `cut ${tally.cuts} (${moment}), acknowledgements up to ${mark} were heard before it, image ${kept}, log ${place.ackFile}`;
    findings.push(...wrong.map((one) => `${about}: ${one}`));
  }

  const report = [
    `${tally.cuts} power cuts (${[...made].map(([moment, n]) => `${n} ${moment}`).join(', ')}), ` +
      `${tally.acked} requests acknowledged before them, ${findings.length === 0 ? 'none lost, every database sound' : 'SOMETHING IS WRONG'}`,
    `${tally.inFlight} were in flight, of which ${tally.came} had happened; ${tally.lateAndGone} were acknowledged while the ` +
      `power was already going and had not (the kernel says yes to a flush that it then forgets); ${tally.benchFaults} faults of the bench`,
    ...findings.slice(0, 20).map((finding) => `FOUND ${finding.slice(0, 2_000)}`),
    ...(findings.length > 0 ? [`kept for looking at: ${bench.folder}`] : []),
  ].join('\n');
  return { holds: findings.length === 0, report };
}
