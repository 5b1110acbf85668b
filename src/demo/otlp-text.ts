/**
 * Pieces of OTLP/JSON as text, spelled as the OpenTelemetry Collector's file exporter spells them:
 * ids as lower-case hex, 64-bit integers as decimal strings. Millions of spans are put together from
 * such pieces, so nothing here builds an object per span.
 */
import type { Random } from './random.ts';

/** 2026-03-14T09:00:00Z, the instant at which the demo's data begins; seconds since the Unix epoch. */
export const EPOCH_SECONDS = 1_773_478_800;

/** Stands in pre-rendered text for the id of the thing that a trace is about (a trip, a product, …). */
export const ID_MARK = '<id>';

/** Text with gaps where the id belongs. */
export type Template = readonly string[];

export function makeTemplate(text: string): Template {
  return text.split(ID_MARK);
}

export function fillTemplate(template: Template, id: string): string {
  if (template.length === 1) return template[0];
  if (template.length === 2) return template[0] + id + template[1];
  return template.join(id);
}

/** `/trips/{tripId}` → the path of one request, with the mark in the place of the id. */
export function concretePath(route: string): string {
  return route.replace(/\{[^}]+\}/g, ID_MARK);
}

export function text(key: string, value: string): string {
  return `{"key":${JSON.stringify(key)},"value":{"stringValue":${JSON.stringify(value)}}}`;
}

export function int(key: string, value: number): string {
  return `{"key":${JSON.stringify(key)},"value":{"intValue":"${value}"}}`;
}

export function bool(key: string, value: boolean): string {
  return `{"key":${JSON.stringify(key)},"value":{"boolValue":${value}}}`;
}

export function texts(key: string, values: readonly string[]): string {
  const items = values.map((value) => `{"stringValue":${JSON.stringify(value)}}`).join(',');
  return `{"key":${JSON.stringify(key)},"value":{"arrayValue":{"values":[${items}]}}}`;
}

const HEX4 = Array.from({ length: 0x1_0000 }, (_, value) => value.toString(16).padStart(4, '0'));
const PAD3 = Array.from({ length: 1000 }, (_, value) => String(value).padStart(3, '0'));

function hex8(bits: number): string {
  return HEX4[bits >>> 16] + HEX4[bits & 0xffff];
}

/** 16 hex digits, never all zero. */
export function makeSpanId(random: Random): string {
  return hex8(random.bits() | 1) + hex8(random.bits());
}

/** 32 hex digits. */
export function makeTraceId(random: Random): string {
  return makeSpanId(random) + makeSpanId(random);
}

export function makeUuid(random: Random): string {
  const hex = makeTraceId(random);
  const variant = '89ab'[random.below(4)];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}

let cachedSecond = -1;
let cachedText = '';

/** ns since the demo's epoch (an integer) → ns since the Unix epoch, as decimal digits. */
export function unixNanoText(offsetNs: number): string {
  const second = Math.floor(offsetNs / 1e9);
  if (second !== cachedSecond) {
    cachedSecond = second;
    cachedText = String(EPOCH_SECONDS + second);
  }
  const rest = offsetNs - second * 1e9;
  const micros = Math.floor(rest / 1000);
  const millis = Math.floor(micros / 1000);
  return cachedText + PAD3[millis] + PAD3[micros - millis * 1000] + PAD3[rest - micros * 1000];
}
