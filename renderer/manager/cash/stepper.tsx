import { IconCheck } from '@tabler/icons-react';
import { type Step, steps } from './cash.rules.ts';
import { texts } from './cash.texts.ts';

/** Where in the close one is. */
export function Stepper({ step }: { step: Step }) {
  const at = steps.indexOf(step);
  return (
    <ol className="stepper" aria-label={texts.steps.label}>
      {steps.map((name, nth) => (
        <li key={name} aria-current={nth === at ? 'step' : undefined} data-done={nth < at || undefined}>
          <span className="stepper-mark" aria-hidden="true">
            {nth < at ? <IconCheck size={14} stroke={2.5} /> : nth + 1}
          </span>
          {texts.steps[name]}
          {nth < at && <span className="unseen">, {texts.stepDone}</span>}
        </li>
      ))}
    </ol>
  );
}
