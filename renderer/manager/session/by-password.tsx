import { Button } from '@mantine/core';
import { change } from '#api/client.ts';
import { auth } from '#api/operations/auth.ts';
import { begin } from '#api/session.ts';
import type { DemoPerson } from '#contract/host.ts';
import { PasswordForm } from '#ui/password-form.tsx';
import { texts } from './session.texts.ts';

/** Says which of our clients asks, which is also how the server knows that this one can renew its sign-in. */
const client = 'manager';

interface ByPasswordProps {
  readonly email: string;
  /** Whom practice data can be tried as, where the desktop app says so or this browser has begun them. */
  readonly demoPeople: readonly DemoPerson[];
}

export function ByPassword({ email: last, demoPeople }: ByPasswordProps) {
  return (
    <PasswordForm
      label={texts.email}
      last={last}
      signIn={async (email, password) => begin((await change(auth.signIn, { body: { email, password, client } })).data)}
      beneath={(fill) =>
        demoPeople.length > 0 && (
          <div className="door-demo">
            <span>{texts.demoHere}</span>
            {demoPeople.map(({ who, email, password }) => (
              <Button key={who} size="xs" variant="default" onClick={() => fill(email, password)}>
                {texts.demoAs[who] ?? who}
              </Button>
            ))}
          </div>
        )
      }
    />
  );
}
