/** The target that the view means. */
import { createMemo } from 'solid-js';
import type { Accessor } from 'solid-js';
import { resolveTarget } from '../../link/resolve.ts';
import { EVERYTHING } from '../../model/answers.ts';
import type { ServicesAnswer, Target } from '../../model/answers.ts';
import { createAnswer } from '../../state/answers.ts';
import { useApp } from '../../state/app.ts';

const NO_SERVICES: ServicesAnswer = { services: [] };

/** null: the view names no service, or which type it means is still being asked. */
export function createTarget(): Accessor<Target | null> {
  const app = useApp();
  const typeIsOpen = () => app.view().service !== null && app.view().type === null;
  const services = createAnswer('services', () => (typeIsOpen() ? { filter: EVERYTHING } : null));
  return createMemo(() => {
    const answer = typeIsOpen() ? services.latest() : NO_SERVICES;
    return answer === undefined ? null : resolveTarget(app.view(), answer);
  });
}
