import type { ViewState } from '../../link/view-state.ts';
import type { App } from '../../state/app.ts';

/** The address of the view, changed by the patch, to the clipboard; the data itself stays here. */
export async function copyLink(app: App, patch: Partial<ViewState> = {}): Promise<void> {
  const link = new URL(app.href(patch), window.location.href).href;
  try {
    await navigator.clipboard.writeText(link);
    app.notices.add('done', 'The link is copied. Send the files along.');
  } catch {
    // no permission, or no secure context
    app.notices.add('info', 'The browser does not let the page copy. This is the link.', [link]);
  }
}
