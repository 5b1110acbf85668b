import type { RequestTable } from '../assembly/request-table.ts';
import type { RequestKind } from '../model/answers-top.ts';
import type { ServiceType } from '../model/service.ts';

const TYPES: Readonly<Record<RequestKind, readonly ServiceType[] | null>> = {
  web: ['web server', 'service'],
  all: null,
  database: ['database'],
  queue: ['queue'],
  'third-party': ['third-party', 'unmonitored'],
};

/** RFC 9110 and 5789, at the head of an endpoint. */
const HTTP_METHOD = /^(?:GET|HEAD|POST|PUT|DELETE|CONNECT|OPTIONS|TRACE|PATCH)(?: |$)/;

/** Which requests are of the kind (docs/figures.md, Top requests). */
export function kindTest(table: RequestTable, kind: RequestKind): (row: number) => boolean {
  const types = TYPES[kind];
  if (types === null) return () => true;
  const isOfType = table.services.map(({ type }) => types.includes(type));
  if (kind !== 'web') return (row) => isOfType[table.service[row]];
  const namesMethod = table.texts.map((text) => HTTP_METHOD.test(text));
  return (row) =>
    isOfType[table.service[row]] && (table.httpStatus[row] !== 0 || namesMethod[table.endpoint[row]]);
}
