import type { Target } from '../../model/answers.ts';

/** `orders`, `orders + cart` */
export function nameOfTarget({ service, others = [] }: Target): string {
  return [service, ...others].map(({ name }) => name).join(' + ');
}
