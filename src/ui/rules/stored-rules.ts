/** The rules that were applied last in this browser: offered, never applied by themselves. */
import type { Ruleset } from '../../model/ruleset.ts';
import { readRules, writeRules } from '../../link/rules-text.ts';

const KEY = 'headwater.rules';

/** false: this browser lets the page keep nothing. */
export function storeRules(rules: Ruleset): boolean {
  try {
    window.localStorage.setItem(KEY, JSON.stringify(writeRules(rules)));
    return true;
  } catch {
    return false;
  }
}

/** null: none, or they cannot be read. */
export function storedRules(): Ruleset | null {
  try {
    const texts: unknown = JSON.parse(window.localStorage.getItem(KEY) ?? 'null');
    return Array.isArray(texts) ? readRules(texts.map(String)) : null;
  } catch {
    return null;
  }
}
