import { Button, SegmentedControl } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { change } from '#api/client.ts';
import { settings } from '#api/operations/settings.ts';
import { type ChangeSettings, type ReceiptSample, receiptSamples, type Settings } from '#contract/settings.ts';
import { Card } from '#ui/page.tsx';
import { Trouble, Waiting } from '#ui/states.tsx';
import { texts } from './settings.texts.ts';

const words = texts.preview;
/** Drawn anew once nobody has typed for this long. */
const PAUSE_MS = 250;

/** A value once it has stood still for a moment. */
function useStill<Value>(value: Value, ms: number): Value {
  const [still, setStill] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setStill(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return still;
}

/** The paper, drawn by the server from the very bytes that a printer would be sent. */
export function ReceiptPreview({ saved, change: wished }: { saved: Settings; change: ChangeSettings }) {
  const [sample, setSample] = useState<ReceiptSample>('short');
  const [paper, setPaper] = useState<80 | 58>(80);
  const [spoken, setSpoken] = useState(false);
  const asked = useStill(JSON.stringify({ settings: wished, sample, paper_mm: paper }), PAUSE_MS);
  const drawn = useQuery({
    queryKey: [settings.preview.operation, asked, saved],
    queryFn: ({ signal }) => change(settings.preview, { body: JSON.parse(asked) }, { signal }),
    placeholderData: keepPreviousData,
    gcTime: 30_000,
  });
  return (
    <Card
      title={words.title}
      aside={
        <Button size="compact-xs" variant="subtle" onClick={() => setSpoken(!spoken)}>
          {spoken ? words.asPicture : words.inWords}
        </Button>
      }
    >
      <div className="preview-choices">
        <SegmentedControl
          size="xs"
          aria-label={words.sample}
          value={sample}
          onChange={(next) => setSample(next as ReceiptSample)}
          data={receiptSamples.map((value) => ({ value, label: words.samples[value] }))}
        />
        <SegmentedControl
          size="xs"
          aria-label={words.paper}
          value={String(paper)}
          onChange={(next) => setPaper(next === '58' ? 58 : 80)}
          data={[
            { value: '80', label: words.papers[80] },
            { value: '58', label: words.papers[58] },
          ]}
        />
      </div>
      <p className="soft preview-about" role="status">
        {Object.keys(wished).length === 0 ? words.asSaved : words.unsaved}
      </p>
      {drawn.error !== null && <Trouble problem={drawn.error} again={() => void drawn.refetch()} />}
      {drawn.data === undefined && drawn.error === null && <Waiting rows={8} height={24} />}
      {drawn.data !== undefined &&
        (spoken ? (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to be able to reach it
          <pre className="preview-words" tabIndex={0}>
            {drawn.data.data.text}
          </pre>
        ) : (
          <img
            className={`preview-paper preview-paper-${paper}`}
            src={`data:image/svg+xml,${encodeURIComponent(drawn.data.data.svg)}`}
            alt={words.picture}
          />
        ))}
    </Card>
  );
}
