import type { AttributeField } from '../model/attribute-keys.ts';
import { FIELD_LOOKUPS, PREFIX_MARKS, UNRANKED } from './key-codes.ts';
import type { DatasetTexts } from './dataset-texts.ts';
import type { FactColumns } from './fact-columns.ts';

interface ResourceFacts {
  readonly codes: Uint8Array;
  readonly values: Uint32Array;
  readonly marks: number;
}

export interface NamedService {
  readonly namespace: string;
  readonly name: string;
}

const MOBILE_SYSTEMS = new Set(['android', 'ios']);
const UNKNOWN_SERVICE = 'unknown_service';

/** The distinct resources of a dataset, as far as the analysis reads them; and the services they name. */
export class ResourceTable {
  readonly #texts: DatasetTexts;
  readonly #rows: ResourceFacts[] = [];
  readonly #rowByContent = new Map<string, number>();
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
  rowsOf(facts: FactColumns, isUsed: Uint8Array): Uint32Array {
    return Uint32Array.from({ length: facts.marks.length }, (_, i) => {
      if (!isUsed[i]) return 0;
      const codes = facts.codes.slice(facts.starts[i], facts.starts[i + 1]);
      const values = facts.values.slice(facts.starts[i], facts.starts[i + 1]);
      const content = `${facts.marks[i]};${codes.join()};${values.join()}`;
      const known = this.#rowByContent.get(content);
      if (known !== undefined) return known;
      this.#rowByContent.set(content, this.#rows.length);
      const row = this.#rows.push({ codes, values, marks: facts.marks[i] }) - 1;
      this.#serviceOfRow.push(this.#serviceOf(row));
      return row;
    });
  }

  /** Dataset text number of the first non-empty key of the field; 0: none. */
  value(row: number, field: AttributeField): number {
    const { codes, values } = this.#rows[row];
    const { ranks } = FIELD_LOOKUPS[field];
    let best = UNRANKED;
    let found = 0;
    for (let i = 0; i < codes.length; i++) {
      const rank = ranks[codes[i]];
      if (rank < best && values[i] !== 0) {
        best = rank;
        found = values[i];
      }
    }
    return found;
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
    const { marks } = this.#rows[row];
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
