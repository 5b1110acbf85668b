/** Tags of Jaeger's and Zipkin's spans that stand for fields of a span: failure, status and scope. */
import type { SpanSink, TextId } from '../model/sink.ts';
import { STATUS_ERROR, STATUS_UNSET, type StatusCode } from '../model/span.ts';
import type { SpanFields } from './span-fields.ts';
import { parseStatus } from './span-words.ts';

const ERROR = 1;
const STATUS = 2;
const STATUS_MESSAGE = 3;
const SCOPE_NAME = 4;
const SCOPE_VERSION = 5;

/** A format's own codes begin after these. */
export const LAST_FIELD_TAG = SCOPE_VERSION;
export const FIELD_TAG_CODES = {
  error: ERROR,
  'otel.status_code': STATUS,
  'otel.status_description': STATUS_MESSAGE,
  'otel.scope.name': SCOPE_NAME,
  'otel.library.name': SCOPE_NAME,
  'otel.scope.version': SCOPE_VERSION,
  'otel.library.version': SCOPE_VERSION,
};

/** Those of one span. */
export class FieldTags {
  scopeName: TextId = 0;
  scopeVersion: TextId = 0;
  readonly #fields: SpanFields;
  #status: StatusCode = STATUS_UNSET;
  #isError = false;
  #message: TextId = 0;
  #errorText: TextId = 0;

  constructor(fields: SpanFields) {
    this.#fields = fields;
  }

  clear(): void {
    this.scopeName = this.scopeVersion = this.#message = this.#errorText = 0;
    this.#status = STATUS_UNSET;
    this.#isError = false;
  }

  /** The cursor's text is the value. True: it is an attribute as well. */
  take(code: number, value: TextId): boolean {
    switch (code) {
      case ERROR: {
        // Present and not "false" (SEMANTICS.md §7).
        if (this.#fields.says('false')) return true;
        this.#isError = true;
        if (!this.#fields.says('true')) this.#errorText ||= value;
        return true;
      }
      case STATUS:
        this.#status ||= parseStatus(this.#fields.word()) ?? STATUS_UNSET;
        return false;
      case STATUS_MESSAGE:
        this.#message ||= value;
        return false;
      case SCOPE_NAME:
        this.scopeName ||= value;
        return false;
      default:
        this.scopeVersion ||= value;
        return false;
    }
  }

  /** Status and its message, of the span that is open. */
  emit(sink: SpanSink): void {
    const status = this.#isError ? STATUS_ERROR : this.#status;
    if (status !== STATUS_UNSET) sink.status(status);
    const message = this.#message || this.#errorText;
    if (message !== 0) sink.statusMessage(message);
  }
}
