/**
 * TraceQL text → condition: one pair of braces, or what stands within. Pipelines, structural operators, arithmetic
 * and the scopes of other things than the request's span are refused by name.
 */
import type { Comparison, Condition, ConditionField, ConditionValue } from '../model/conditions.ts';
import { compileRegex } from '../util/linear-regex.ts';
import { tokenize } from './traceql-lexer.ts';
import type { Token } from './traceql-lexer.ts';
import { printField } from './traceql-printer.ts';
import { shorten } from './traceql-text.ts';
import { KINDS, STATUSES, isEnglish, refuseWord, valueTypeOf } from './traceql-words.ts';

/** A sentence about the characters [at, to) of the text; at the end of the text both are its length. */
export interface TraceqlProblem {
  readonly at: number;
  readonly to: number;
  readonly message: string;
}

export type TraceqlResult =
  /** null: no condition, as in `{ }`. */
  | { readonly ok: true; readonly condition: Condition | null }
  | { readonly ok: false; readonly problem: TraceqlProblem };

/** Far more than people write; keeps the parser off the end of the stack. */
const MAX_DEPTH = 100;

/** Never throws. */
export function parseTraceql(text: string): TraceqlResult {
  const parser = new Parser(text);
  try {
    return { ok: true, condition: parser.parseQuery() };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, problem: error.problem };
    throw error;
  }
}

class Refusal extends Error {
  readonly problem: TraceqlProblem;
  constructor(problem: TraceqlProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

class Parser {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = tokenize(text);
  }

  parseQuery(): Condition | null {
    const braces = this.#take('{');
    const condition = this.#peek().kind === (braces ? '}' : 'end') ? null : this.#parseOr();
    if (braces && !this.#take('}')) this.#expected('&&, || or a closing }');
    if (this.#peek().kind === 'end') return condition;
    if (braces && ['&&', '||', '{'].includes(this.#peek().kind))
      this.#refuse(this.#peek(), 'there is one pair of braces: conditions are about one request each');
    return this.#expected(braces ? 'nothing after the closing }' : '&& or ||');
  }

  #parseOr(): Condition {
    return this.#parseList('or', '||', () => this.#parseList('and', '&&', () => this.#parseUnary()));
  }

  #parseList(kind: 'and' | 'or', mark: '&&' | '||', parse: () => Condition): Condition {
    const conditions = [parse()];
    while (this.#take(mark)) conditions.push(parse());
    return conditions.length === 1 ? conditions[0] : { kind, conditions };
  }

  #parseUnary(): Condition {
    const token = this.#peek();
    if (this.#depth >= MAX_DEPTH) this.#refuse(token, `conditions are nested more than ${MAX_DEPTH} deep`);
    this.#depth++;
    const condition = this.#parseNested();
    this.#depth--;
    return condition;
  }

  #parseNested(): Condition {
    if (this.#take('!')) return { kind: 'not', condition: this.#parseUnary() };
    if (!this.#take('(')) return this.#parseComparison();
    const condition = this.#parseOr();
    if (!this.#take(')')) this.#expected('&&, || or a closing )');
    return condition;
  }

  #parseComparison(): Condition {
    const token = this.#peek();
    if (token.kind === 'word') this.#refuse(token, refuseWord(shorten(token.word)));
    if (token.kind === 'value')
      this.#refuse(token, 'the attribute comes first and the value after it: duration > 200ms');
    if (token.kind !== 'field')
      return this.#expected('an attribute such as resource.service.name or duration');
    this.#next++;
    const comparison = this.#parseOperator(token.field);
    const value = this.#parseValue(token.field, comparison);
    return { kind: 'compare', field: token.field, comparison, value };
  }

  #parseOperator(field: ConditionField): Comparison {
    const token = this.#peek();
    if (token.kind !== 'comparison')
      return this.#expected(`a comparison such as = or >= after ${printField(field)}`);
    this.#next++;
    return token.comparison;
  }

  #parseValue(field: ConditionField, comparison: Comparison): ConditionValue {
    const token = this.#peek();
    if (token.kind === 'field')
      this.#refuse(token, 'an attribute is compared with a value, not with another attribute');
    const value =
      token.kind === 'value' ? token.value : token.kind === 'word' ? wordValue(field, token.word) : null;
    if (value === null)
      return token.kind === 'word'
        ? this.#refuse(token, refuseValue(field) ?? `a text stands in quotes: "${shorten(token.word)}"`)
        : this.#expected(`a value after ${comparison}`);
    const objection = refuseComparison(field, comparison, value);
    if (objection !== null) this.#refuse(token, objection);
    this.#next++;
    return value;
  }

  #peek(): Token {
    return this.#tokens[this.#next];
  }

  /** Whether the next token is of the kind; it is then passed. */
  #take(kind: Token['kind']): boolean {
    if (this.#peek().kind !== kind) return false;
    this.#next++;
    return true;
  }

  #expected(what: string): never {
    const token = this.#peek();
    if (token.kind === 'bad') this.#refuse(token, token.message);
    if (token.kind === 'word' && isEnglish(token.word)) this.#refuse(token, refuseWord(token.word));
    const found = token.kind === 'end' ? '' : `, not ${shorten(this.#text.slice(token.at, token.to))}`;
    return this.#refuse(token, `expected ${what}${found}`);
  }

  #refuse({ at, to }: Token, message: string): never {
    throw new Refusal({ at, to, message });
  }
}

/** null: the field takes no such word. */
function wordValue(field: ConditionField, word: string): ConditionValue | null {
  if (word === 'nil') return { kind: 'nil' };
  if (word === 'true' || word === 'false') return { kind: 'boolean', boolean: word === 'true' };
  const type = valueTypeOf(field);
  const keywords: readonly string[] = type === 'status' ? STATUSES : type === 'kind' ? KINDS : [];
  return keywords.includes(word) ? { kind: 'keyword', keyword: word } : null;
}

/** null: any value will do. */
function refuseValue(field: ConditionField): string | null {
  const name = printField(field);
  switch (valueTypeOf(field)) {
    case 'duration':
      return `${name} is compared with a duration such as 200ms`;
    case 'boolean':
      return `${name} is compared with true or false`;
    case 'status':
      return `${name} is compared with ${STATUSES.join(', ')}`;
    case 'kind':
      return `${name} is compared with ${KINDS.join(', ')}`;
    case 'text':
    case 'any':
      return null;
  }
}

const VALUE_KINDS = {
  duration: ['duration'],
  boolean: ['boolean'],
  status: ['keyword'],
  kind: ['keyword'],
  text: ['text', 'nil'],
  any: ['text', 'number', 'boolean', 'duration', 'nil'],
} as const;

/** Why the value cannot be compared so; null: it can. */
function refuseComparison(
  field: ConditionField,
  comparison: Comparison,
  value: ConditionValue,
): string | null {
  const kinds: readonly string[] = VALUE_KINDS[valueTypeOf(field)];
  if (!kinds.includes(value.kind))
    return refuseValue(field) ?? `${printField(field)} is compared with a text in quotes`;
  if (comparison === '=~' || comparison === '!~') {
    if (value.kind !== 'text') return `${comparison} is followed by a regular expression in quotes`;
    const regex = compileRegex(value.text);
    return 'error' in regex ? `this is no regular expression: ${regex.error}` : null;
  }
  const ordered = value.kind === 'number' || value.kind === 'duration' || value.kind === 'text';
  if (ordered || comparison === '=' || comparison === '!=') return null;
  return `this value is compared with = or !=, not with ${comparison}`;
}
