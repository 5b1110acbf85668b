import { expect, test } from 'vitest';
import { findImports } from './source-imports.ts';

test('every way to import is seen', () => {
  const source = [
    "import type { A } from '../model/a.ts';",
    "import {\n  b,\n  type C,\n} from './b.ts';",
    "import './style.ts';",
    "export { d } from '../util/d.ts';",
    "import { render } from 'solid-js/web';",
    "import * as scoped from '@scope/name/part';",
    "const later = () => import('../charts/Chart.tsx');",
    "new Worker(new URL('../../workers/query.worker.ts', import.meta.url), { type: 'module' });",
  ].join('\n');
  const found = findImports('src/ui/here.ts', source);
  expect(found.map(({ target, typeOnly }) => (typeOnly ? `type ${target}` : target))).toEqual([
    'type src/model/a.ts',
    'src/ui/b.ts',
    'src/ui/style.ts',
    'src/util/d.ts',
    'solid-js',
    '@scope/name',
    'src/charts/Chart.tsx',
    'workers/query.worker.ts',
  ]);
  expect(found.filter(({ isPackage }) => isPackage)).toHaveLength(2);
});
