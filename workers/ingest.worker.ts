/** Thread of one ingest worker: transfers what ingest.ts reads. */
import './no-network.ts';
import { expose, releaseProxy, transfer, type Remote } from 'comlink';
import { segmentTransferables } from '../src/columns/segment.ts';
import { Ingest } from './ingest.ts';
import type { PartReceiver, PartReport, PartTask } from './thread-api.ts';

async function delivering<T>(
  receiver: Remote<PartReceiver>,
  work: (transferring: PartReceiver) => Promise<T>,
): Promise<T> {
  try {
    return await work({
      segment: (segment) => receiver.segment(transfer(segment, segmentTransferables(segment))),
      progress: (bytes, spans) => void receiver.progress(bytes, spans),
    });
  } finally {
    receiver[releaseProxy]();
  }
}

class IngestThread extends Ingest {
  override read(task: PartTask, receiver: Remote<PartReceiver>): Promise<PartReport> {
    return delivering(receiver, (transferring) => super.read(task, transferring));
  }

  override rehearse(file: File, receiver: Remote<PartReceiver>): Promise<void> {
    return delivering(receiver, (transferring) => super.rehearse(file, transferring));
  }
}

expose(new IngestThread());
