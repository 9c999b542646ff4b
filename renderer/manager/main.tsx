import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '#ui/tokens.css';
import '#ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { keepFresh } from '#api/queries.ts';
import { Window } from './window.tsx';

keepFresh();
const place = document.getElementById('window');
if (place === null) throw new Error('The page has no place for the window');
createRoot(place).render(
  <StrictMode>
    <Window />
  </StrictMode>,
);
