/** What the REST API of Application Insights gives (v1/apps/…/events/requests) → an item as its tables hold it. */
import { isObject, type Json, type JsonObject, ownValue } from './json-value.ts';

/** Objects whose fields have a prefix in the tables: `operation.parentId` → `operation_ParentId`. */
const PREFIXED = ['operation', 'cloud', 'session', 'user', 'client', 'application'];
const KINDS = ['request', 'dependency', 'exception', 'pageView'];

/** null: it is none. */
export function itemOfEvent(event: JsonObject): JsonObject | null {
  const kind = KINDS.find((name) => ownValue(event, 'type') === name);
  const own = kind === undefined ? undefined : ownValue(event, kind);
  if (kind === undefined || !isObject(own)) return null;
  const item: Record<string, Json | undefined> = Object.create(null);
  item.itemType = kind;
  item.itemCount = ownValue(event, 'count');
  item.timestamp = ownValue(event, 'timestamp');
  item.customDimensions = ownValue(event, 'customDimensions');
  for (const prefix of PREFIXED) {
    for (const [key, value] of Object.entries(ownValue(event, prefix) ?? {})) {
      item[`${prefix}_${key.charAt(0).toUpperCase()}${key.slice(1)}`] = value as Json;
    }
  }
  for (const [key, value] of Object.entries(own)) item[key] = value;
  return item;
}
