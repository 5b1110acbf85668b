import type { JSX } from 'solid-js';
import { AppProvider } from '../state/app.ts';
import { createClient } from '../state/client.ts';
import { App } from './App.tsx';

/** The app on its real threads. */
export function Root(): JSX.Element {
  return (
    <AppProvider client={createClient()}>
      <App />
    </AppProvider>
  );
}
