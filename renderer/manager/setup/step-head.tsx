import { useEffect, useRef } from 'react';

interface StepHeadProps {
  readonly title: string;
  readonly lead: string;
}

/** Each step begins at its heading, for those who hear it. */
export function StepHead({ title, lead }: StepHeadProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another title is another step
  useEffect(() => heading.current?.focus(), [title]);
  return (
    <div className="off-paper">
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      <p className="soft">{lead}</p>
    </div>
  );
}
