/** The threads behind the page; the only door to them. */
export { createClient } from '../../workers/client.ts';
