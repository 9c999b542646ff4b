import { TextInput, type TextInputProps } from '@mantine/core';
import { health } from '#api/operations/health.ts';
import { useRead } from '#api/queries.ts';
import { texts } from './setup.texts.ts';
import type { Way } from './steps.ts';
import { Ways } from './ways.tsx';

const words = texts.code;

interface CodeStepProps {
  readonly field: TextInputProps;
  /** The desktop app knows the code. */
  readonly filledIn: boolean;
  readonly way: Way;
  readonly choose: (way: Way) => void;
}

/** The code that shows somebody to be at the store computer, and what should be on it. */
export function CodeStep({ field, filledIn, way, choose }: CodeStepProps) {
  // There was a restaurant here, and its newest backup is from before its set-up.
  const notice = useRead(health.read, {}).data?.notice ?? null;
  return (
    <>
      {notice !== null && (
        <div className="trouble" role="status">
          <p className="trouble-what">{notice}</p>
          <p>{words.lostSetUp}</p>
        </div>
      )}
      <TextInput
        {...field}
        readOnly={filledIn}
        label={words.label}
        autoComplete="off"
        spellCheck={false}
        size="md"
        styles={{ input: { fontFamily: 'var(--mono)', letterSpacing: '0.08em', textTransform: 'uppercase' } }}
      />
      <Ways chosen={way} choose={choose} />
    </>
  );
}
