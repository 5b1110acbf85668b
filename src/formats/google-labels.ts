/** Labels of Google Cloud Trace: what they say of service, resource and errors (FORMATS.md §3.17). */
import type { Attributes, AttributeValue, SpanEvent } from '../model/span.ts';
import { memo } from '../util/memo.ts';
import { listOf, ownValue, textOf } from './json-value.ts';
import { parseTextExactly } from './parse-text.ts';
import { AttributeBag, exceptionEvent } from './plain-span.ts';

/** In the order of trust. */
const SERVICE_LABELS = [
  'service.name',
  'g.co/r/cloud_run_revision/service_name',
  'g.co/r/k8s_container/container_name',
  'g.co/gae/app/module',
  'g.co/r/gae_app/module_id',
  'g.co/r/generic_task/job',
];
const INSTANCE_LABELS = [
  'g.co/r/k8s_container/pod_name',
  'g.co/r/generic_task/task_id',
  'g.co/r/gce_instance/instance_id',
  'g.co/r/generic_node/node_id',
];
/** Attributes of the resource, which the exporters put among those of the span. */
const OF_RESOURCE =
  /^(service|host|process|telemetry|k8s|cloud|container|os|device|browser|deployment|faas\.(name|version|instance))\b\.?/;
const isOfResource = memo((key) => OF_RESOURCE.test(key));
const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  ['/http/method', 'http.request.method'],
  ['/http/status_code', 'http.response.status_code'],
  ['/http/url', 'url.full'],
  ['/http/route', 'http.route'],
  ['/http/path', 'url.path'],
  ['/http/host', 'http.host'],
  ['/http/user_agent', 'user_agent.original'],
]);

/** undefined: no label says so. The host that was asked for names the service that was asked. */
export function googleService(labels: Attributes, isCallee: boolean): string | undefined {
  const keys = isCallee ? [...SERVICE_LABELS, '/http/host'] : SERVICE_LABELS;
  for (const key of keys) {
    const value = textOf(labels.get(key)?.value);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** The labels, in OpenTelemetry's words too, without those that are of the resource. */
export function googleAttributes(labels: Attributes): {
  attributes: Map<string, AttributeValue>;
  resource: Attributes;
} {
  const attributes = new Map<string, AttributeValue>();
  const resource = new AttributeBag();
  for (const [key, value] of labels) {
    if (isOfResource(key)) resource.putValue(key, value);
    else {
      const name = OTHER_NAMES.get(key);
      if (name !== undefined && !attributes.has(name)) attributes.set(name, value);
      if (!attributes.has(key)) attributes.set(key, value);
    }
  }
  for (const key of INSTANCE_LABELS) resource.put('service.instance.id', labels.get(key)?.value);
  return { attributes, resource: resource.map };
}

/** The label `/stacktrace` is JSON: `{"stack_frame":[{"class_name":…,"method_name":…,"file_name":…,"line_number":…}]}`. */
export function googleException(labels: Attributes, time: bigint | null): SpanEvent | null {
  const at = (key: string): string | undefined => textOf(labels.get(key)?.value);
  const stack = at('/stacktrace');
  return exceptionEvent(
    { type: at('/error/name'), message: at('/error/message'), stacktrace: stack && stackText(stack) },
    time,
  );
}

function stackText(json: string): string {
  try {
    const frames = listOf(ownValue(parseTextExactly(json), 'stack_frame'));
    const text = (frame: unknown, key: string): string => textOf(ownValue(frame, key)) ?? '';
    return frames
      .map((frame) => {
        const place = `${text(frame, 'file_name')}:${text(frame, 'line_number')}`;
        return `${[text(frame, 'class_name'), text(frame, 'method_name')].filter(Boolean).join('.')} (${place})`;
      })
      .join('\n');
  } catch {
    return json;
  }
}
