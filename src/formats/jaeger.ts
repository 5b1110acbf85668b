import type { TraceFormat } from './trace-format.ts';
export const jaeger: TraceFormat = {
  id: 'jaeger-json',
  label: 'Jaeger JSON',
  matches: () => false,
  read: async () => {},
};
