import { Button } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import type { z } from 'zod';
import type { ClaimCodeDto, UnusedCodeDto } from '#contract/platform.ts';
import { Copy } from '#ui/copy.tsx';
import { useClock } from '#ui/format.ts';
import { Qr } from '#ui/qr.tsx';
import { Chip } from '#ui/signs.tsx';
import { texts } from './onboarding.texts.ts';

/** A code with its words, as only the window knows it that had it made. */
export type Code = z.output<typeof ClaimCodeDto>;

interface UnusedProps {
  readonly one: z.output<typeof UnusedCodeDto>;
  /** Undefined where it was made elsewhere. */
  readonly words: Code | undefined;
  readonly busy: boolean;
  readonly print: (code: Code) => void;
  readonly again: (restaurant: string) => void;
}

/** A code that nobody has used: to be copied, scanned or printed; or one that ran out, to be made anew. */
export function Unused({ one, words, busy, print, again }: UnusedProps) {
  const clock = useClock();
  const maker = one.made_by === null ? texts.byRelay : texts.by(one.made_by);
  const time = clock.short(one.expires_at);
  return (
    <li>
      {words !== undefined && !one.expired && <Qr text={words.code} label={texts.qr(words.code)} size={104} />}
      <div className="code-about">
        {one.restaurant !== '' && <p className="code-for">{one.restaurant}</p>}
        {one.expired ? (
          <p>
            <Chip level="warn">{texts.expired}</Chip> {texts.expiredMeans}
          </p>
        ) : words === undefined ? (
          <p>{texts.elsewhere}</p>
        ) : (
          <p className="code">{words.code}</p>
        )}
        <p className="soft">
          {maker} · {one.expired ? texts.since(time) : texts.until(time)}
        </p>
      </div>
      <div className="code-does">
        {one.expired ? (
          <Button
            variant="default"
            disabled={busy}
            aria-label={one.restaurant === '' ? texts.again : texts.againFor(one.restaurant)}
            onClick={() => again(one.restaurant)}
          >
            {texts.again}
          </Button>
        ) : (
          words !== undefined && (
            <>
              <Copy text={words.code} what={words.code} />
              <Button
                variant="default"
                leftSection={<IconPrinter size={16} />}
                aria-label={texts.printCode(words.code)}
                onClick={() => print(words)}
              >
                {texts.print}
              </Button>
            </>
          )
        )}
      </div>
    </li>
  );
}
