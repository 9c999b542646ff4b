import { Button } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { texts } from './copy.texts.ts';

interface CopyProps {
  readonly text: string;
  /** What it is, for those who hear the button: “Copy K7F29QXM”. */
  readonly what: string;
  /** On the button, if more has to be said there than “Copy”. */
  readonly words?: string;
}

/** Puts a text into the clipboard. */
export function Copy({ text, what, words = texts.copy }: CopyProps) {
  const [copied, setCopied] = useState<string | null>(null);
  const isCopied = copied === text;
  // Over plain http a browser lends no clipboard: then the text is there to be selected.
  if (!('clipboard' in navigator)) return null;
  return (
    <>
      <Button
        variant="default"
        leftSection={isCopied ? <IconCheck size={16} /> : <IconCopy size={16} />}
        aria-label={isCopied ? texts.copied : texts.copyOf(what)}
        onClick={() =>
          void navigator.clipboard.writeText(text).then(
            () => setCopied(text),
            () => undefined,
          )
        }
      >
        {isCopied ? texts.copied : words}
      </Button>
      <span className="unseen" role="status">
        {isCopied ? texts.copiedOf(what) : ''}
      </span>
    </>
  );
}
