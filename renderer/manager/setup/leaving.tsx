import { Button, Modal } from '@mantine/core';
import { useEffect, useState } from 'react';
import { texts } from './setup.texts.ts';

const words = texts.leave;

/** What stopping for now comes to, and how it is done; without a `go` there is nothing to do but to go away. */
export interface Leave {
  readonly kept: string;
  readonly label?: string;
  readonly go?: () => void;
}

interface SetUpKeysProps {
  readonly back: (() => void) | null;
  readonly leave: Leave;
}

/** Alt and the left arrow go one step back; Escape asks whether to stop for now, which loses nothing. */
export function SetUpKeys({ back, leave }: SetUpKeysProps) {
  const [asks, setAsks] = useState(false);
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      // A dialogue of a step closes by itself.
      const isWithin = event.target instanceof Element && event.target.closest('[role="dialog"]') !== null;
      if (event.key === 'Escape' && !event.defaultPrevented && (asks || !isWithin)) setAsks(!asks);
      if (event.key !== 'ArrowLeft' || !event.altKey) return;
      // The browser would leave the page.
      event.preventDefault();
      back?.();
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, [back, asks]);
  return (
    <Modal
      opened={asks}
      onClose={() => setAsks(false)}
      title={words.title}
      withCloseButton={false}
      closeOnEscape={false}
    >
      <div className="setup-leave">
        <p>{leave.kept}</p>
        <div className="setup-actions">
          {leave.go !== undefined && (
            <Button variant="default" onClick={leave.go}>
              {leave.label}
            </Button>
          )}
          <Button data-autofocus onClick={() => setAsks(false)}>
            {words.stay}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
