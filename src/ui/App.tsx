import {
  ErrorBoundary,
  Match,
  Show,
  Suspense,
  Switch,
  createEffect,
  createMemo,
  on,
  onMount,
} from 'solid-js';
import type { JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { useApp } from '../state/app.ts';
import { DoneStrip } from './DoneStrip.tsx';
import { DropArea } from './DropArea.tsx';
import { ForeignData } from './ForeignData.tsx';
import { Header } from './Header.tsx';
import { ImportPanel } from './ImportPanel.tsx';
import { ImportReportDialog } from './import/ImportReportDialog.tsx';
import { Loading } from './Loading.tsx';
import { MissingData } from './MissingData.tsx';
import { Palette } from './palette/Palette.tsx';
import { NoticeList } from './NoticeList.tsx';
import { Trouble } from './Trouble.tsx';
import { keepFocus } from './keep-focus.ts';
import { SCREENS, preloadScreens, rehearseScreens } from './screens.ts';

/** Lets the first paint go first. */
const PRELOAD_AFTER_MS = 300;

/** The shell: header, the screen of the view, and what lies over it. */
export function App(): JSX.Element {
  const app = useApp();
  let main: HTMLElement | undefined;
  const name = createMemo(() => app.view().view);
  const screen = createMemo(() => {
    const wanted = SCREENS[name()];
    return wanted.needsService && app.view().service === null ? SCREENS.services : wanted;
  });
  createEffect(on(name, () => main?.focus({ preventScroll: true }), { defer: true }));
  keepFocus(app.busy, () => main);
  createEffect(() => {
    const { service, view } = app.view();
    const subject = SCREENS[view].needsService && service !== null ? [service] : [];
    document.title = [...subject, ...(view === 'start' ? [] : [SCREENS[view].title]), 'Headwater'].join(
      ' · ',
    );
  });
  createEffect(() => {
    const theme = app.preferences.theme();
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  });

  const rehearse = async () => {
    if (app.dataset() === null && !app.busy()) await rehearseScreens();
  };
  onMount(() => window.setTimeout(() => void preloadScreens().then(rehearse, () => {}), PRELOAD_AFTER_MS));

  return (
    <DropArea>
      <a
        class="skip-link"
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          main?.focus();
        }}
      >
        Skip to content
      </a>
      <Header />
      <div class="overlay">
        <NoticeList />
        <ImportPanel />
      </div>
      <DoneStrip />
      <main
        id="main"
        tabindex="-1"
        aria-busy={app.busy() ? 'true' : 'false'}
        ref={(element) => (main = element)}
      >
        <ErrorBoundary fallback={(error: unknown, reset) => <Trouble error={error} retry={reset} />}>
          <Suspense fallback={<Loading />}>
            <Switch fallback={<Dynamic component={screen().component} />}>
              <Match when={name() !== 'start' && app.dataset() === null}>
                <Show when={!app.busy()} fallback={<p class="quiet page-pad">Opening the data …</p>}>
                  <MissingData />
                </Show>
              </Match>
              <Match when={app.foreignData()}>
                {(data) => (
                  <>
                    <ForeignData data={data()} />
                    <Dynamic component={screen().component} />
                  </>
                )}
              </Match>
            </Switch>
          </Suspense>
        </ErrorBoundary>
      </main>
      <Palette />
      <ImportReportDialog />
    </DropArea>
  );
}
