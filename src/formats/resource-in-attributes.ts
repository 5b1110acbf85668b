/** Resources of formats that keep what a service says of itself among the attributes of its spans. */
import { AttributeBag } from './plain-span.ts';

const OF_RESOURCE =
  /^(service|host|k8s|container|deployment|telemetry|cloud|process|os|browser|device|instrumentation)(\.|$)/;

/** Takes out of the attributes what describes who emitted the span. */
export function takeResource({ map }: AttributeBag): AttributeBag {
  const resource = new AttributeBag();
  for (const [key, value] of map) {
    if (!OF_RESOURCE.test(key)) continue;
    resource.putValue(key, value);
    map.delete(key);
  }
  return resource;
}
