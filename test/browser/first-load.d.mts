export function firstLoadBytes(dist: string): number;
