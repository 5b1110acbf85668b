import { ATTRIBUTE_KEYS, type AttributeField } from '../model/attribute-keys.ts';
import { codeOfKey, PREFIX_MARKS } from './key-codes.ts';
import type { DatasetTexts } from './dataset-texts.ts';
import { FactSets } from './fact-sets.ts';

export interface NamedService {
  readonly namespace: string;
  readonly name: string;
}

const MOBILE_SYSTEMS = new Set(['android', 'ios']);
const UNKNOWN_SERVICE = 'unknown_service';

/** The distinct resources of a dataset, as far as the analysis reads them; and the services they name. */
export class ResourceTable {
  readonly #texts: DatasetTexts;
  /** The attributes of resources and, beside them, of spans. */
  readonly sets = new FactSets();
  /** Fact set of each row. */
  readonly #rows: number[] = [];
  readonly #rowBySet = new Map<number, number>();
  readonly #serviceByName = new Map<string, number>();
  readonly #serviceOfRow: number[] = [];
  readonly services: NamedService[] = [];

  constructor(texts: DatasetTexts) {
    this.#texts = texts;
  }

  get count(): number {
    return this.#rows.length;
  }

  /** The table's row of each resource of a segment; new ones are added. Those that no span is of have row 0. */
  rowsOf(sets: Uint32Array, isUsed: Uint8Array): Uint32Array {
    return sets.map((set, i) => {
      if (!isUsed[i]) return 0;
      const known = this.#rowBySet.get(set);
      if (known !== undefined) return known;
      this.#rowBySet.set(set, this.#rows.length);
      const row = this.#rows.push(set) - 1;
      this.#serviceOfRow.push(this.#serviceOf(row));
      return row;
    });
  }

  /** Do these attributes, of a resource or of a span, name a service? */
  namesService(set: number): boolean {
    return this.sets.value(set, 'serviceName') !== 0;
  }

  /** The set of a resource with the service that a span's set names. */
  named(resource: number, span: number): number {
    for (const field of ['serviceName', 'serviceNamespace'] as const) {
      const value = this.sets.value(span, field);
      if (value !== 0) this.sets.add(codeOfKey(ATTRIBUTE_KEYS[field][0]), value);
    }
    return this.sets.union([this.sets.close(0), resource]);
  }

  /** Dataset text number of the first non-empty key of the field; 0: none. */
  value(row: number, field: AttributeField): number {
    return this.sets.value(this.#rows[row], field);
  }

  text(row: number, field: AttributeField): string {
    return this.#texts.text(this.value(row, field));
  }

  /** Number of the service in `services`. */
  service(row: number): number {
    return this.#serviceOfRow[row];
  }

  /** A browser or a mobile app (SEMANTICS §5, user action). */
  isApplication(row: number): boolean {
    const marks = this.sets.marks(this.#rows[row]);
    if (marks & PREFIX_MARKS.browser || this.value(row, 'browserMark') !== 0) return true;
    const language = this.text(row, 'sdkLanguage');
    if (language === 'webjs' || language === 'swift') return true;
    return (marks & PREFIX_MARKS.device) !== 0 && MOBILE_SYSTEMS.has(this.text(row, 'osName').toLowerCase());
  }

  #serviceOf(row: number): number {
    const name = this.text(row, 'serviceName') || UNKNOWN_SERVICE;
    const namespace = this.text(row, 'serviceNamespace');
    const key = `${namespace.length} ${namespace}${name}`;
    const known = this.#serviceByName.get(key);
    if (known !== undefined) return known;
    this.#serviceByName.set(key, this.services.length);
    return this.services.push({ namespace, name }) - 1;
  }
}
