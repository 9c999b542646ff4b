import { z } from 'zod';
import { LastBackup, type WayIn } from '#contract/host.ts';
import type { Autostart } from './autostart.ts';
import { type Act, acts, channels, type DesktopState } from './channels.ts';
import type { Policy } from './policy.ts';
import type { Rescue } from './rescue.ts';
import type { Sender, Shell } from './shell.ts';

export interface IpcDeps {
  readonly shell: Pick<Shell, 'answer'>;
  readonly policy: Policy;
  readonly state: () => DesktopState;
  readonly act: (what: Act) => void;
  readonly wayIn: () => WayIn | null;
  readonly rescue: Pick<Rescue, 'look' | 'goBack'>;
  readonly autostart: Autostart;
  readonly log: (message: string) => void;
}

/** What each channel takes. */
const inputs = {
  readState: z.undefined(),
  act: z.enum(acts),
  readWayIn: z.undefined(),
  readLastBackup: z.undefined(),
  goBack: LastBackup.shape.name,
  readAutostart: z.undefined(),
  setAutostart: z.boolean(),
} as const satisfies Record<keyof typeof channels, z.ZodType>;

/** Quitting stops every iPad: only the app's own page offers it, and the menu, which asks. */
const onlyOnOwnPages: readonly Act[] = ['quit'];

/** Registers every channel. A page of elsewhere, a frame inside a page, or a message of another shape gets an error. */
export function answerPages({ shell, policy, state, act, wayIn, rescue, autostart, log }: IpcDeps): void {
  const on = <Name extends keyof typeof channels>(
    name: Name,
    answer: (input: z.infer<(typeof inputs)[Name]>, from: Sender) => unknown,
  ): void => {
    shell.answer(channels[name], (from, payload) => {
      if (!from.isMainFrame || !policy.mayNavigate(from.url)) {
        log(`refused ${channels[name]} from ${from.url.slice(0, 200)}`);
        throw new Error('This page may not ask that.');
      }
      const read = inputs[name].safeParse(payload);
      if (!read.success) throw new Error('That is not how this is asked.');
      return answer(read.data as z.infer<(typeof inputs)[Name]>, from);
    });
  };
  on('readState', state);
  const insistManager = (from: Sender): void => {
    if (!policy.isManager(from.url)) throw new Error('This page may not ask that.');
  };
  on('readWayIn', (_nothing, from) => {
    insistManager(from);
    return wayIn();
  });
  on('readAutostart', (_nothing, from) => {
    insistManager(from);
    return autostart.isOn();
  });
  on('setAutostart', (wanted, from) => {
    insistManager(from);
    autostart.set(wanted);
    return autostart.isOn();
  });
  const insistOwn = (from: Sender): void => {
    if (!policy.isLocal(from.url)) throw new Error('This page may not ask that.');
  };
  on('readLastBackup', (_nothing, from) => {
    insistOwn(from);
    return rescue.look();
  });
  on('goBack', (name, from) => {
    insistOwn(from);
    return rescue.goBack(name);
  });
  on('act', (what, from) => {
    if (onlyOnOwnPages.includes(what)) insistOwn(from);
    act(what);
  });
}
