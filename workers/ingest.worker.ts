/** Thread of one ingest worker: transfers what ingest.ts reads. */
import './no-network.ts';
import { expose, releaseProxy, transfer, type Remote } from 'comlink';
import { segmentTransferables } from '../src/columns/segment.ts';
import { ingest } from './ingest.ts';
import type { PartReceiver, PartTask } from './thread-api.ts';

expose({
  ...ingest,
  async read(task: PartTask, receiver: Remote<PartReceiver>) {
    try {
      return await ingest.read(task, {
        segment: (segment) => receiver.segment(transfer(segment, segmentTransferables(segment))),
        progress: (bytes, spans) => void receiver.progress(bytes, spans),
      });
    } finally {
      receiver[releaseProxy]();
    }
  },
});
