/** Thread of one ingest worker: transfers what ingest.ts reads. */
import './no-network.ts';
import { expose, releaseProxy, transfer, type Remote } from 'comlink';
import { segmentTransferables } from '../src/columns/segment.ts';
import { Ingest } from './ingest.ts';
import type { PartReceiver, PartReport, PartTask } from './thread-api.ts';

class IngestThread extends Ingest {
  override async read(task: PartTask, receiver: Remote<PartReceiver>): Promise<PartReport> {
    try {
      return await super.read(task, {
        segment: (segment) => receiver.segment(transfer(segment, segmentTransferables(segment))),
        progress: (bytes, spans) => void receiver.progress(bytes, spans),
      });
    } finally {
      receiver[releaseProxy]();
    }
  }
}

expose(new IngestThread());
