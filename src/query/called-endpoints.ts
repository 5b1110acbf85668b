import type { RequestTable } from '../assembly/request-table.ts';

const NONE = -1;

/** Endpoints of services, numbered from 0 as they are met: an endpoint's text alone may be that of several services. */
export class CalledEndpoints {
  /** By number: a request of this endpoint. */
  readonly examples: number[] = [];
  readonly #table: RequestTable;
  readonly #known = new Map<number, number>();
  /** By text number: the endpoint met last with this text. */
  readonly #lastOfText: Int32Array;

  constructor(table: RequestTable) {
    this.#table = table;
    this.#lastOfText = new Int32Array(table.texts.length).fill(NONE);
  }

  numberOf(row: number): number {
    const { service, endpoint } = this.#table;
    const text = endpoint[row];
    const last = this.#lastOfText[text];
    if (last !== NONE && service[this.examples[last]] === service[row]) return last;
    const key = this.#key(service[row], text);
    let number = this.#known.get(key);
    if (number === undefined) this.#known.set(key, (number = this.examples.push(row) - 1));
    this.#lastOfText[text] = number;
    return number;
  }

  /** undefined: no such endpoint was met. */
  find(service: number, endpoint: string): number | undefined {
    return this.#known.get(this.#key(service, this.#table.texts.indexOf(endpoint)));
  }

  #key(service: number, text: number): number {
    return service * this.#table.texts.length + text;
  }
}
