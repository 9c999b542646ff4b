import { Button, Modal } from '@mantine/core';
import { useEffect, useState } from 'react';
import { texts } from './setup.texts.ts';

const words = texts.leave;

/** Alt and the left arrow go one step back; Escape asks whether to stop for now, which loses nothing. */
export function SetUpKeys({ back }: { back: (() => void) | null }) {
  const [asks, setAsks] = useState(false);
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented) setAsks((asked) => !asked);
      if (event.key !== 'ArrowLeft' || !event.altKey) return;
      // The browser would leave the page.
      event.preventDefault();
      back?.();
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, [back]);
  return (
    <Modal
      opened={asks}
      onClose={() => setAsks(false)}
      title={words.title}
      withCloseButton={false}
      closeOnEscape={false}
    >
      <div className="setup-leave">
        <p>{words.kept}</p>
        <div className="setup-actions">
          {window.fynlo !== undefined && (
            <Button variant="default" onClick={() => window.close()}>
              {words.close}
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
