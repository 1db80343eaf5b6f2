import '@fontsource-variable/inter/wght.css';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './look/tokens.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { boot } from './app/boot.ts';
import { FailedScreen } from './app/failed-screen.tsx';

const root = createRoot(document.getElementById('root') as HTMLElement);

boot().then(
  (started) =>
    root.render(
      <StrictMode>
        <App boot={started} />
      </StrictMode>,
    ),
  () => root.render(<FailedScreen />),
);
