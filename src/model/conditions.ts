/**
 * Conditions on requests, as the query bar and the link write them in TraceQL's notation. They are about the
 * request's opening span and its resource, those of an inferred request about the span that stands for it.
 */

/** TraceQL's own, and with `request:` what Headwater says of a request as a whole. */
export const INTRINSICS = [
  'span:duration',
  'span:name',
  'span:kind',
  'span:status',
  'span:statusMessage',
  'span:id',
  'trace:id',
  'request:service',
  'request:endpoint',
  'request:instance',
  'request:failed',
  'request:reason',
  'request:exception',
  'request:method',
  'request:httpStatus',
  'request:grpcStatus',
  'request:caller',
  'request:end',
  'request:userAction',
  'request:application',
] as const;
export type Intrinsic = (typeof INTRINSICS)[number];

/** `any`: the span's, else its resource's, as TraceQL's leading dot. */
export const ATTRIBUTE_SCOPES = ['span', 'resource', 'any'] as const;
export type AttributeScope = (typeof ATTRIBUTE_SCOPES)[number];

export type ConditionField =
  | { readonly kind: 'intrinsic'; readonly name: Intrinsic }
  | { readonly kind: 'attribute'; readonly scope: AttributeScope; readonly key: string };

export const COMPARISONS = ['=', '!=', '>', '>=', '<', '<=', '=~', '!~'] as const;
export type Comparison = (typeof COMPARISONS)[number];

export type ConditionValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'boolean'; readonly boolean: boolean }
  /** Written as `200ms`, `1.5s`; ns. */
  | { readonly kind: 'duration'; readonly ns: number }
  /** A value of span:status or span:kind, written bare: `error`, `server`. */
  | { readonly kind: 'keyword'; readonly keyword: string }
  /** `= nil`: the attribute is missing; `!= nil`: it is there. */
  | { readonly kind: 'nil' };

export type Condition =
  | {
      readonly kind: 'compare';
      readonly field: ConditionField;
      readonly comparison: Comparison;
      readonly value: ConditionValue;
    }
  | { readonly kind: 'and' | 'or'; readonly conditions: readonly Condition[] }
  | { readonly kind: 'not'; readonly condition: Condition };
