import type { JSX } from 'solid-js';

/** Outlines in a 16 × 16 box. */
const SHAPES = {
  application: 'M1.5 3h13v10h-13zM1.5 6h13M3.5 4.5h.01M5.5 4.5h.01',
  'web server':
    'M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13zM1.5 8h13M8 1.5c2.2 2 2.8 4.2 2.8 6.5S10.2 12.5 8 14.5M8 1.5C5.8 3.5 5.2 5.7 5.2 8s.6 4.5 2.8 6.5',
  service: 'M8 1.5l5.6 3.25v6.5L8 14.5l-5.6-3.25v-6.5z',
  database:
    'M2.5 4c0-1.4 2.5-2.5 5.5-2.5s5.5 1.1 5.5 2.5-2.5 2.5-5.5 2.5S2.5 5.4 2.5 4zM2.5 4v8c0 1.4 2.5 2.5 5.5 2.5s5.5-1.1 5.5-2.5V4M2.5 8c0 1.4 2.5 2.5 5.5 2.5s5.5-1.1 5.5-2.5',
  queue: 'M2 3.5h3v9H2zM6.5 3.5h3v9h-3zM11 3.5h3v9h-3z',
  'third-party': 'M4.5 12.5a3 3 0 0 1-.3-6 4 4 0 0 1 7.7.6 2.7 2.7 0 0 1-.4 5.4z',
  unmonitored:
    'M6 5.5a2 2 0 1 1 3 1.9c-.7.4-1 .8-1 1.6M8 11.5h.01M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13z',
  failure: 'M8 1.8l6.7 12H1.3zM8 6.3v3.6M8 11.9h.01',
  refused: 'M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13zM5.5 5.5l5 5M10.5 5.5l-5 5',
  check: 'M2.5 8.5l3.5 3.5 7.5-8',
  close: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  left: 'M10 3l-5 5 5 5',
  right: 'M6 3l5 5-5 5',
  down: 'M3 6l5 5 5-5',
  up: 'M3 11l5-5 5 5',
  sortUp: 'M8 3.5v9M4.5 7L8 3.5 11.5 7',
  sortDown: 'M8 3.5v9M4.5 9L8 12.5 11.5 9',
  link: 'M6.5 9.5l3-3M7 4.5l1.5-1.5a3 3 0 0 1 4.5 4.5L11.5 9M9 11.5L7.5 13A3 3 0 0 1 3 8.5L4.5 7',
  files: 'M4.5 1.5h5l3 3v10h-8zM9.5 1.5v3h3',
  clock: 'M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13zM8 4.5V8l2.5 1.5',
  zone: 'M8 14.5s5-4.6 5-8.5a5 5 0 0 0-10 0c0 3.9 5 8.5 5 8.5zM8 4.3a1.7 1.7 0 1 0 0 3.4a1.7 1.7 0 0 0 0-3.4z',
  filter: 'M1.5 2.5h13l-5 6v5l-3-1.5v-3.5z',
  search: 'M7 2a5 5 0 1 0 0 10a5 5 0 0 0 0-10zM10.7 10.7L14 14',
  backtrace: 'M8 14.5v-4M8 10.5H3.5v-3M8 10.5h4.5v-3M3.5 1.5v2.5M1.5 4h4v3.5h-4zM10.5 4h4v3.5h-4z',
  download: 'M8 2v8.5M4.5 7L8 10.5 11.5 7M2.5 13.5h11',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  info: 'M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13zM8 7.3v3.7M8 5h.01',
} as const;

export type IconName = keyof typeof SHAPES;

/** Decoration beside a text; hidden from screen readers. */
export function Icon(props: { name: IconName; class?: string }): JSX.Element {
  return (
    <svg class={`icon ${props.class ?? ''}`} viewBox="0 0 16 16" aria-hidden="true">
      <path d={SHAPES[props.name]} />
    </svg>
  );
}
