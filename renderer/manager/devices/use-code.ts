import { useState } from 'react';
import type { z } from 'zod';
import { type Act, useAct } from '#api/actions.ts';
import { kept } from '#api/browser.ts';
import { change } from '#api/client.ts';
import { devices } from '#api/operations/auth.ts';
import { queries, useRead } from '#api/queries.ts';
import { useSession } from '#api/session.ts';
import type { DeviceCodeDto } from '#contract/staff.ts';
import { useServerNow } from '#ui/now.ts';
import { texts } from './let-in.texts.ts';

type Code = z.output<typeof DeviceCodeDto>;

const LOOK_MS = 1_000;

/** A code of this window, and whether it still lets anybody in. */
export interface CodeHere {
  readonly code: Code | null;
  readonly state: 'none' | 'open' | 'used' | 'expired';
  /** Ms for which it is still good. */
  readonly left: number;
  readonly act: Act;
  make(): Promise<boolean>;
}

/** The code that this person had made in this window; it outlives a reload and a walk to another screen. */
export function useDeviceCode(): CodeHere {
  const { person } = useSession();
  const store = kept<Code>(() => sessionStorage, `fynlo.device-code.${person.id}`);
  const [code, setCode] = useState(() => store.read());
  const open = useRead(devices.codes, {});
  const act = useAct();
  const now = useServerNow(LOOK_MS);
  const left = code === null ? 0 : Date.parse(code.expires_at) - now;
  const isUsed = open.error === null && open.data?.every(({ id }) => id !== code?.id) === true;
  const state = code === null ? 'none' : left <= 0 ? 'expired' : isUsed ? 'used' : 'open';
  return {
    code,
    state,
    left,
    act,
    make: () =>
      act.run({
        title: texts.made,
        async run(key) {
          const { data } = await change(devices.makeCode, {}, { key });
          // A list from before would say of the new code that somebody has used it.
          await queries.invalidateQueries({ queryKey: [devices.codes.operation] });
          store.write(data);
          setCode(data);
        },
      }),
  };
}
