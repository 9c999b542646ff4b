import { Switch } from '@mantine/core';
import { useEffect, useState } from 'react';
import { type Desktop, useDesktop } from '#api/desktop.ts';
import { texts } from './setup.texts.ts';

const words = texts.safety.app;

/** In the desktop app alone: whether the server is there after a power cut without anybody doing something. */
export function StartsWithComputer() {
  const app = useDesktop();
  return app === null ? null : <ThisComputer {...app} />;
}

function ThisComputer({ autostart, setAutostart }: Desktop) {
  const [on, setOn] = useState<boolean | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    void autostart().then(setOn, () => setFailed(true));
  }, [autostart]);
  async function set(wanted: boolean): Promise<void> {
    setFailed(false);
    try {
      setOn(await setAutostart(wanted));
    } catch {
      setFailed(true);
    }
  }
  return (
    <section className="setup-safe" aria-label={words.title}>
      <h2>{words.title}</h2>
      <Switch
        label={words.start}
        description={words.startWhy}
        checked={on === true}
        disabled={on === null}
        error={failed ? words.failed : undefined}
        onChange={({ currentTarget }) => void set(currentTarget.checked)}
      />
      <p>{words.awake}</p>
    </section>
  );
}
