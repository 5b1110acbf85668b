import type { JSX } from 'solid-js';
import { useApp } from '../../state/app.ts';
import { FilePicker } from '../FilePicker.tsx';
import { StoredDatasets } from './StoredDatasets.tsx';

/** Screen 1. */
export function StartScreen(): JSX.Element {
  const app = useApp();
  return (
    <div class="page narrow">
      <h1 class="claim">
        See every chain of callers that led to a service’s requests, up to the click in the browser.
      </h1>
      <section class="drop-zone" aria-label="Trace files">
        <p class="drop-title">Drop trace files here</p>
        <p>
          OpenTelemetry (OTLP as JSON or protobuf), Jaeger, Zipkin, X-Ray, Google Cloud Trace, Application
          Insights, Datadog, Dynatrace, Elastic, Honeycomb, Sentry, SkyWalking, ClickHouse and others; or any
          table with a span per row, as CSV, JSON or Parquet. Plain or packed (gzip, zstd, zip, tar): one
          file, many, or folders. Pasting works too.
        </p>
        <p class="actions">
          <FilePicker label="Choose files" class="button" into={null} />
          <FilePicker label="Choose a folder" class="button" into={null} folder />
          <button type="button" class="button" onClick={() => void app.loadDemo()}>
            Load the demo
          </button>
        </p>
        <p class="promise">
          <strong>Nothing leaves your browser.</strong> There is no server and no upload: this page cannot
          send anything anywhere.
        </p>
      </section>
      <StoredDatasets title="Stored in this browser" />
    </div>
  );
}
