import { NativeSelect } from '@mantine/core';
import type { z } from 'zod';
import type { RefundableDto } from '#contract/payments.dto.ts';
import { pounds } from '#ui/format.ts';
import type { Order } from './orders.rules.ts';
import { texts } from './orders.texts.ts';

const words = texts.refund;

interface RefundLinesProps {
  readonly order: Order;
  readonly left: z.output<typeof RefundableDto>;
  /** Pieces that go back, by line. */
  readonly value: Readonly<Record<string, number>>;
  readonly set: (value: Readonly<Record<string, number>>) => void;
  readonly problem: string | undefined;
}

/** Which dishes go back, and how many of each; those that have gone already say so. */
export function RefundLines({ order, left, value, set, problem }: RefundLinesProps) {
  return (
    <div className="refund-lines">
      {order.lines
        .filter(({ status }) => status !== 'voided')
        .map((line) => {
          const most = left.lines.find(({ line_id }) => line_id === line.id)?.quantity ?? 0;
          return (
            <div key={line.id} className="refund-line">
              <span className="line-words">
                <span>{line.product_name}</span>
                <span className="soft figure">{pounds(line.total_price)}</span>
              </span>
              {most === 0 ? (
                <span className="soft">{words.gone}</span>
              ) : (
                <span className="refund-pieces">
                  <NativeSelect
                    aria-label={words.pieces(line.product_name)}
                    value={String(Math.min(value[line.id] ?? 0, most))}
                    data={Array.from({ length: most + 1 }, (_, pieces) => String(pieces))}
                    onChange={(event) => set({ ...value, [line.id]: Number(event.currentTarget.value) })}
                  />
                  <span className="soft">{words.of(most)}</span>
                </span>
              )}
            </div>
          );
        })}
      {problem !== undefined && (
        <p role="alert" className="field-problem">
          {problem}
        </p>
      )}
    </div>
  );
}
