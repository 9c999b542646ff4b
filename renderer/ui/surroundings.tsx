import { MantineProvider } from '@mantine/core';
import { Notifications, notifications, useNotifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { BrowserRouter } from 'react-router';
import { queries } from '#api/queries.ts';
import { Guarded } from './guarded.tsx';
import { theme, useShade, variablesOf } from './theme.ts';
import './frame.css';
import './paper.css';

/** What a whole window stands in: its look, what the server said, its addresses (all below `path`), what it says. */
export function Surroundings({ path, children }: { path: string; children: ReactNode }) {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={variablesOf} forceColorScheme={useShade()}>
      <QueryClientProvider client={queries}>
        <BrowserRouter basename={path}>
          <Guarded>{children}</Guarded>
        </BrowserRouter>
        <Said />
      </QueryClientProvider>
    </MantineProvider>
  );
}

/** Whoever works quickly is told of the last thing at once: the oldest makes room, instead of the newest having to wait. */
function Said() {
  const { queue, notifications: said } = useNotifications();
  const oldest = said.find(({ autoClose }) => autoClose !== false)?.id;
  useEffect(() => {
    if (queue.length > 0 && oldest !== undefined) notifications.hide(oldest);
  }, [queue.length, oldest]);
  return <Notifications position="bottom-right" limit={3} autoClose={6_000} containerWidth={380} />;
}
