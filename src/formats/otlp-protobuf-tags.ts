/** Tags (field << 3 | wire type) of OTLP's messages: opentelemetry-proto 1.9, trace.proto, common.proto, resource.proto. */

/** TracesData, ExportTraceServiceRequest. */
export const RESOURCE_SPANS = 0x0a;

export const RESOURCE = 0x0a;
export const SCOPE_SPANS = 0x12;
/** Field 1000: instrumentation_library_spans while it was being renamed. */
export const LIBRARY_SPANS = 8002;

export const SCOPE = 0x0a;
export const SPANS = 0x12;

export const RESOURCE_ATTRIBUTES = 0x0a;

export const SCOPE_NAME = 0x0a;
export const SCOPE_VERSION = 0x12;

export const TRACE_ID = 0x0a;
export const SPAN_ID = 0x12;
export const TRACE_STATE = 0x1a;
export const PARENT_SPAN_ID = 0x22;
export const NAME = 0x2a;
export const KIND = 0x30;
export const START = 0x39;
export const FINISH = 0x41;
export const ATTRIBUTES = 0x4a;
export const EVENTS = 0x5a;
export const LINKS = 0x6a;
export const STATUS = 0x7a;
/** Tag and length of ids as they should be. */
export const TRACE_ID_OF_16 = 0x0a10;
export const SPAN_ID_OF_8 = 0x1208;
export const PARENT_SPAN_ID_OF_8 = 0x2208;

export const EVENT_TIME = 0x09;
export const EVENT_NAME = 0x12;
export const EVENT_ATTRIBUTES = 0x1a;

export const LINK_TRACE_ID = 0x0a;
export const LINK_SPAN_ID = 0x12;

export const STATUS_MESSAGE = 0x12;
export const STATUS_CODE = 0x18;

export const KEY = 0x0a;
export const VALUE = 0x12;

export const STRING_VALUE = 0x0a;
export const BOOL_VALUE = 0x10;
export const INT_VALUE = 0x18;
export const DOUBLE_VALUE = 0x21;
export const ARRAY_VALUE = 0x2a;
export const KVLIST_VALUE = 0x32;
export const BYTES_VALUE = 0x3a;

/** One of the kinds of an AnyValue. */
export function isValue(tag: number): boolean {
  return (
    tag === STRING_VALUE ||
    tag === BOOL_VALUE ||
    tag === INT_VALUE ||
    tag === DOUBLE_VALUE ||
    tag === ARRAY_VALUE ||
    tag === KVLIST_VALUE ||
    tag === BYTES_VALUE
  );
}

/** ArrayValue, KeyValueList. */
export const LIST_VALUES = 0x0a;
