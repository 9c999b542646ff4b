import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '#ui/tokens.css';
import '#ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { listenForRelay } from './frame/beat.ts';
import { Console } from './window.tsx';

listenForRelay();
const place = document.getElementById('window');
if (place === null) throw new Error('The page has no place for the console');
createRoot(place).render(
  <StrictMode>
    <Console />
  </StrictMode>,
);
