import { fileURLToPath } from 'node:url';

/** The built app, as `npm run build` leaves it. */
export const DIST = fileURLToPath(new URL('../../dist', import.meta.url));
