import { IconArrowRight } from '@tabler/icons-react';
import type { RelayStatus } from '#contract/relay-link.ts';
import { ageOf, useClock } from '#ui/format.ts';
import { useServerNow } from '#ui/now.ts';
import { texts } from './relay.texts.ts';

const words = texts.path;
const LOOK_MS = 1_000;

/** This server, the relay, the owner: what each has, and how fresh that is. */
export function Path({ status }: { status: RelayStatus }) {
  const clock = useClock();
  const now = useServerNow(LOOK_MS);
  const { state, head_seq, acked_seq, behind, seen_at, next_try_at } = status;
  const stations = [
    {
      name: words.server,
      figure: words.recorded(head_seq.toLocaleString('en-GB')),
      below: [behind === 0 ? words.all : words.waiting(behind)],
    },
    {
      name: words.relay,
      figure: words.confirmed(acked_seq.toLocaleString('en-GB')),
      below: [
        seen_at === null
          ? words.never
          : state === 'unreachable'
            ? words.lastSeen(clock.exact(seen_at), ageOf(Date.parse(seen_at), now))
            : words.seen(ageOf(Date.parse(seen_at), now)),
        ...(next_try_at === null ? [] : [words.next(clock.exact(next_try_at))]),
      ],
    },
    { name: words.owner, figure: behind === 0 ? words.ownerHas : words.ownerBehind, below: [] },
  ];
  return (
    <ol className="relay-path" aria-label={words.title}>
      {stations.map(({ name, figure, below }, at) => (
        <li key={name}>
          {at > 0 && <IconArrowRight className="relay-arrow" size={20} stroke={1.75} aria-hidden="true" />}
          <div className="relay-station">
            <h2>{name}</h2>
            <p className="relay-figure">{figure}</p>
            {below.map((line) => (
              <p key={line} className="soft">
                {line}
              </p>
            ))}
          </div>
        </li>
      ))}
    </ol>
  );
}
