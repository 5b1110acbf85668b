/** Thread of the dataset worker: gives dataset-session.ts the real store, pool, assembler and questions. */
import './no-network.ts';
import './tree-transfer.ts';
import { expose } from 'comlink';
import { COLUMNS_VERSION, type Segment } from '../src/columns/segment.ts';
import { currentSegment } from '../src/columns/segment-upgrades.ts';
import { DatasetAssembler } from '../src/assembly/dataset-assembler.ts';
import { REQUESTS_VERSION, type RequestTable } from '../src/assembly/request-table.ts';
import { prepareAtRest } from '../src/query/at-rest.ts';
import { answer } from '../src/query/questions.ts';
import { browserTools, openStore } from '../src/store/open-store.ts';
import { DatasetSession } from './dataset-session.ts';
import { poolSize } from './ingest-pool.ts';
import { startIngestWorker } from './start-ingest.ts';

const WARM_UP_AFTER_MS = 500;

const tools = browserTools(navigator);
const session = new DatasetSession<RequestTable>({
  openStore: () =>
    openStore<Segment, RequestTable>({
      versions: { columns: COLUMNS_VERSION, requests: REQUESTS_VERSION },
      currentSegment,
      tools,
    }),
  startIngest: startIngestWorker,
  ingestWorkers: poolSize(navigator.hardwareConcurrency),
  newAssembler: () => new DatasetAssembler(),
  answer,
  prepareAtRest,
  quiet: tools.quiet,
  nowMs: () => performance.now(),
});
expose(session);
// The page comes first.
setTimeout(() => void session.warmUp(), WARM_UP_AFTER_MS);
