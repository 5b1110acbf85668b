export function findBrowser(): string;
export function browserVersion(executable: string): string;
export const BROWSER_ARGS: string[];
