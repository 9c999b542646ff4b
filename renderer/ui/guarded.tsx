import { Button } from '@mantine/core';
import { Component, type ReactNode, useEffect, useRef } from 'react';
import { useLocation } from 'react-router';
import { useIsLost } from '#api/connection.ts';
import { texts } from './guarded.texts.ts';
import { Page } from './page.tsx';

interface NetProps {
  readonly place: string;
  readonly children: ReactNode;
}

/** What fell is shown as fallen until one goes elsewhere; what is around it stays. */
class Net extends Component<NetProps, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override componentDidUpdate(before: NetProps) {
    if (this.state.error !== null && before.place !== this.props.place) this.setState({ error: null });
  }

  override render() {
    return this.state.error === null ? this.props.children : <Fallen error={this.state.error} />;
  }
}

/** One screen that cannot be shown never takes the whole window with it. */
export function Guarded({ children }: { children: ReactNode }) {
  return <Net place={useLocation().pathname}>{children}</Net>;
}

/** As Chromium, Firefox and Safari say it, and Vite of styles. */
const NOT_FETCHED = /dynamically imported module|importing a module script|unable to preload/i;

function Fallen({ error }: { error: Error }) {
  const lost = useIsLost();
  const wasLost = useRef(lost);
  const notFetched = NOT_FETCHED.test(error.message);
  useEffect(() => {
    // What was typed and not saved is kept over a reload.
    if (notFetched && wasLost.current && !lost) window.location.reload();
    wasLost.current = lost;
  }, [lost, notFetched]);
  return (
    <Page title={notFetched ? texts.notFetched : texts.fallen}>
      <div role="alert">
        <p>{notFetched ? (lost ? texts.comesBack : texts.fetchAnew) : texts.nothingLost}</p>
      </div>
      {!lost && (
        <div>
          <Button onClick={() => window.location.reload()}>{texts.anew}</Button>
        </div>
      )}
    </Page>
  );
}
